# Words of the desktop app: its window, tray and notifications, and what it says on the command
# line. Identifiers are used from TypeScript (window) and Rust (everything else).

app-name = Workspace

## Window: parts of every screen

window-loading = Opening Workspace…
window-issuer = Signs in at { $issuer }
window-notice-dismiss = Dismiss
window-notice-code = Code { $code }

## Window: signed out

signed-out-title = Sign in to Workspace
signed-out-body = Your browser opens, you sign in there, and this window follows by itself. Your password is never typed here.
signed-out-action = Sign in with your browser
signed-out-aside = Signing in here does not sign you in on the web, and signing out on the web does not sign you out here.

## Window: waiting for the browser

waiting-title = Finish in your browser
waiting-body = A page of { $issuer } has opened. Sign in there. This window follows by itself.
waiting-countdown =
    { $minutes ->
        [0] This attempt ends in less than a minute.
        [one] This attempt ends in about a minute.
       *[other] This attempt ends in about { $minutes } minutes.
    }
waiting-cancel = Cancel
waiting-trouble = The browser did not open, or did not come back?
waiting-copy-title = Open the page yourself
waiting-copy-body = Copy the address into any browser on this computer.
waiting-copy-label = Sign-in address
waiting-copy-action = Copy address
waiting-copy-done = Copied
waiting-copy-failed = Select the address and copy it
waiting-loopback-title = Come back another way
waiting-loopback-body = Starts again with a page that reports back over this computer’s own network address instead of a link.
waiting-loopback-action = Try another way
waiting-loopback-now = This attempt already comes back over this computer’s own network address.
waiting-code-title = Paste the code
waiting-code-body = The last page in the browser shows a code for this app.
waiting-code-label = Code from the browser
waiting-code-action = Use code
waiting-code-empty = Paste the code first.

## Window: exchanging

exchanging-title = Signing you in…
exchanging-body = The browser is done. Workspace is fetching your session from { $issuer }.
exchanging-slow = This takes longer than usual. Workspace keeps trying; you need not do anything.

## Window: signed in

signed-in-title = Signed in as { $name }
signed-in-title-nameless = Signed in
signed-in-state = Signed in
signed-in-state-offline = Offline
signed-in-about = About this sign-in
signed-in-organization = Organization
signed-in-role = Role
signed-in-device = This device
signed-in-since = Signed in
signed-in-renewed = Last renewed
signed-in-renewed-never = Not yet
signed-in-issuer = Signed in at
signed-in-sessions = Sessions & devices
signed-in-sessions-hint = opens in your browser
signed-in-sign-out = Sign out
role-agent = Agent
role-supervisor = Supervisor
role-admin = Admin

offline-title = Offline
offline-body = { $issuer } cannot be reached. You stay signed in; Workspace reconnects by itself.
offline-retry = Try now

## Window: sign-out, asked once more

sign-out-title = Sign out of Workspace on { $device }?
sign-out-body = Only this app signs out. Your browser and your other devices stay signed in.
sign-out-body-offline = You are offline. This app signs out at once, and { $issuer } is told as soon as it can be reached.
sign-out-confirm = Sign out
sign-out-keep = Stay signed in

## Window: activity of the person's other sessions

activity-title = Your other sessions
activity-empty = Nothing has happened since Workspace was opened. Sign-ins and sign-outs on your other devices appear here.
activity-unavailable = { $issuer } does not report what happens to your other sessions.
activity-started-browser = Signed in on the web
activity-started-desktop = Signed in to a desktop app
activity-ended-browser = Signed out on the web
activity-ended-desktop = A desktop app signed out
activity-where-workspace = in Workspace
activity-where-dashboard = in the Dashboard
activity-where-cti = in the CTI widget
activity-where-desktop = in the desktop app
activity-where-account = on the account page
activity-why-signed_out = Signed out
activity-why-signed_out_on_desktop = Signed out in the app
activity-why-ended_by_user = Ended from the list of sessions
activity-why-signed_out_everywhere = Signed out everywhere
activity-why-ended_by_admin = Ended by an admin
activity-why-user_disabled = The account was disabled
activity-why-user_deprovisioned = The account was removed
activity-why-password_changed = The password was changed
activity-why-second_factor_changed = The second factor was changed
activity-why-policy_tightened = Its way of signing in is no longer allowed
activity-why-token_replayed = An old token was used again
activity-why-idle_too_long = Unused for too long
activity-why-too_old = Reached its longest lifetime

## Window: the keychain cannot be used

keychain-title = Workspace cannot reach the keychain
keychain-body = Your session is kept in this computer’s keychain, and nowhere else. You have not been signed out. Unlock the keychain, then try again.
keychain-locked = The keychain is locked.
keychain-missing = No keychain is running on this computer.
keychain-what-linux = On Linux, the keychain is GNOME Keyring, KWallet or another Secret Service. It usually unlocks when you log in.
keychain-what-macos = On a Mac, open Keychain Access and unlock the “login” keychain.
keychain-what-windows = On Windows, it is the Credential Manager of your user account.
keychain-retry = Try again

## Window: the session ended

ended-title = You were signed out
ended-when = { $when }
ended-again = Sign in again
ended-why-signed_out = You signed out.
ended-why-signed_out_on_desktop = You signed out in this app.
ended-why-ended_by_user = You ended this session from your list of sessions.
ended-why-signed_out_everywhere = You signed out everywhere.
ended-why-ended_by_admin = An admin of your organization ended your sessions.
ended-why-user_disabled = Your account was disabled. Ask an admin of your organization.
ended-why-user_deprovisioned = Your account was removed from your organization. Ask an admin.
ended-why-password_changed = Your password was changed, so every other session ended. Sign in with the new one.
ended-why-second_factor_changed = Your second factor was changed, so every other session ended.
ended-why-policy_tightened = Your organization no longer allows the way you signed in. Sign in another way.
ended-why-token_replayed = An old copy of this session was used. To be safe it was ended. If this happens again, tell your admin.
ended-why-idle_too_long = This session was not used for a long time.
ended-why-too_old = This session reached the longest time that your organization allows.
ended-why-refused = { $issuer } no longer accepts this session.

## Tray

tray-signed-in = { $name }, signed in
tray-offline = { $name }, offline
tray-signed-in-nameless = Signed in
tray-offline-nameless = Offline
tray-signed-out = Signed out
tray-waiting = Waiting for the browser
tray-exchanging = Signing in…
tray-keychain = Keychain unavailable
tray-ended = You were signed out
tray-open = Open Workspace
tray-sessions = Sessions & devices
tray-sign-in = Sign in
tray-cancel = Cancel sign-in
tray-sign-out = Sign out
tray-retry = Try again
tray-quit = Quit Workspace
