# Words of the desktop app: its window, tray and notifications, and what it says on the command
# line. Identifiers are used from TypeScript (window) and Rust (everything else).

app-name = Workspace

## Window: parts of every screen

window-brand = Workspace
window-tray-hint = Closing this window keeps Workspace in the tray.
window-quit = Quit Workspace
window-loading = Opening Workspace…
window-issuer = Signs in at { $issuer }
window-notice-dismiss = Dismiss
window-notice-code = Code { $code }

## Window: signed out

signed-out-title = Sign in to Workspace
signed-out-body = Your browser opens, you sign in there, and this window follows by itself. Your password is never typed here.
signed-out-action = Sign in with your browser
signed-out-aside = Signing in here does not sign you in on the web, and signing out on the web does not sign you out here.

signed-out-owed = You signed out while { $issuer } could not be reached. It is told as soon as it can be.

## Window: waiting for the browser

waiting-title = Finish in your browser
waiting-body = A page of { $issuer } has opened. Sign in there. This window follows by itself.
waiting-countdown =
    { $minutes ->
        [0] This attempt ends in less than a minute.
        [one] This attempt ends in about a minute.
       *[other] This attempt ends in about { $minutes } minutes.
    }
waiting-again = Open the browser again
waiting-cancel = Cancel
waiting-scheme-taken = Another program opens Workspace’s links on this computer, so the browser comes back over this computer’s own network address.
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
signed-in-since = Since
signed-in-renewed = Last renewed
signed-in-renewed-never = Not yet
signed-in-issuer = Sign-in service
signed-in-sign-out = Sign out
role-agent = Agent
role-supervisor = Supervisor
role-admin = Admin

offline-title = Offline
offline-body = { $issuer } cannot be reached. You stay signed in; Workspace reconnects by itself.
offline-retry = Try now

## Window: what can be opened in the browser

browser-title = In your browser
browser-body = Your browser signs in by itself: opening a page there does not pass this app’s session on.
browser-workspace = Workspace on the web
browser-dashboard = Dashboard
browser-sessions = Sessions & devices
browser-hint = opens in your browser

## Window: where else the person is signed in

elsewhere-title = Where else you are signed in
elsewhere-nowhere = Nowhere else. This app is your only session.
elsewhere-stale = This is how it was before the connection was lost.
elsewhere-kind-browser = Browser
elsewhere-kind-desktop = Desktop app
elsewhere-used = Last used { $when }
elsewhere-more =
    { $number ->
        [one] And one more
       *[other] And { $number } more
    }

## Window: sign-out, asked once more

sign-out-title = Sign out of Workspace on { $device }?
sign-out-body = Only this app signs out. Your browser and your other devices stay signed in.
sign-out-body-offline = You are offline. This app signs out at once, and { $issuer } is told as soon as it can be reached.
sign-out-confirm = Sign out
sign-out-keep = Stay signed in

## Window: activity of the person's other sessions

activity-title = Your other sessions
activity-empty = Nothing has happened since Workspace was opened. Sign-ins and sign-outs on your other devices appear here.
activity-reconnecting = Reconnecting to { $issuer }. What has happened meanwhile appears here afterwards.
activity-unavailable = { $issuer } does not report what happens to your other sessions.
activity-you-signed-out-today = You signed out of the browser at { $time }. This app stays signed in.
activity-you-signed-out = You signed out of the browser on { $day } at { $time }. This app stays signed in.
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
keychain-what-linux = On Linux, the keychain is GNOME Keyring, KWallet or another Secret Service. It usually unlocks when you log in.
keychain-what-macos = On a Mac, open Keychain Access and unlock the “login” keychain.
keychain-what-windows = On Windows, it is the Credential Manager of your user account.
keychain-retry = Try again

## Window: the keychain's record cannot be read

record-title = Your saved session cannot be read
record-damaged = Workspace keeps your session in this computer’s keychain. What is saved there is damaged, so nobody can use it any more. Sign in again, and the new session takes its place.
record-newer = A newer version of Workspace saved it, and can still use it. Update this app, and you are signed in again.
record-newer-replace = If you sign in here instead, the saved session is replaced, and the newer version asks you to sign in too.
record-sign-in = Sign in again
record-sign-in-replacing = Sign in again and replace it

## Window: the settings cannot be used

settings-title = Workspace cannot use its settings
settings-body = Nothing was started, and your session is untouched. Correct what is named here, or ask your admin, then start Workspace again.
settings-again = Start again

## Window: the session ended

ended-title = You were signed out
ended-when = { $when }, { $exact }
ended-person = It was { $name }’s session on this computer. Nothing of it is kept here.
ended-again = Sign in again
ended-signed-out = You signed out.
ended-signed-out-on-desktop = You signed out in this app.
ended-by-user = You ended this session from your list of sessions.
ended-everywhere = You signed out everywhere.
ended-by-admin = An admin of your organization ended your sessions.
ended-user-disabled = Your account was disabled. Ask an admin of your organization.
ended-user-deprovisioned = Your account was removed from your organization. Ask an admin.
ended-password-changed = Your password was changed, so every other session ended. Sign in with the new one.
ended-second-factor-changed = Your second factor was changed, so every other session ended.
ended-policy-tightened = Your organization no longer allows the way you signed in. Sign in another way.
ended-token-replayed = An old copy of this session was used, so it was ended to be safe. If this happens again, tell your admin.
ended-idle-too-long = This session was not used for a long time.
ended-too-old = This session reached the longest time that your organization allows.
ended-refused = The sign-in service no longer accepts this session.
ended-record-removed = This session was removed from the keychain of this computer.

## Problems, each with its code (window, notifications, command line)

problem-issuer-unreachable = The sign-in service cannot be reached. Check the network, then try again.
problem-issuer-answers-badly = The sign-in service answered with an error. Try again in a moment.
problem-issuer-unsuitable = The address that Workspace signs in at is not a suitable sign-in service. Ask your admin to check it.
problem-browser-not-opened = Your browser could not be opened. Copy the address below into a browser.
problem-link-without-attempt = A sign-in link arrived that nobody is waiting for. It was ignored, and nothing has changed.
problem-link-of-another = A link arrived that does not belong to this sign-in. It was ignored. If you have several sign-in pages open, use the newest.
problem-link-unreadable = A sign-in link arrived that cannot be read. It was ignored, and nothing has changed.
problem-another-issuer = The answer came from a different sign-in service. It was refused. Start again from here.
problem-access-denied = The sign-in was cancelled in the browser.
problem-issuer-refused = The sign-in service refused this sign-in. Try again; if it stays so, tell your admin.
problem-attempt-expired = The sign-in took longer than ten minutes and was ended. Start again when you are ready.
problem-code-refused = The code from the browser was used already or is too old. Start again.
problem-id-token-invalid = The answer of the sign-in service could not be verified. You were not signed in.
problem-no-refresh-token = The sign-in service does not let apps stay signed in. Ask your admin to allow it for Workspace.
problem-loopback-failed = No local port could be opened for the browser to come back to. Try again, or paste the code.
problem-pasted-code-invalid = This is not a code for this sign-in. Copy the whole code from the last page in the browser.
problem-keychain-locked = The keychain is locked.
problem-keychain-missing = No keychain is running on this computer.
problem-keychain-slow = The keychain does not answer. It may be asking you something in another window.
problem-record-damaged = The record of your session in the keychain is damaged.
problem-record-newer = The record of your session was written by a newer version of Workspace. Update this app.
problem-record-too-large = The record of your session is larger than this computer’s keychain allows.
problem-renewal-delayed = Your session could not be renewed just now. Workspace tries again by itself.
problem-sign-out-owed = You are signed out here. The sign-in service is told as soon as it can be reached.
problem-request-refused = The sign-in service does not accept requests of this app. Tell your admin.
problem-clock-wrong = This computer’s clock is wrong by more than five minutes. Set it, or sign-ins may fail.
problem-settings-unusable = { $detail }
problem-event-too-long = The sign-in service sent news of your sessions that is too long to be true. It is asked again.

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
tray-record = Saved session cannot be read
tray-settings = Settings cannot be used
tray-open = Open Workspace
tray-workspace = Workspace on the web
tray-dashboard = Dashboard
tray-sessions = Sessions & devices
tray-sign-in = Sign in
tray-sign-in-replacing = Sign in again, replacing the saved session
tray-start-again = Start again
tray-cancel = Cancel sign-in
tray-sign-out = Sign out
tray-retry = Try again
tray-quit = Quit Workspace

## The page of the loopback redirect

loopback-received-title = You can close this page
loopback-received-body = Workspace has what it needs and finishes signing you in.
loopback-refused-title = You were not signed in
loopback-refused-body = The sign-in was refused or cancelled. Workspace says more, and you can try again there. You can close this page.
loopback-stray-title = This page belongs to no sign-in
loopback-stray-body = Nothing has changed. If you were signing in to Workspace, start again from the app.

## Doctor

doctor-mark-fine = ok
doctor-mark-wrong = wrong
doctor-mark-skipped = –
doctor-all-well = Everything that signing in needs is as it should be.
doctor-not-well = Something is not as it should be. What to do is said above.
doctor-needs-issuer = Not checked, because the sign-in service does not answer.
doctor-asked-at-sign-in = The operating system is asked at each sign-in.
doctor-xdg-missing = It cannot be found out: { $detail }

doctor-scheme = Sign-in links
doctor-scheme-fine = Opened by this program.
doctor-scheme-taken = Opened by another program: { $handler }
doctor-scheme-nobody = Nothing opens them.
doctor-scheme-advice = Start Workspace once: it registers its links. Until then, sign-ins come back over this computer’s own network address.

doctor-browser = Browser
doctor-browser-fine = { $handler }
doctor-browser-nobody = No default browser is set.
doctor-browser-advice = Install a browser and make it the default in the system settings. Or copy the sign-in address from Workspace into any browser.

doctor-keychain = Keychain
doctor-keychain-fine = A record was written, read and removed.
doctor-keychain-forgets = A record was written, but another one came back.
doctor-keychain-wrong = { $detail }
doctor-keychain-advice = Unlock the keychain, or start one: GNOME Keyring or KWallet on Linux, the login keychain on a Mac, the Credential Manager service on Windows.

doctor-proxy = Proxy
doctor-proxy-none = None is set.
doctor-proxy-fine = { $proxies }
doctor-proxy-wrong = { $name } is not an address.
doctor-proxy-advice = Correct the variable, or remove it.

doctor-issuer = Sign-in service
doctor-issuer-fine = { $issuer } answers and offers what is needed.
doctor-issuer-wrong = { $issuer }: { $detail }
doctor-issuer-advice = Check the network and the address (“issuer” in settings.toml, or WORKSPACE_ISSUER). If both are right, tell your admin.

doctor-tls = Certificate
doctor-tls-fine = Trusted by this computer.
doctor-tls-not-needed = Not needed: the sign-in service is on this computer.
doctor-tls-wrong = { $detail }
doctor-tls-advice = If your organization inspects encrypted traffic, its root certificate must be installed in the operating system.

doctor-clock = Clock
doctor-clock-fine = { $seconds } seconds from the sign-in service’s.
doctor-clock-wrong = { $seconds } seconds from the sign-in service’s.
doctor-clock-advice = Set the clock, or let the operating system set it from the network.

doctor-events = News of your other sessions
doctor-events-fine = The event stream answers, and asks for a sign-in as it should. It was not opened: only the running app does that, and its window says so when no news arrives.
doctor-events-absent = This sign-in service has none. Sign-outs elsewhere are noticed at the next renewal.
doctor-events-wrong = { $detail }
doctor-events-advice = A proxy between may not let event streams through. Signing in works without; sign-outs elsewhere are noticed up to five minutes later.

doctor-loopback = Local port
doctor-loopback-fine = It can be opened and visited.
doctor-loopback-wrong = { $detail }
doctor-loopback-advice = A firewall on this computer may block 127.0.0.1. Signing in by link works without.
