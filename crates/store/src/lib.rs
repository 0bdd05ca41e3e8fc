//! Where organizations, users, credentials, sessions and the audit log live, and the bus that
//! tells the nodes of a service what happened to sessions.
//!
//! [`Store`] has one repository per noun. [`SqliteStore`] is the embedded default; every answer it
//! gives to a write is durable. The rules are `session`'s: a store applies them inside its
//! transactions and has none of its own.

mod audit;
mod bus;
mod error;
mod organizations;
mod sessions;
mod single_use;
mod sqlite;
mod users;

pub use audit::{Actor, AuditEntry, AuditLog};
pub use bus::{Bus, InProcessBus};
pub use error::StoreError;
pub use organizations::{Organization, Organizations};
pub use sessions::{
    Device, Ended, NewSession, Renewal, Renewed, SessionRecord, Sessions, Touch, Whereabouts,
};
pub use single_use::{Purpose, SingleUse, Taken};
pub use sqlite::SqliteStore;
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
}
