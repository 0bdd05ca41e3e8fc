//! The people whom entries name, read once each.

use std::collections::HashMap;

use session::{OrganizationId, UserId};
use store::{Actor, AuditEntry};

use crate::{
    api::ApiError,
    dashboard::{
        sessions::name,
        wire::{ActorKind, ActorShown, AuditShown, PersonName},
    },
    state::App,
};

/// More are forgotten, and read again where they are needed.
const MOST: usize = 5000;

/// Names of an organization's people.
pub(super) struct Names {
    organization: OrganizationId,
    known: HashMap<UserId, Option<PersonName>>,
}

impl Names {
    /// None so far.
    pub(super) fn of(organization: OrganizationId) -> Self {
        Self {
            organization,
            known: HashMap::new(),
        }
    }

    /// An entry with the names in it.
    pub(super) async fn shown(
        &mut self,
        app: &App,
        entry: AuditEntry,
    ) -> Result<AuditShown, ApiError> {
        let subject = match entry.subject {
            Some(id) => self.name(app, id).await?,
            None => None,
        };
        let (kind, id) = match entry.actor {
            Actor::User { user, .. } => (ActorKind::Person, Some(user)),
            Actor::Anonymous => (ActorKind::Anonymous, None),
            Actor::Operator => (ActorKind::Operator, None),
            Actor::Service => (ActorKind::Service, None),
        };
        let who = match id {
            Some(id) => self.name(app, id).await?,
            None => None,
        };
        Ok(AuditShown {
            at: entry.at,
            actor: ActorShown {
                kind,
                id,
                name: who.map(|who| who.name),
            },
            action: entry.action,
            subject,
            session: entry.session,
            surface: entry.surface,
            address: entry.address,
            reason: entry.reason,
        })
    }

    /// A colleague's name; nobody else's is told.
    async fn name(&mut self, app: &App, id: UserId) -> Result<Option<PersonName>, ApiError> {
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        let user = app.store.users().get(id).await?;
        let user = user.filter(|user| user.organization == self.organization);
        let read = user.as_ref().map(name);
        if self.known.len() >= MOST {
            self.known.clear();
        }
        self.known.insert(id, read.clone());
        Ok(read)
    }
}
