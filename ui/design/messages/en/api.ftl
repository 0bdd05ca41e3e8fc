### What the JSON endpoints of Workspace and the Dashboard say when something is not done.

api-role = Your role does not allow this. Ask an Admin.
api-missing = This is not here any more. Load the page again.
api-not-json = Send JSON with the content type application/json.
api-too-large = That is more than can be sent at once. Send less.
api-malformed = The request cannot be read.
api-malformed-at = The request cannot be read: { $detail }.
api-cursor = This page of the list cannot be found. Load the list again.
api-name-missing = Enter a name.
api-name-unusable = Enter a name of at most 100 characters, in one line.
api-search-too-long = Search for at most 100 characters.
api-kind = Choose browser or desktop.
api-time = Enter a time as 2026-11-24T14:02:00Z.
api-action = Enter an action as it stands in the log, such as session.ended.
api-person = Choose a person from the list.
api-days = Enter a number of days from 1 to { $most }.
api-email = Enter an email address, such as name@acme.example.
api-email-taken = Somebody with this address is here already. Look for them in the list.
api-mails = This address has had enough mails for now. Wait an hour.
api-no-team = This team is not here any more. Load the page again.
api-no-person = One of these people is not here any more. Load the page again.
api-no-supervisor = Only Supervisors lead teams. Change the person’s role first.
api-team-taken = There is a team of this name already. Choose another name.
api-team-too-large = A team has at most 1,000 people. Make another team.
api-too-many-teams = There can be 500 teams. Remove one that you do not need.
api-too-many-clients = There can be 100 registered clients. Remove one that you do not need.
api-too-many-sessions = Choose at most 500 sessions at once.
api-own-role = You would lose access to the Dashboard’s settings yourself. Say again that you want it.
api-own-account = You would be signed out everywhere and could not sign in again. Say again that you want it.
api-own-sessions = You would be signed out everywhere yourself, here too. Say again that you want it.
api-own-session = You would be signed out of this browser yourself. Say again that you want it.
api-last-admin = This is the only Admin. Make somebody else an Admin first.
api-public-client = This client has no secret. Choose a method with one first.
api-call-ended = Your session has ended, and the call with it. Sign in again.

## CRM origins

crm-not-origin = “{ $entry }” is not an origin. Write it as https://acme.zendesk.com, with nothing behind it.
crm-not-encrypted = “{ $entry }” is not encrypted. Begin with https:// (http:// is for this computer only).
crm-wildcard = “{ $entry }” has a wildcard that is too wide. It may stand only first, and only below the CRM’s own domains, as in https://*.zendesk.com.
crm-too-many = List at most 20 origins for one CRM.

## Registered clients

client-no-redirect = Enter at least one redirect address.
client-address = This address cannot be used. Begin with https:// (http:// is for this computer only), without user name or #.
client-too-many-addresses = Enter at most 20 addresses.
client-backchannel = This address cannot be told of sign-outs. Begin with https:// (http:// is for this computer only), without user name or #.
client-no-backchannel = Enter the address that is told of sign-outs, or switch this off.
