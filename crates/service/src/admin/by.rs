//! Who does something to an organization: its Admin at the Dashboard, or the operator.

use session::Surface;
use store::Actor;

use crate::{observe::audit::Audit, pages::facts::RequestFacts, state::Service};

/// Who, where, and from which address.
#[derive(Clone, Debug)]
pub struct By {
    /// Who.
    pub actor: Actor,
    /// On which surface, if on one.
    pub surface: Option<Surface>,
    address: Option<String>,
}

impl By {
    /// The operator at the command line.
    pub fn operator() -> Self {
        Self {
            actor: Actor::Operator,
            surface: None,
            address: None,
        }
    }

    /// A person on a surface.
    pub fn person(actor: Actor, surface: Surface, facts: &RequestFacts) -> Self {
        Self {
            actor,
            surface: Some(surface),
            address: Some(facts.whereabouts.address.clone()),
        }
    }

    /// An entry of the audit log that says so.
    pub fn audit(&self, app: &Service, action: &str) -> Audit {
        Audit::new(app, self.actor.clone(), action).by(self.surface, self.address.clone())
    }
}
