# Words that the browser surfaces share: who is signed in, signing in and out.

surface-workspace = Workspace
surface-dashboard = Dashboard
surface-cti = CTI widget
surface-desktop = desktop app
surface-account = Account

role-agent = Agent
role-supervisor = Supervisor
role-admin = Admin

page-skip = Skip to the content
page-navigation = Pages
page-code = Code { $code }
no-script = This page needs JavaScript. Allow it for this address, then load the page again.

## Not known yet, not reachable

checking-title = Checking your sign-in…
checking-slow = This takes longer than usual. Nothing has been signed out; the answer is only slow.
unreachable-title = { $surface } cannot be reached
unreachable-body = Your sign-in could not be checked, so nothing is shown yet. This page tries again by itself.
unreachable-retry = Try now
lost-title = No connection
lost-body = What you see may be old. Your sign-in is checked as soon as { $surface } can be reached.
lost-retry = Try now

## Signed out

# $when is a time of day ("14:02"), or a date and time if it was another day.
ended-signed_out =
    { $surface ->
        [workspace] You signed out in Workspace on the web, { $when }
        [dashboard] You signed out in the Dashboard, { $when }
        [cti] You signed out in the CTI widget, { $when }
        [account] You signed out on your account page, { $when }
       *[other] You signed out, { $when }
    }
ended-signed_out_on_desktop = You signed out in the desktop app, { $when }
ended-ended_by_user = You ended this sign-in from your list of sessions, { $when }
ended-signed_out_everywhere = You signed out everywhere, { $when }
ended-ended_by_admin = An admin signed you out, { $when }
ended-user_disabled = Your account was disabled, { $when }
ended-user_deprovisioned = Your account was removed, { $when }
ended-password_changed = Your password was changed, { $when }
ended-second_factor_changed = Your second factor was changed, { $when }
ended-policy_tightened = Your way of signing in is no longer allowed, { $when }
ended-token_replayed = This sign-in was ended to protect you, { $when }
ended-idle_too_long = You were away for a long time
ended-too_old = This sign-in reached its greatest age
ended-none = You are signed out

signed-out-body = Every tab and widget of this browser is signed out with it. The desktop app is a sign-in of its own and is not touched.
signed-out-body-security = To be safe, this browser was signed out with it. Sign in again to go on.
signed-out-body-admin = If you did not expect this, ask an admin of your organization.
signed-out-body-age = Sign in again to go on where you were.
signed-out-body-none = Sign in once, and every Unified Login page in this browser knows you.
signed-out-sign-in = Sign in

## Refused

refused-title-role = The Dashboard is for Admins and Supervisors
refused-title-organization = This widget belongs to another organization
refused-body = You are signed in as { $name }, { $role } at { $organization }.
refused-ask-role = To get in, ask { $people } to change your role.
refused-ask-organization = Sign out and sign in with your account there, or ask { $people }.
refused-nobody-role = To get in, ask an admin of your organization to change your role.
refused-nobody-organization = Sign out and sign in with your account there.
refused-sign-out = Sign out

## Who is signed in

menu-open = Your account: { $name }
menu-signed-in = Signed in as
menu-workspace = Open Workspace
menu-dashboard = Open the Dashboard
menu-account = Password & sign-in
menu-sign-out = Sign out…

## Signing out

sign-out-title = Sign out of this browser?
sign-out-body = This ends your sign-in in every tab and widget of this browser:
sign-out-other-browsers = Your organization wants it to end your sign-in in your other browsers, too.
sign-out-desktop = The desktop app stays signed in: it has a sign-in of its own.
sign-out-confirm = Sign out
sign-out-keep = Stay signed in
sign-out-call-title = Sign out, with a call going on?
sign-out-call-body =
    { $surface ->
        [workspace] The call is in Workspace on the web, and has lasted { $lasted }.
        [dashboard] The call is in the Dashboard, and has lasted { $lasted }.
       *[cti] The call is in the CTI widget, and has lasted { $lasted }.
    }
sign-out-call-choose = Signing out now ends it. You can also be signed out as soon as it is over.
sign-out-after-call = Sign out when the call ends
sign-out-now = Hang up and sign out now
sign-out-failed = You are still signed in: the sign-out did not reach the service. Try again.

ending-after-call = You will be signed out when your call ends
ending-latest = At the latest { $when }.
ending-at = You will be signed out { $when }
ending-policy = Your organization no longer allows the way you signed in.
ending-now = Sign out now

## What could not be done

failure-unreachable = The service could not be reached. Try again.
