# Words of the CTI widget: the phone inside HubSpot, Zendesk and Salesforce.

cti-name = Phone
# As the one that cannot be reached.
cti-service = The sign-in service

crm-hubspot = HubSpot
crm-zendesk = Zendesk
crm-salesforce = Salesforce

## What a CRM writes beside its own handle of the phone

label-ready = Phone
label-sign-in = Phone: sign in
label-on-call = Phone: on a call

## Signing in inside a CRM

sign-in-body = A small window opens, you sign in there, and this phone follows by itself.
sign-in-body-page = Sign in once, and the phone is ready in every CRM of this browser.
sign-in-action = Sign in
sign-in-wanted = { $number } can be called as soon as you are signed in.

sign-in-opening-title = Opening the sign-in window…
sign-in-waiting-title = Finish in the sign-in window
sign-in-waiting-body = A window has opened beside this page. Sign in there, and this phone follows by itself.
sign-in-waiting-again = Open the window again
# The browser says that the window is closed; behind some companies' sign-in pages it says so wrongly.
sign-in-closed-title = Finish in the sign-in window
sign-in-closed-body = Sign in there, and this phone follows by itself. If the window is gone, open it again.

sign-in-blocked-title = The sign-in window was blocked
sign-in-blocked-body = Your browser, or the page around this phone, opened no window. Allow pop-up windows for this page, then try again.
sign-in-blocked-action = Try again
sign-in-storage-body = Or let this phone use the sign-in that this browser already has.
sign-in-storage-action = Use this browser’s sign-in
sign-in-storage-refused = The browser did not allow it here.

sign-in-after-closed = The window was closed before you were signed in. Nothing has changed; try again.
sign-in-after-cancelled = You cancelled the sign-in. Nothing has changed.
sign-in-after-organization = You signed in with an account of another organization. Sign in with your account of this one.
sign-in-after-expired = That sign-in took too long and is over. Try again.
sign-in-after-failed = The sign-in could not be started. Check the network, then try again.

not-kept-title = This browser does not keep your sign-in here
not-kept-body = You signed in, but cookies are blocked for phones inside other pages. Allow cookies for this phone in the browser’s settings, or use the phone in a tab of its own.
not-kept-action = Open in a tab

## The CRM around the phone

link-silent = { $crm } does not answer. The phone works, but numbers that you click in { $crm } do not reach it.
link-refused = This page is not on your organization’s list for { $crm }, so it cannot dial. The phone works; ask an admin to add { $origin }.
link-unavailable = The list of pages that may dial could not be read. The phone works, but numbers that you click in { $crm } do not reach it.
link-address = The address of this phone does not fit the page around it, so numbers that you click in { $crm } do not reach it. The phone works; ask an admin to check how it was installed.
link-script = { $crm }’s own script could not be loaded. The phone works, but numbers that you click in { $crm } do not reach it.
link-reload = Load again

other-title = { $crm } is used by somebody else
other-warn = { $crm } is used by { $other }, but you are signed in here as { $name }. Calls are made as { $name }.
other-block = You are signed in here as { $name }, but { $crm } as { $other }. Your organization wants them to be the same person, so the phone is off.
other-action = Sign out here

## The phone

availability-label = Availability
availability-available = Available
availability-busy = Busy
availability-away = Away
availability-unknown = …

pad-label = Number to call
pad-keys = Dial pad
pad-clear = Delete the last digit
pad-call = Call
pad-hint = The practice line answers every number: you hear yourself a second later.
pad-ending = You are being signed out, so no new call can begin.

call-connecting = Connecting…
call-on = On a call
call-muted = Muted
call-microphone = You hear yourself a second later.
call-tone = No microphone, so the practice line plays a tone.
call-mute = Mute
call-unmute = Unmute
call-hang-up = End call
call-elsewhere = On a call in another tab or window of this phone
call-surface =
    { $surface ->
        [workspace] You are on a call in Workspace
        [dashboard] You are on a call in the Dashboard
       *[cti] You are on a call in another CTI widget
    }
call-surface-body = It has lasted { $lasted }. Another call can begin when it is over.
call-wanted = { $number } was clicked during this call. It is in the field when the call is over.

foot-workspace = Workspace
foot-workspace-hint = opens in a new tab
foot-sign-out = Sign out…

## What went wrong

problem-code = Code { $code }
problem-dismiss = Dismiss
problem-line = The call could not be connected. Try again; if it stays so, this browser blocks WebRTC.
problem-availability = Your availability was not saved. Try again.
