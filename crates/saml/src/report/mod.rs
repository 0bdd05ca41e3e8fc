//! What came back, field by field, for *Test connection*.
//!
//! The report is for the eyes of the connection's admin and for nothing else: it shows what a
//! refused response says, too, which nobody has vouched for. A sign-in never reads it.

mod look;

use serde::Serialize;

pub use self::look::look;

/// A report on one response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The code and the sentence of why it was refused; none if it was accepted.
    pub refused: Option<(&'static str, String)>,
    /// What came back.
    pub fields: Vec<Field>,
    /// What works and should be better.
    pub warnings: Vec<Warning>,
}

/// One thing that came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// What it is.
    pub name: Name,
    /// Which attribute it is, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribute: Option<String>,
    /// What was expected, where something was.
    pub expected: Option<String>,
    /// What came; nothing if it is missing.
    pub found: Vec<String>,
    /// Whether it is right.
    pub verdict: Verdict,
}

/// What a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "SAML's own terms")]
pub enum Name {
    Status,
    ResponseIssuer,
    Destination,
    ResponseInResponseTo,
    Signed,
    Certificate,
    Encrypted,
    AssertionIssuer,
    Audience,
    Recipient,
    InResponseTo,
    NotBefore,
    NotOnOrAfter,
    NameId,
    NameIdFormat,
    SessionIndex,
    AuthnContext,
    Email,
    PersonName,
    Role,
    Groups,
    Attribute,
}

/// Whether a field is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it must be.
    Right,
    /// Not as it must be.
    Wrong,
    /// Only shown.
    Shown,
}

/// What works and should be better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// The provider signs with SHA-1.
    Sha1,
    /// A certificate of the connection ends in 30 days at most.
    CertificateEndsIn30Days,
    /// A certificate of the connection ends in 7 days at most.
    CertificateEndsIn7Days,
    /// A certificate of the connection is over.
    CertificateOver,
    /// No name came: people are shown by their address.
    NoName,
    /// Entra sends a link in place of more than 150 groups.
    GroupsLeftOut,
}
