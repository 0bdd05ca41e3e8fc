//! Customer companies.

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use session::{Kind, Lifetimes, OrganizationId};

use crate::StoreError;

/// A customer company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Its name for machines.
    pub id: OrganizationId,
    /// Its name for people; unique, case-insensitively.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Shorter browser-session lifetimes than the defaults, if it wants them.
    pub browser_lifetimes: Option<Lifetimes>,
    /// Shorter desktop-session lifetimes than the defaults, if it wants them.
    pub desktop_lifetimes: Option<Lifetimes>,
    /// Whether a browser sign-out ends all the user's browser sessions (rule 1).
    pub sign_out_ends_all_browsers: bool,
    /// What happens in a CRM page whose person is not ours.
    pub crm_mismatch: CrmMismatch,
}

/// What the widget does when the CRM's person is not the one who is signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CrmMismatch {
    /// It says so.
    #[default]
    Warn,
    /// It says so, and takes no call.
    Block,
}

impl Organization {
    /// The lifetimes that hold for its sessions of `kind`.
    pub fn lifetimes(&self, kind: Kind) -> Lifetimes {
        let own = match kind {
            Kind::Browser => self.browser_lifetimes,
            Kind::Desktop => self.desktop_lifetimes,
        };
        let default = Lifetimes::default_for(kind);
        own.map_or(default, |own| default.shortened_by(own))
    }
}

/// The repository of organizations.
#[async_trait]
pub trait Organizations: Send + Sync {
    /// Adds one; [`StoreError::Conflict`] if the name is taken.
    async fn add(&self, organization: &Organization) -> Result<(), StoreError>;
    /// By id.
    async fn get(&self, id: OrganizationId) -> Result<Option<Organization>, StoreError>;
    /// By name, case-insensitively.
    async fn named(&self, name: &str) -> Result<Option<Organization>, StoreError>;
    /// Replaces its settings.
    async fn update(&self, organization: &Organization) -> Result<(), StoreError>;
}
