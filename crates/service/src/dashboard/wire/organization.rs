//! The organization: where its CRM pages are, its settings, its audit log.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use session::{SessionId, Surface, UserId};
use store::CrmMismatch;
#[cfg(feature = "typescript")]
use ts_rs::TS;

use super::PersonName;

/// `GET /api/crm`, and the answer to `PUT`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct CrmOrigins {
    /// Which pages may embed the widget.
    #[serde(flatten)]
    pub origins: CrmOriginsFields,
    /// The widget's address for each CRM.
    pub widget: CrmWidgets,
}

/// `PUT /api/crm`: exact origins, or one leading wildcard label for the CRM's own domains.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(deny_unknown_fields)]
pub struct CrmOriginsFields {
    /// `HubSpot`.
    pub hubspot: Vec<String>,
    /// Zendesk.
    pub zendesk: Vec<String>,
    /// Salesforce.
    pub salesforce: Vec<String>,
}

/// The widget's address for each CRM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct CrmWidgets {
    /// `HubSpot`.
    pub hubspot: String,
    /// Zendesk.
    pub zendesk: String,
    /// Salesforce.
    pub salesforce: String,
}

/// `GET /api/organization`, and the answer to `PUT`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Settings {
    /// Its name.
    pub name: String,
    /// What an Admin may change.
    #[serde(flatten)]
    pub settings: SettingsFields,
}

/// `PUT /api/organization`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(deny_unknown_fields)]
pub struct SettingsFields {
    /// Whether a sign-out in one browser ends the person's other browser sessions (rule 1).
    pub sign_out_ends_all_browsers: bool,
    /// Days until an unused browser session ends: 1 to 30.
    pub browser_idle_days: u32,
    /// Days until any browser session ends: 1 to 180.
    pub browser_absolute_days: u32,
    /// Days until an unused desktop session ends: 1 to 90.
    pub desktop_idle_days: u32,
    /// What the widget does when the CRM's person is another one.
    pub crm_mismatch: CrmMismatch,
}

/// `GET /api/audit`: a page, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Audit {
    /// The entries.
    pub entries: Vec<AuditShown>,
    /// What to send as `cursor` for the next page, if there is one.
    pub next: Option<String>,
}

/// An entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct AuditShown {
    /// When.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub at: Timestamp,
    /// Who.
    pub actor: ActorShown,
    /// What, as a stable dotted word.
    pub action: String,
    /// About whom, if anyone.
    pub subject: Option<PersonName>,
    /// About which session, if any.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub session: Option<SessionId>,
    /// On which surface, if any.
    pub surface: Option<Surface>,
    /// From which address, if any.
    pub address: Option<String>,
    /// Why, as a stable word, if it has a reason.
    pub reason: Option<String>,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct ActorShown {
    /// A person, or what else.
    pub kind: ActorKind,
    /// Which person.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub id: Option<UserId>,
    /// The person's name.
    pub name: Option<String>,
}

/// What can do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A person.
    Person,
    /// Somebody who has not shown who they are.
    Anonymous,
    /// The operator.
    Operator,
    /// The service itself.
    Service,
}
