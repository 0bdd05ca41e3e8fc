//! Which origins may be listed as a CRM's: they go into `frame-ancestors` as they are stored.
//!
//! Threats: an entry that is more than an origin and so becomes policy (`https://a;script-src *`:
//! a host is letters, digits, hyphens and dots here, whatever URL parsers think), a wildcard that
//! lets strangers frame the widget (only below the CRM's own domains), and plain HTTP, which
//! anybody on the way can answer.

use store::Crm;
use url::{Host, Url};

use crate::openid::is_this_computer;

/// The most origins for one CRM.
pub const MOST: usize = 20;
const LONGEST: usize = 255;

/// Below these a wildcard label is allowed: the CRM's own, where every customer has a name.
fn own_domains(crm: Crm) -> &'static [&'static str] {
    match crm {
        Crm::Hubspot => &["hubspot.com"],
        Crm::Zendesk => &["zendesk.com", "apps.zdusercontent.com"],
        Crm::Salesforce => &[
            "lightning.force.com",
            "my.salesforce.com",
            "my.salesforce-setup.com",
            "vf.force.com",
            "visual.force.com",
        ],
    }
}

/// Why an entry cannot be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is no origin: scheme, host, and nothing behind it but a port.
    NotOrigin,
    /// It is not encrypted, and not this computer.
    NotEncrypted,
    /// A wildcard anywhere but as the first label of one of the CRM's own domains.
    Wildcard,
}

impl Wrong {
    /// The key of its words.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotOrigin => "crm-not-origin",
            Self::NotEncrypted => "crm-not-encrypted",
            Self::Wildcard => "crm-wildcard",
        }
    }
}

/// The entry as it is stored and sent: lower case, without a default port.
pub fn normalized(crm: Crm, entry: &str) -> Result<String, Wrong> {
    let entry = entry.trim();
    if entry.len() > LONGEST {
        return Err(Wrong::NotOrigin);
    }
    let (scheme, rest) = entry.split_once("://").ok_or(Wrong::NotOrigin)?;
    if let Some(domain) = rest.strip_prefix("*.") {
        return wildcard(crm, scheme, domain);
    }
    if rest.contains('*') {
        return Err(Wrong::Wildcard);
    }
    let url = origin(entry)?;
    match url.scheme() {
        "https" => {}
        "http" if is_this_computer(&url) => {}
        _ => return Err(Wrong::NotEncrypted),
    }
    Ok(url.origin().ascii_serialization())
}

fn wildcard(crm: Crm, scheme: &str, domain: &str) -> Result<String, Wrong> {
    if domain.contains('*') {
        return Err(Wrong::Wildcard);
    }
    let url = origin(&format!("{scheme}://{domain}"))?;
    let host = url.host_str().unwrap_or_default();
    let own = own_domains(crm)
        .iter()
        .any(|own| host == *own || host.strip_suffix(own).is_some_and(|it| it.ends_with('.')));
    match url.scheme() {
        "https" if own && url.port().is_none() => Ok(format!("https://*.{host}")),
        "https" => Err(Wrong::Wildcard),
        _ => Err(Wrong::NotEncrypted),
    }
}

fn origin(text: &str) -> Result<Url, Wrong> {
    let url = Url::parse(text).map_err(|_| Wrong::NotOrigin)?;
    let bare = url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    let plain = match url.host() {
        Some(Host::Domain(name)) => {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
        }
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        None => false,
    };
    if bare && plain && matches!(url.scheme(), "http" | "https") {
        Ok(url)
    } else {
        Err(Wrong::NotOrigin)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn exact_origins_are_listed_in_one_form() {
        for (entry, stored) in [
            ("https://app.hubspot.com", "https://app.hubspot.com"),
            (" HTTPS://App.HubSpot.com:443/ ", "https://app.hubspot.com"),
            ("https://crm.example:8443", "https://crm.example:8443"),
            (
                "http://hubspot.localhost:7410",
                "http://hubspot.localhost:7410",
            ),
            ("http://127.0.0.1:7410", "http://127.0.0.1:7410"),
            ("http://[::1]:7410", "http://[::1]:7410"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
        ] {
            assert_eq!(
                normalized(Crm::Hubspot, entry).as_deref(),
                Ok(stored),
                "{entry}"
            );
        }
    }

    #[test]
    fn what_is_more_or_less_than_an_origin_is_refused() {
        for entry in [
            "",
            "app.hubspot.com",
            "https://",
            "https://app.hubspot.com/contacts",
            "https://app.hubspot.com/?x",
            "https://app.hubspot.com#x",
            "https://user@app.hubspot.com",
            "https://a;script-src.example",
            "https://a,b.example",
            "https://a'b.example",
            "https://a.example https://b.example",
            "javascript:alert(1)",
            "data://x",
            "null",
        ] {
            assert_eq!(
                normalized(Crm::Hubspot, entry),
                Err(Wrong::NotOrigin),
                "{entry}"
            );
        }
        let long = format!("https://{}.example", "a.".repeat(150));
        assert_eq!(normalized(Crm::Hubspot, &long), Err(Wrong::NotOrigin));
    }

    #[test]
    fn plain_http_is_for_this_computer_only() {
        for entry in [
            "http://app.hubspot.com",
            "http://192.168.0.7",
            "http://localhost.evil.example",
        ] {
            assert_eq!(
                normalized(Crm::Hubspot, entry),
                Err(Wrong::NotEncrypted),
                "{entry}"
            );
        }
    }

    #[test]
    fn a_wildcard_stands_first_and_below_the_crms_own_domains() {
        for (crm, entry) in [
            (Crm::Hubspot, "https://*.hubspot.com"),
            (Crm::Zendesk, "https://*.zendesk.com"),
            (Crm::Zendesk, "https://*.apps.zdusercontent.com"),
            (Crm::Salesforce, "https://*.lightning.force.com"),
            (Crm::Salesforce, "https://*.sandbox.lightning.force.com"),
        ] {
            assert_eq!(normalized(crm, entry).as_deref(), Ok(entry));
        }
        for (crm, entry) in [
            (Crm::Hubspot, "https://*.zendesk.com"),
            (Crm::Zendesk, "https://*.com"),
            (Crm::Zendesk, "https://*"),
            (Crm::Zendesk, "https://*.evilzendesk.com"),
            (Crm::Zendesk, "https://*.zendesk.com.evil.example"),
            (Crm::Zendesk, "https://a.*.zendesk.com"),
            (Crm::Zendesk, "https://*.*.zendesk.com"),
            (Crm::Zendesk, "https://a*.zendesk.com"),
            (Crm::Salesforce, "https://*.force.com"),
            (Crm::Salesforce, "https://*.lightning.force.com:8443"),
            (Crm::Hubspot, "https://*.localhost"),
        ] {
            assert!(normalized(crm, entry).is_err(), "{crm:?} {entry}");
        }
        assert_eq!(
            normalized(Crm::Zendesk, "http://*.zendesk.com"),
            Err(Wrong::NotEncrypted)
        );
    }
}
