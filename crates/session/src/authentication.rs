//! How a person proved who they are.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One way of authenticating, with its registered name (RFC 8176 §2) where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Method {
    /// A password.
    #[serde(rename = "pwd")]
    Password,
    /// A one-time code (TOTP, email).
    #[serde(rename = "otp")]
    OneTimeCode,
    /// A passkey or security key.
    #[serde(rename = "hwk")]
    Passkey,
    /// An OpenID Provider of the organization, Google for one.
    #[serde(rename = "fed")]
    Federated,
    /// The organization's SAML identity provider.
    #[serde(rename = "saml")]
    Saml,
}

/// When and how a person last authenticated for a session (`auth_time` and `amr` of
/// OpenID Connect Core §2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authentication {
    /// Every method that took part.
    pub methods: BTreeSet<Method>,
    /// When it was completed.
    pub at: Timestamp,
}
