//! Where everything local is: names that every browser takes to be this computer.

/// The service's issuer.
pub const ISSUER: &str = "http://id.acme.localhost:7400";
/// Where it listens.
pub const LISTEN: &str = "127.0.0.1:7400";
/// Where it answers operators.
pub const ADMIN_LISTEN: &str = "127.0.0.1:7401";

/// The browser surfaces of its own, by name: the issuer's siblings.
pub const SURFACES: [(&str, &str); 2] = [
    ("Workspace", "http://workspace.acme.localhost:7400"),
    ("Dashboard", "http://dashboard.acme.localhost:7400"),
];
/// The widget's origin.
pub const WIDGET: &str = "http://cti.acme.localhost:7400";

/// Where the pages that act as the CRMs do are served.
pub const CRM_LISTEN: &str = "127.0.0.1:7410";
/// Their port.
pub const CRM_PORT: &str = "7410";
/// The CRMs, by name, each on a site of its own.
pub const CRMS: [(&str, &str, &str); 3] = [
    ("HubSpot", "hubspot", "http://hubspot.localhost:7410"),
    ("Zendesk", "zendesk", "http://zendesk.localhost:7410"),
    (
        "Salesforce",
        "salesforce",
        "http://salesforce.localhost:7410",
    ),
];
