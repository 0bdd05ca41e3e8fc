//! Entries of the audit log that pages and commands write. What happens to sessions the store
//! writes itself, in the same transaction.

use session::{OrganizationId, SessionId, Surface, UserId};
use store::{Actor, AuditEntry, StoreError, User};

use crate::{pages::facts::RequestFacts, state::Service};

/// An entry being put together.
pub struct Audit(AuditEntry);

impl Audit {
    /// `action` is a stable dotted word.
    pub fn new(app: &Service, actor: Actor, action: &str) -> Self {
        Self(AuditEntry {
            at: app.clock.now(),
            actor,
            action: action.to_owned(),
            organization: None,
            subject: None,
            session: None,
            surface: None,
            address: None,
            reason: None,
        })
    }

    /// About a person.
    #[must_use]
    pub fn about(mut self, user: &User) -> Self {
        self.0.organization = Some(user.organization);
        self.0.subject = Some(user.id);
        self
    }

    /// In an organization.
    #[must_use]
    pub fn within(mut self, organization: OrganizationId) -> Self {
        self.0.organization = Some(organization);
        self
    }

    /// From where.
    #[must_use]
    pub fn from(mut self, facts: &RequestFacts) -> Self {
        self.0.address = Some(facts.whereabouts.address.clone());
        self
    }

    /// On which surface.
    #[must_use]
    pub fn on(mut self, surface: Surface) -> Self {
        self.0.surface = Some(surface);
        self
    }

    /// On which surface and from which address, as far as there are.
    #[must_use]
    pub fn by(mut self, surface: Option<Surface>, address: Option<String>) -> Self {
        self.0.surface = surface;
        self.0.address = address;
        self
    }

    /// Why, as a stable word.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        self.0.reason = Some(reason.to_owned());
        self
    }

    /// Appends it.
    pub async fn write(self, app: &Service) -> Result<(), StoreError> {
        app.store.audit().append(&self.0).await
    }
}

/// A person as an actor.
pub fn person(user: UserId, session: Option<SessionId>) -> Actor {
    Actor::User { user, session }
}
