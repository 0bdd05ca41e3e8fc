//! The append-only log of every action that matters.

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use session::{OrganizationId, SessionId, Surface, UserId};

use crate::StoreError;

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "actor")]
pub enum Actor {
    /// A person, in a session or not yet in one.
    User {
        /// Who.
        user: UserId,
        /// In which session.
        session: Option<SessionId>,
    },
    /// Somebody who has not shown who they are.
    Anonymous,
    /// The operator at the command line.
    Operator,
    /// The service itself: lifetimes, notice periods, detected reuse.
    Service,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What, as a stable dotted word: `session.started`, `sign_in.failed`, `user.disabled`.
    pub action: String,
    /// In which organization, if known.
    pub organization: Option<OrganizationId>,
    /// About whom, if anyone.
    pub subject: Option<UserId>,
    /// About which session, if any.
    pub session: Option<SessionId>,
    /// On which surface, if any.
    pub surface: Option<Surface>,
    /// From which address, if any.
    pub address: Option<String>,
    /// Why, as a stable word, if it has a reason.
    pub reason: Option<String>,
}

/// Which entries are asked for; what is `None` is not asked about.
#[derive(Clone, Debug)]
pub struct AuditQuery {
    /// Of which organization.
    pub organization: OrganizationId,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
    /// This action, or with a trailing dot all that begin so (`session.`).
    pub action: Option<String>,
    /// By or about this person.
    pub person: Option<UserId>,
    /// Older than what this cursor stands for.
    pub before: Option<u64>,
    /// At most so many.
    pub limit: u32,
}

impl AuditQuery {
    /// Everything of an organization.
    pub fn of(organization: OrganizationId, limit: u32) -> Self {
        Self {
            organization,
            from: None,
            to: None,
            action: None,
            person: None,
            before: None,
            limit,
        }
    }
}

/// An answer to an [`AuditQuery`], newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditPage {
    /// The entries.
    pub entries: Vec<AuditEntry>,
    /// Where it goes on ([`AuditQuery::before`]), if it does.
    pub next: Option<u64>,
}

/// The repository of audit entries; nothing changes or removes one.
#[async_trait]
pub trait AuditLog: Send + Sync {
    /// Appends one.
    async fn append(&self, entry: &AuditEntry) -> Result<(), StoreError>;
    /// The newest of an organization, newest first.
    async fn newest(
        &self,
        organization: OrganizationId,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError>;
    /// Those that match, newest first, a page at a time.
    async fn query(&self, query: &AuditQuery) -> Result<AuditPage, StoreError>;
}
