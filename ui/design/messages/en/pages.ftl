### Sign-in and account pages.

product = Workspace
skip = Skip to the content
navigation = Account
you-are-at = You are at { $host }
code = Code:
to-account = Go to your account
organization = Organization
role = Role
role-agent = Agent
role-supervisor = Supervisor
role-admin = Admin
sign-out = Sign out

## Forms

problems-heading = That did not work
field-email = Email address
field-password = Password
field-name = Your name
field-new-password = New password
field-current-password = Current password
hint-new-password = At least 12 characters. A few unrelated words are easy to remember and hard to guess.

## Sign-in

sign-in-title = Sign in
sign-in-heading = Sign in to { $app }
sign-in-heading-on = Sign in to { $app } on { $device }
sign-in-heading-account = Sign in to your account
sign-in-submit = Sign in
sign-in-cancel = Cancel
sign-in-forgot = Forgot your password?
sign-in-caution = Go on only if you started this sign-in yourself, in the app on that device.
sign-in-wrong = The email address or the password is not right.
sign-in-locked = { $minutes ->
    [one] Too many wrong passwords for this account. Wait a minute, or reset your password.
   *[other] Too many wrong passwords for this account. Wait { $minutes } minutes, or reset your password.
}
sign-in-missing-email = Enter your email address.
sign-in-missing-password = Enter your password.
sign-in-after-reset = Your password has been changed. Sign in with the new one.
sign-in-after-invitation = Your account is ready. Sign in with your new password.

## The last page of a sign-in in an app

signed-in-title = Signed in
signed-in-heading = You are signed in
signed-in-lead = { $app } opens now. If your browser asks, allow it.
signed-in-lead-on = { $app } opens now on { $device }. If your browser asks, allow it.
signed-in-open = Open { $app }
signed-in-does-not-open = The app does not open?
signed-in-paste = Copy this code, and paste it into the app where it waits for your browser.
signed-in-code = Sign-in code
signed-in-close = You can close this page.
signed-in-nothing-heading = Nothing is waiting here
signed-in-nothing = This sign-in is finished. Go back to the app; if it still waits, start again there.
cancelled-title = Cancelled
cancelled-heading = Sign-in cancelled
cancelled-lead = Nobody was signed in to { $app }.

## Signed out

signed-out-title = Signed out
signed-out-heading = You are signed out
signed-out-here = This browser is signed out. The desktop app, if you use it, stays signed in.
signed-out-everywhere = You are signed out everywhere: in every browser and every desktop app.
signed-out-again = Sign in again

## Forgotten password

forgot-title = Reset your password
forgot-heading = Reset your password
forgot-lead = Enter the email address of your account. If there is one, we send a link to choose a new password.
forgot-submit = Send the link
forgot-back = Back to sign-in
forgot-again = Ask for a new link
forgot-sent-title = Look at your mail
forgot-sent-heading = Look at your mail
forgot-sent = If there is an account with that address, a link is on its way. It works once, for 30 minutes.
forgot-sent-else = Nothing came? Look in the spam folder, or ask an Admin of your organization.
reset-title = Choose a new password
reset-heading = Choose a new password
reset-lead = For { $email }. Your other devices are signed out when you save it.
reset-submit = Save the new password

## Invitation

invitation-title = Join { $organization }
invitation-heading = Join { $organization }
invitation-lead = Choose the name that your team sees, and a password.
invitation-submit = Create my account
invitation-taken = There is an account with this email address already. Sign in with it, or reset its password.

## Passwords

password-title = Password
password-heading = Change your password
password-lead = Your other browsers and your desktop apps are signed out when you save it. This browser stays signed in.
password-submit = Save the new password
password-tile = Change it whenever you like
password-changed = Your password has been changed. Your other devices are signed out.
password-current-wrong = The current password is not right.
password-too-short = Use at least 12 characters.
password-too-long = Use at most 128 characters.
password-about-you = Use a password that is not made of your name, email address or organization.
password-common = This password is one of those that attackers try first. Choose another one.
password-same = This is the password that you have now. Choose another one.
name-missing = Enter your name.
name-too-long = Use at most 100 characters for your name.

## Account

account-title = Account
account-heading = Your account
account-sessions = { $number ->
    [one] You are signed in at one place
   *[other] You are signed in at { $number } places
}

## Sessions

sessions-title = Sessions & devices
sessions-heading = Sessions & devices
sessions-lead = Everywhere you are signed in. End what you do not know, then change your password.
sessions-this-browser = This browser
sessions-browser = Browser
sessions-desktop = Workspace desktop app
sessions-last-used = Last used
sessions-since = Signed in
sessions-end = End
sessions-end-label = End the session on { $device }
sessions-end-this-label = Sign out of this browser
sessions-many = All at once
sessions-end-others = End all others
sessions-end-others-what = Signs you out everywhere but in this browser.
sessions-everywhere = Sign out everywhere
sessions-everywhere-what = Signs you out of every browser and every desktop app, here too.
sessions-ended = { $number ->
    [0] That session had ended already.
    [one] One session has ended.
   *[other] { $number } sessions have ended.
}
time-now = just now
time-minutes = { $number ->
    [one] a minute ago
   *[other] { $number } minutes ago
}
time-hours = { $number ->
    [one] an hour ago
   *[other] { $number } hours ago
}
time-days = { $number ->
    [one] yesterday
   *[other] { $number } days ago
}

## Errors: a heading and what to do

error-not-found-heading = There is no such page
error-not-found = The address may be mistyped, or the page has gone.
error-foreign-origin-heading = That came from another site
error-foreign-origin = Another web page tried to send this form in your name, so nothing was done. Open the page here and try again.
error-too-large-heading = That is too much
error-too-large = What was sent is larger than any form of ours. Nothing was done.
error-malformed-heading = That form is not ours
error-malformed = Something was missing from what was sent, so nothing was done. Open the page again and try once more.
error-too-often-heading = Too many attempts
error-too-often = There were too many attempts from your network. Wait a minute and try again.
error-reset-over-heading = This link is over
error-reset-over = Links to reset a password work once, for 30 minutes. Ask for a new one.
error-invitation-over-heading = This invitation is over
error-invitation-over = Invitations work once, for 7 days. If you have joined already, sign in; otherwise ask an Admin of your organization for a new one.
error-attempt-over-heading = This sign-in is over
error-attempt-over = It was finished already, took too long, or was started in another browser. Go back to the app and start again there.
error-unavailable-heading = We cannot do that right now
error-unavailable = Something that we depend on does not answer. Nothing was done; try again in a moment.
error-needs-operator-heading = We cannot do that right now
error-needs-operator = Nothing was done, and trying again will not help. Tell your Admin the code below.
error-internal-heading = Something went wrong
error-internal = The fault is ours, and it has been logged. Try again; if it stays, tell your Admin the code below.

## Requests of apps and websites

openid-refused-heading = This sign-in request cannot be used
openid-refused-text = The app or website that sent you here asked in a way that is not allowed, so nothing was sent back to it. Go back and try again; if it happens again, tell the people who run it.
openid-over-heading = This sign-in request is over
openid-over-text = It was used already, or it waited too long. Go back to the app or website and start again.
openid-unavailable-heading = Sign-in is not available right now
openid-unavailable-text = Nothing is wrong with your account. Wait a moment and try again.
openid-logout-refused-heading = This sign-out request cannot be used
openid-detail = Detail for its developers: { $detail }.

logout-title = Sign out
logout-heading = Sign out of this browser?
logout-lead = You are signed in as { $name }. Signing out here ends it for every page and widget in this browser.
logout-submit = Sign out
logout-footnote = The desktop app stays signed in.

## Signing out while there is a call

leaving-title = Sign out
leaving-heading = You are on a call
leaving-lead = { $surface ->
    [workspace] There is a call in Workspace on the web, in this browser.
    [dashboard] There is a call in the Dashboard, in this browser.
    [cti] There is a call in the CTI widget, in this browser.
   *[other] There is a call in this browser.
} Signing out now cuts it off.
leaving-after-call = Sign out when the call ends
leaving-now = Sign out now
leaving-stay = Stay signed in
leaving-later-heading = You will be signed out
leaving-later = As soon as the call ends, this browser is signed out on every surface.

## Browser surfaces

client-workspace = Workspace
client-dashboard = Dashboard
client-cti = CTI widget
surface-failed-heading = You are not signed in yet
surface-failed-again = Sign in again
surface-not-built-heading = This surface is not built
surface-not-built = The interface is missing from this service. Run “npm run build” in the folder ui, then reload this page.
surface-error-signed-out = Nobody is signed in here. Sign in, then try again.
surface-error-foreign-origin = The request came from another site and was not carried out. Use this surface’s own page.
surface-error-too-large = The request is too large. Send less at once.
surface-error-malformed = The request cannot be read. Send JSON with the fields that the interface describes.
surface-error-not-found = There is no such address here. Check it.
surface-error-too-often = That was tried too often. Wait a moment, then try again.
surface-error-internal = Something went wrong on our side. Try again; tell your admin if it stays so.
surface-error-unavailable = The service is not available for the moment. Try again in a minute.
surface-error-on-call = There is a call in this browser. Choose whether to sign out now or when the call ends.
surface-error-sign-in = The sign-in could not be finished in this browser. Start again, and allow cookies of this site if it happens again.
surface-error-attempt-over = This sign-in is over. Choose “Sign in” in the CTI widget again.
surface-error-not-handed = This window was not opened by the CTI widget. Choose “Sign in” in the CTI widget.
surface-error-cancelled = The sign-in was cancelled. Choose “Sign in” in the CTI widget to try again.
surface-error-other-organization = This CTI widget belongs to another organization than your account. Ask your admin for the right one.

## The CTI widget’s sign-in window

window-title = Sign in
window-heading = CTI widget
window-greeting = One moment. Signing you in to the CTI widget.
window-alone-heading = Nothing to do here
window-alone = This window was not opened by the CTI widget. Close it, and choose “Sign in” in the CTI widget.
window-over-heading = This sign-in is over
window-over = Close this window, and choose “Sign in” in the CTI widget again.
window-no-script = This window needs JavaScript. Allow it for this site, then choose “Sign in” in the CTI widget again.
window-done-title = Signed in
window-done-heading = You are signed in
window-failed-heading = The CTI widget is not signed in
window-close = You can close this window.
