//! The browser surfaces by name.

use std::fmt;

/// A browser surface, where a person meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Surface {
    /// Workspace in the browser.
    Workspace,
    /// The Dashboard.
    Dashboard,
    /// The widget in Zendesk.
    Zendesk,
    /// The widget in Salesforce.
    Salesforce,
    /// The widget in `HubSpot`.
    HubSpot,
}

impl Surface {
    /// All five.
    pub const ALL: [Self; 5] = [
        Self::Workspace,
        Self::Dashboard,
        Self::Zendesk,
        Self::Salesforce,
        Self::HubSpot,
    ];
    /// Those inside another site's page.
    pub const WIDGETS: [Self; 3] = [Self::Zendesk, Self::Salesforce, Self::HubSpot];

    /// The CRM around it.
    pub fn crm(self) -> Option<&'static str> {
        match self {
            Self::Workspace | Self::Dashboard => None,
            Self::Zendesk => Some("zendesk"),
            Self::Salesforce => Some("salesforce"),
            Self::HubSpot => Some("hubspot"),
        }
    }
}

impl fmt::Display for Surface {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Workspace => "Workspace web",
            Self::Dashboard => "Dashboard",
            Self::Zendesk => "CTI in Zendesk",
            Self::Salesforce => "CTI in Salesforce",
            Self::HubSpot => "CTI in HubSpot",
        })
    }
}
