//! What is agreed between the service and one identity provider of one organization.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::{attributes::Mapping, certificate::Certificate};

/// The service's side: what the admin gives to the identity provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The service's entity ID: the audience of assertions.
    pub entity_id: String,
    /// Where responses are posted to (the assertion consumer service); of this connection alone.
    pub acs: Url,
}

/// The identity provider's side, as its metadata says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    /// Its entity ID: a name, not always an address. Two providers may have the same one.
    pub entity_id: String,
    /// Where the browser is sent to, by redirect.
    pub sso: Url,
    /// Where a sign-out is sent to, if it has such an address.
    pub slo: Option<Url>,
    /// The certificates of the keys that it signs with; several while it rotates.
    pub certificates: Vec<Certificate>,
    /// Whether it asks for signed requests.
    pub wants_signed_requests: bool,
}

/// A connection: both sides, and what the admin decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// The service's side.
    pub service: Service,
    /// The provider's side.
    pub provider: Provider,
    /// Which attributes mean what.
    pub mapping: Mapping,
    /// Whether SHA-1 is taken. It is broken; only for a provider that cannot do better yet.
    pub sha1_allowed: bool,
}

/// Whether an address may be sent people to: HTTPS, or HTTP on this very computer.
pub(crate) fn is_safe(address: &Url) -> bool {
    let here = match address.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let bare = address.username().is_empty() && address.password().is_none();
    bare && match address.scheme() {
        "https" => address.has_host(),
        "http" => here,
        _ => false,
    }
}
