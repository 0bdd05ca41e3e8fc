//! Where organizations, users, credentials, sessions and the audit log live, and the bus that
//! tells the nodes of a service what happened to sessions.
//!
//! [`Store`] has one repository per noun. [`SqliteStore`] is the embedded default; every answer it
//! gives to a write is durable. The rules are `session`'s: a store applies them inside its
//! transactions and has none of its own.

mod audit;
mod availability;
mod bus;
mod calls;
mod clients;
mod crm;
mod deliveries;
mod error;
mod organizations;
mod sessions;
mod single_use;
mod sqlite;
mod teams;
mod users;

pub use audit::{Actor, AuditEntry, AuditLog, AuditPage, AuditQuery};
pub use availability::{Availabilities, Availability};
pub use bus::{Bus, InProcessBus};
pub use calls::{CallReport, Calls, CallsOver, Reported};
pub use clients::{ClientSettings, Clients, RegisteredClient, SigningAlgorithm, TokenEndpointAuth};
pub use crm::{Crm, CrmOrigins};
pub use deliveries::{Deliveries, Delivery, Failing};
pub use error::StoreError;
pub use organizations::{CrmMismatch, Organization, Organizations};
pub use sessions::{
    Device, Ended, Ends, NewSession, Renewal, Renewed, SessionRecord, SessionSearch, Sessions,
    SessionsPage, Touch, Use, Whereabouts,
};
pub use single_use::{Purpose, SingleUse, Taken};
pub use sqlite::SqliteStore;
pub use teams::{Team, TeamId, Teams};
pub use users::{NewUser, PasswordHash, Role, User, UserStatus, Users};

/// Everything that is stored, one repository per noun.
pub trait Store: Send + Sync + 'static {
    /// Customer companies.
    fn organizations(&self) -> &dyn Organizations;
    /// People, and their password hashes.
    fn users(&self) -> &dyn Users;
    /// Sessions and their events.
    fn sessions(&self) -> &dyn Sessions;
    /// Things that may be used once: codes, invitations, resets, pushed requests.
    fn single_use(&self) -> &dyn SingleUse;
    /// The append-only log of what matters.
    fn audit(&self) -> &dyn AuditLog;
    /// Teams and who leads them.
    fn teams(&self) -> &dyn Teams;
    /// Which CRM pages may frame the widget.
    fn crm_origins(&self) -> &dyn CrmOrigins;
    /// OpenID clients that organizations registered.
    fn clients(&self) -> &dyn Clients;
    /// What clients still have to be told of ends.
    fn deliveries(&self) -> &dyn Deliveries;
    /// Calls under way.
    fn calls(&self) -> &dyn Calls;
    /// Who takes calls.
    fn availability(&self) -> &dyn Availabilities;
}
