//! Which addresses may be an issuer.

use std::fmt;

use thiserror::Error;
use url::{Host, Url};

/// An issuer identifier (OpenID Connect Discovery §3): an `https` address without query or
/// fragment, or `http` on this computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    text: String,
    url: Url,
}

/// The address cannot be an issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum IssuerError {
    /// It is no address at all.
    #[error("it is not an address such as https://id.example.com")]
    NotAnAddress,
    /// It is reachable without encryption by others.
    #[error("it must begin with https:// (http:// is for this computer only)")]
    NotSecure,
    /// It has a query, fragment or user name.
    #[error("it must not have a query, a fragment or a user name")]
    NotPlain,
}

impl Issuer {
    /// Checks an issuer as a person or a document gives it.
    pub fn parse(text: &str) -> Result<Self, IssuerError> {
        let text = text.trim();
        let url = Url::parse(text).map_err(|_| IssuerError::NotAnAddress)?;
        if !may_be_spoken_to(&url) {
            return Err(IssuerError::NotSecure);
        }
        let plain = url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if !plain {
            return Err(IssuerError::NotPlain);
        }
        Ok(Self {
            text: text.to_owned(),
            url,
        })
    }

    /// Exactly as given: identifiers are compared as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// As an address.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The same issuer, but for one slash at the end, which people add or forget.
    pub fn is(&self, other: &str) -> bool {
        self.text.trim_end_matches('/') == other.trim_end_matches('/')
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Whether requests may go there: encrypted, or to this very computer.
pub fn may_be_spoken_to(url: &Url) -> bool {
    match url.scheme() {
        "https" => url.has_host(),
        "http" => is_loopback(url),
        _ => false,
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => is_localhost(name),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// `localhost` and every name under it are this computer (RFC 6761 §6.3).
pub fn is_localhost(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_issuer_is_https_or_on_this_computer() {
        for good in [
            "https://id.example.com",
            "https://id.example.com/tenant/1",
            "http://id.acme.localhost:7400",
            "http://127.0.0.1:9000",
            "http://[::1]:9000",
        ] {
            assert_eq!(Issuer::parse(good).unwrap().as_str(), good);
        }
        for (bad, why) in [
            ("id.example.com", IssuerError::NotAnAddress),
            ("", IssuerError::NotAnAddress),
            ("http://id.example.com", IssuerError::NotSecure),
            ("http://localhost.example.com", IssuerError::NotSecure),
            ("http://evillocalhost", IssuerError::NotSecure),
            ("ftp://id.example.com", IssuerError::NotSecure),
            ("https://id.example.com?x=1", IssuerError::NotPlain),
            ("https://id.example.com#x", IssuerError::NotPlain),
            ("https://mira@id.example.com", IssuerError::NotPlain),
        ] {
            assert_eq!(Issuer::parse(bad), Err(why), "{bad}");
        }
    }

    #[test]
    fn a_slash_at_the_end_makes_no_other_issuer() {
        let issuer = Issuer::parse("https://id.example.com").unwrap();
        assert!(issuer.is("https://id.example.com/"));
        assert!(!issuer.is("https://id.example.com/other"));
    }
}
