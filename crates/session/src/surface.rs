//! The surfaces.

use serde::{Deserialize, Serialize};

/// A place where a person meets the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export_to = "wire/"))]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// Workspace in the browser.
    Workspace,
    /// The Dashboard, for Admins and Supervisors.
    Dashboard,
    /// The widget inside a CRM page.
    Cti,
    /// The Workspace desktop app.
    Desktop,
    /// The account pages of the session service itself.
    Account,
}
