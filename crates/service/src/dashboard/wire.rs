//! What the Dashboard says and hears. Generated for TypeScript (`ui/dashboard/src/wire/`) by a
//! test.

mod clients;
mod organization;
mod people;
mod sessions;

pub use clients::{ClientCreated, ClientFields, ClientSecret, ClientShown, Clients, Deliveries};
pub use organization::{
    ActorKind, ActorShown, Audit, AuditShown, CrmOrigins, CrmOriginsFields, CrmWidgets, Settings,
    SettingsFields,
};
pub use people::{
    ChangePerson, InvitePerson, Invited, People, PersonName, PersonShown, PersonStatus, Team,
    TeamFields, TeamName, Teams,
};
pub use sessions::{EndWhen, LiveSession, LiveSessions};

pub use crate::workspace::wire::Ended;
