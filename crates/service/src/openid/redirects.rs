//! Which redirect addresses may be registered, and how they are compared.

use url::{Host, Url};

/// HTTPS, a scheme of the app's own (RFC 8252 §7.1), or HTTP to this computer only; no fragment
/// (RFC 6749 §3.1.2).
pub fn check_redirect(url: &Url) -> Result<(), &'static str> {
    if url.fragment().is_some() {
        return Err("has a fragment");
    }
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_this_computer(url) => Ok(()),
        "http" => Err("is not https"),
        scheme if scheme.contains('.') => Ok(()),
        _ => Err("has a scheme that is not a reversed domain name"),
    }
}

/// Where a client is told of ends (OpenID Connect Back-Channel Logout 1.0 §2.2): HTTPS, or HTTP
/// to this computer only; no fragment, nobody's password.
pub fn check_notified(url: &Url) -> Result<(), &'static str> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err("has a user name or password");
    }
    match url.scheme() {
        "http" | "https" => check_redirect(url),
        _ => Err("is not https"),
    }
}

pub(crate) fn is_this_computer(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether `uri` is the registered loopback address on any port (RFC 8252 §7.3).
pub fn same_but_for_loopback_port(registered: &Url, uri: &str) -> bool {
    let Ok(mut asked) = Url::parse(uri) else {
        return false;
    };
    let loopback = match registered.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        _ => false,
    };
    // The text asked for must be its own normal form, or two readers could see two addresses.
    let as_written = asked.as_str() == uri;
    loopback
        && registered.scheme() == "http"
        && as_written
        && asked.set_port(registered.port()).is_ok()
        && asked == *registered
}
