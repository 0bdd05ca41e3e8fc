# The Dashboard, for Admins and Supervisors.

nav-people = People
nav-sessions = Sessions
nav-teams = Teams
nav-crm = CRM
nav-clients = Clients
nav-audit = Audit log
nav-settings = Settings

loading = Loading…
again = Try again
more = Show more
save = Save
cancel = Cancel
none = None
copy = Copy
copied = Copied
copy-select = Select and copy it
toast-dismiss = Dismiss
failure-stale = What you see below was read before that.
missing-title = There is no such page
missing-body = The link may be old, or the page is for Admins only. Everything you may see is in the bar above.
screen-failed-title = This page could not be loaded
screen-failed-body = The connection may be gone, or the service was updated meanwhile. Try again, or load the page anew.

## Columns

column-person = Person
column-role = Role
column-team = Team
column-state = State
column-sessions = Sessions
column-used = Last used
column-actions = Actions
column-device = Device
column-where = Where
column-since = Signed in
column-when = When
column-what = What
column-who = By whom
column-about = About

## People

people-title = People
people-body = Everybody in your organization: what they may do, and where they are signed in.
people-body-own = The people of the teams that you lead. Ask an Admin to change something.
people-search = Search by name or email
people-found =
    { $number ->
        [0] Nobody found
        [one] One person
       *[other] { $number } people
    }
people-none = Nobody is here yet
people-none-body = People appear here once they are invited or join a team of yours.
people-none-found = Nobody matches
people-none-found-body = Try a part of the name or of the email address.
person-active = Active
person-invited = Invited
person-disabled = Disabled
person-sessions =
    { $number ->
        [one] live session of { $name }
       *[other] live sessions of { $name }
    }
person-actions = Actions for { $name }
person-change = Role and team…
person-end = End sessions…
person-disable = Disable…
person-enable = Enable
person-invite-again = Invite again
person-changed = { $name } was changed
person-enabled = { $name } can sign in again
person-was-disabled =
    { $waiting ->
        [0] { $name } was disabled and signed out
        [one] { $name } was disabled. One session ends when its call does.
       *[other] { $name } was disabled. { $waiting } sessions end when their calls do.
    }
invite = Invite
invite-title = Invite a person
invite-body = They get a mail with a link, choose a password and are in.
invite-confirm = Send the invitation
invited = { $email } was invited
field-email = Email
field-name = Name
field-name-hint = They may correct it.
field-role = Role
field-team = Team
team-none = No team
role-hint-agent = Takes calls. Does not see the Dashboard.
role-hint-supervisor = Sees the people of the teams that they lead, and where they are signed in.
role-hint-admin = Sees and changes everything here.
myself-role-title = This takes the Dashboard away from you
myself-role-body = You stop being an Admin as soon as you save. Another Admin has to give it back.
disable-title = Disable { $name }?
disable-body = They are signed out everywhere and cannot sign in until they are enabled again. Nothing of theirs is removed.
disable-confirm = Disable
myself-disable-title = That is you
myself-disable-body = You are signed out too, and only another Admin can undo it.

## Ending sessions

end-all-title = End the sessions of { $name }?
end-all-body =
    { $number ->
        [one] One session ends, in the browser or in the desktop app. They can sign in again.
       *[other] { $number } sessions end, in browsers and desktop apps. They can sign in again.
    }
end-one-title = End this session of { $name }?
end-one-body-browser = { $device }: every tab and widget of that browser is signed out. They can sign in again.
end-one-body-desktop = The app on { $device } is signed out. They can sign in again.
end-confirm = End
end-when = If they are on a call
end-after-calls = When the call ends
end-after-calls-hint = They can finish. After four hours it ends in any case.
end-now = Now
end-now-hint = A call that is going on is cut off.
ended-all =
    { $ended ->
        [one] One session ended
       *[other] { $ended } sessions ended
    }
ended-later =
    { $waiting ->
        [one] The session is on a call and ends when the call does
       *[other] { $waiting } sessions are on a call and end when the call does
    }
ended-some =
    { $ended ->
        [one] One session ended, { $waiting } on a call will when the call does
       *[other] { $ended } sessions ended, { $waiting } on a call will when the call does
    }
ended-nothing = There was nothing left to end
myself-end-body = That includes you: you are signed out here too.

## Sessions

sessions-title = Live sessions
sessions-body = Every browser and desktop app that is signed in at this moment.
sessions-body-own = Where you and the people of your teams are signed in at this moment.
sessions-search = Search by person, device or address
sessions-found =
    { $number ->
        [0] No session found
        [one] One session
       *[other] { $number } sessions
    }
sessions-found-more = The first { $number } sessions
sessions-none = No live session
sessions-none-body = Nothing matches the search. Try less of it.
field-kind = Kind
kind-any = All
kind-browser = Browser
kind-desktop = Desktop app
session-this = This one
session-on-call = On a call
session-ending = Ends after the call
session-end = End
session-end-which = { $device }, { $name }

## Teams

teams-title = Teams
teams-body = A Supervisor sees the people of the teams that they lead.
teams-none = No teams yet
teams-none-body = Make one, put people in it, and choose the Supervisors who lead it.
teams-none-body-own = You lead no team. Ask an Admin to choose you as a leader.
team-add = New team
team-add-title = New team
team-add-confirm = Make the team
team-added = { $name } was made
team-change = Change…
team-change-title = Change { $name }
team-changed = { $name } was changed
team-remove = Remove…
team-remove-title = Remove { $name }?
team-remove-body = Its people stay, without a team. Supervisors who led it no longer see them.
team-remove-confirm = Remove the team
team-removed = { $name } was removed
team-actions = Actions for { $name }
team-leaders = Led by
team-no-leaders = Nobody
team-members =
    { $number ->
        [0] Members
        [one] One member
       *[other] { $number } members
    }
team-no-members = Nobody is in it
field-team-name = Name
team-pick-leaders = Led by
team-pick-leaders-hint = Supervisors see who is in the team, and their sessions.
team-pick-members = Members
team-pick-members-hint = A person is in one team: whoever is in another leaves it.
team-no-supervisors = Nobody is a Supervisor yet.
picked =
    { $number ->
        [0] Nobody is chosen.
        [one] One is chosen.
       *[other] { $number } are chosen.
    }
pick-filter = Find a person

## CRM

crm-title = CRM pages
crm-body = The widget shows only in pages of the origins listed here. Everything else is refused by the browser.
crm-hubspot = HubSpot
crm-zendesk = Zendesk
crm-salesforce = Salesforce
crm-widget = Widget address, for the CRM’s settings
crm-origins = May show the widget
crm-none = No page may show the widget yet.
crm-remove = Remove
crm-remove-title = Remove { $origin }?
crm-remove-body = The widget stops working in { $crm } pages there as soon as they are loaded again.
crm-removed = { $origin } was removed from { $crm }
crm-added = { $origin } may show the widget in { $crm }
crm-add = Add
crm-add-label = Add an origin for { $crm }
crm-add-field = Origin
crm-add-hint = As in the address bar, for instance { $example }
crm-add-empty = Enter the origin first.
crm-example-hubspot = https://app.hubspot.com
crm-example-zendesk = https://acme.zendesk.com
crm-example-salesforce = https://acme.lightning.force.com

## Clients

clients-title = Registered clients
clients-body = Other surfaces and services that sign your people in with this sign-in (OpenID Connect). They are told of sign-outs where they have an address for it.
clients-none = No clients yet
clients-none-body = Register one to let another page of yours use this sign-in.
client-add = Register a client
client-add-title = Register a client
client-add-confirm = Register
client-added = { $name } was registered
client-change = Change…
client-change-title = Change { $name }
client-changed = { $name } was changed
client-new-secret = New secret…
client-remove = Remove…
client-remove-title = Remove { $name }?
client-remove-body = Nobody can sign in there any more, and it is told of no sign-outs. Whoever is signed in there stays, as far as it keeps sessions of its own.
client-remove-confirm = Remove the client
client-removed = { $name } was removed
client-actions = Actions for { $name }
client-id = Client ID
client-secret = Client secret
client-since = Registered
client-not-told = Not told of sign-outs
client-more = More settings
field-client-name = Name
field-client-name-hint = People see it when they sign in.
field-redirects = Redirect addresses
field-redirects-hint = One a line, compared exactly.
field-post-logout = Addresses after sign-out
field-auth = How it shows who it is
field-auth-hint = A page without a server of its own cannot keep a secret.
auth-client_secret_basic = Secret, in the header
auth-client_secret_post = Secret, in the body
auth-none = No secret (public client, PKCE)
field-backchannel = Back-channel logout address
field-backchannel-hint = The service posts a logout token there when a session ends.
field-algorithm = ID tokens are signed with
field-pushed = Must push its requests
field-pushed-hint = Pushed authorization requests (RFC 9126).
field-with-session = Needs to be told which session
field-with-session-hint = Logout tokens then always carry the session’s ID.
secret-title = The secret of { $name }
secret-body = This is the only time that it is shown. Put it where the client keeps its secrets.
secret-kept = I have kept it
secret-new-title = A new secret for { $name }?
secret-new-body = The old one stops working at once. The client cannot sign anybody in until it has the new one.
secret-new-confirm = Make a new secret
delivery-failing = Not reached
delivery-title =
    { $number ->
        [one] One sign-out has not been delivered
       *[other] { $number } sign-outs have not been delivered
    }
delivery-given-up =
    { $number ->
        [one] One more was given up.
       *[other] { $number } more were given up.
    }
delivery-only-given-up =
    { $number ->
        [one] One sign-out was given up
       *[other] { $number } sign-outs were given up
    }
delivery-error = Its last answer: { $error }
delivery-next = Tried again at { $when }

## Audit log

audit-title = Audit log
audit-body = Everything that matters, newest first. Nothing in it is ever changed or removed.
audit-export = Export as CSV
audit-from = From
audit-to = Until
audit-action = What
audit-any-action = Everything
audit-person = Person
audit-anybody = Everybody
audit-kind-sign_in = Sign-ins
audit-kind-session = Sessions
audit-kind-user = People
audit-kind-invitation = Invitations
audit-kind-password = Passwords
audit-kind-team = Teams
audit-kind-crm = CRM pages
audit-kind-client = Clients
audit-kind-organization = Settings
audit-found =
    { $number ->
        [0] No entry found
        [one] One entry
       *[other] { $number } entries
    }
audit-found-more = The newest { $number } entries
audit-none = No entries
audit-none-body = Nothing like that happened in this time.
audit-surface-workspace = Workspace
audit-surface-dashboard = Dashboard
audit-surface-cti = CTI widget
audit-surface-desktop = Desktop app
audit-surface-account = Account pages
actor-person = A person who was removed
actor-anonymous = Somebody who was not signed in
actor-operator = The operator
actor-service = The service
action-sign_in-succeeded = Signed in
action-sign_in-failed = A sign-in failed
action-sign_in-locked = Sign-ins were locked for a while
action-session-started = A session began
action-session-ended = A session ended
action-session-end_after_call = An end waits for a call
action-session-notice_given = A session got notice
action-user-added = A person was added
action-user-invited = A person was invited
action-user-invitation_withdrawn = An invitation was withdrawn
action-user-renamed = A name was changed
action-user-role_changed = A role was changed
action-user-team_changed = A team was changed
action-user-disabled = A person was disabled
action-user-enabled = A person was enabled
action-invitation-accepted = An invitation was accepted
action-password-changed = A password was changed
action-password-refused = A wrong password was entered
action-password_reset-requested = A new password was asked for
action-team-added = A team was made
action-team-changed = A team was changed
action-team-removed = A team was removed
action-crm-origins_changed = The CRM pages were changed
action-client-registered = A client was registered
action-client-changed = A client was changed
action-client-removed = A client was removed
action-client-secret_replaced = A client got a new secret
action-organization-created = The organization was made
action-organization-changed = The settings were changed
action-audit-exported = The audit log was exported
reason-signed_out = Signed out
reason-signed_out_on_desktop = Signed out in the app
reason-ended_by_user = Ended from the list of sessions
reason-signed_out_everywhere = Signed out everywhere
reason-ended_by_admin = Ended by an Admin
reason-user_disabled = The account was disabled
reason-user_deprovisioned = The account was removed
reason-password_changed = The password was changed
reason-second_factor_changed = The second factor was changed
reason-policy_tightened = The way of signing in is no longer allowed
reason-token_replayed = An old token was used again
reason-idle_too_long = Unused for too long
reason-too_old = Reached its longest lifetime
reason-too_many_failures = Too many failures
reason-password = With a password
reason-wrong_password = Wrong password
reason-unknown_account = No account has this address
reason-disabled = The account is disabled
reason-changed = By the person
reason-reset = By a link in a mail
reason-agent = To Agent
reason-supervisor = To Supervisor
reason-admin = To Admin
reason-hubspot = HubSpot
reason-zendesk = Zendesk
reason-salesforce = Salesforce

## Settings

settings-title = Settings
settings-body = How sessions behave for everybody at { $name }.
settings-sign-out = Signing out
settings-all-browsers = Signing out in one browser signs out everywhere in the browser
settings-all-browsers-hint = Otherwise only that browser is signed out. Desktop apps stay signed in either way.
settings-lifetimes = How long people stay signed in
settings-lifetimes-body = A session ends by itself when it was not used for so long, or when it is so old.
settings-browser-idle = Browser, unused
settings-browser-absolute = Browser, at most
settings-desktop-idle = Desktop app, unused
settings-days-hint = Days, 1 to { $most }
settings-days-wrong = Enter a whole number from 1 to { $most }.
settings-crm = The widget in the CRM
settings-mismatch = If the CRM’s person is somebody else
mismatch-warn = Warn
mismatch-warn-hint = The widget says so and can be used.
mismatch-block = Block
mismatch-block-hint = The widget cannot be used until both are the same person.
settings-saved = The settings were saved
