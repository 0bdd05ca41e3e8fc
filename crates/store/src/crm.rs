//! Which CRM pages may frame the widget.

use std::collections::BTreeMap;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use session::OrganizationId;

use crate::StoreError;

/// A CRM that the widget lives in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Crm {
    /// `HubSpot`.
    Hubspot,
    /// Zendesk.
    Zendesk,
    /// Salesforce.
    Salesforce,
}

/// The repository of CRM origins. It stores what it is given: checking and normalising an origin
/// is the caller's.
#[async_trait]
pub trait CrmOrigins: Send + Sync {
    /// An organization's, in the order in which they were set; nothing listed frames nothing.
    async fn of(
        &self,
        organization: OrganizationId,
    ) -> Result<BTreeMap<Crm, Vec<String>>, StoreError>;
    /// Replaces an organization's origins of one CRM.
    async fn set(
        &self,
        organization: OrganizationId,
        crm: Crm,
        origins: &[String],
    ) -> Result<(), StoreError>;
}
