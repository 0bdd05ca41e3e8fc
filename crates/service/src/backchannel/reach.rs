//! Which addresses this service calls for a client.
//!
//! Threat: server-side request forgery. An admin of one customer company registers an address,
//! and this service, inside the operator's network, calls it. So such an address is called only
//! where it leads to the public internet, whatever its name resolves to at that moment (the
//! resolved address is the one that is connected to, so a name that changes its mind gains
//! nothing), and in development, where the service itself is on this computer, also to this
//! computer. What the operator configured may lead anywhere. Either way only HTTPS leaves this
//! computer, nothing of the answer but its status is read, and nothing but the token is sent.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs},
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Which addresses count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Any.
    Anywhere,
    /// Those of the public internet.
    Public,
    /// Those, and this computer.
    PublicAndHere,
}

impl Reach {
    /// Whether a literal address, or this very kind of address, may be called.
    fn admits(self, address: IpAddr) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Public => is_public(address),
            Self::PublicAndHere => is_public(address) || address.to_canonical().is_loopback(),
        }
    }

    /// Whether the address may be called, as far as its text says: names are looked at when they
    /// are resolved, literal addresses never are.
    pub(super) fn admits_host(self, url: &Url) -> bool {
        match url.host() {
            Some(Host::Domain(_)) => true,
            Some(Host::Ipv4(address)) => self.admits(address.into()),
            Some(Host::Ipv6(address)) => self.admits(address.into()),
            None => false,
        }
    }
}

/// The system's resolver, without the addresses that do not count.
impl Resolve for Reach {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = *self;
        Box::pin(async move {
            let name = name.as_str().to_owned();
            let found: Vec<SocketAddr> = if is_here(&name) {
                // RFC 6761 §6.3: always this computer, whatever a resolver says.
                vec![
                    (Ipv4Addr::LOCALHOST, 0).into(),
                    (Ipv6Addr::LOCALHOST, 0).into(),
                ]
            } else {
                let lookup = tokio::task::spawn_blocking(move || {
                    (name.as_str(), 0).to_socket_addrs().map(Iterator::collect)
                });
                lookup.await??
            };
            let admitted: Vec<_> = found
                .into_iter()
                .filter(|address| reach.admits(address.ip()))
                .collect();
            if admitted.is_empty() {
                return Err(io::Error::other(NotPublic).into());
            }
            Ok(Box::new(admitted.into_iter()) as Addrs)
        })
    }
}

/// Every address of the name is one that does not count.
#[derive(Debug, thiserror::Error)]
#[error("the address is not on the public internet")]
pub(super) struct NotPublic;

fn is_here(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name == "localhost" || name.ends_with(".localhost")
}

/// Whether an address is one of the public internet (the special-purpose registries of RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [first, second, third, _] = address.octets();
            !(address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_multicast()
                || address.is_broadcast()
                || address.is_documentation()
                || first == 0
                || first >= 240
                // Shared by carriers (RFC 6598).
                || (first == 100 && (64..128).contains(&second))
                // IETF protocol assignments (RFC 6890) and benchmarks (RFC 2544).
                || (first == 192 && second == 0 && third == 0)
                || (first == 198 && (18..20).contains(&second)))
        }
        IpAddr::V6(address) => {
            // Only global unicast (RFC 4291 §2.4), less documentation (RFC 3849), and less what
            // carries an IPv4 address inside (RFC 3056, RFC 4380).
            let [first, second, ..] = address.segments();
            (0x2000..0x4000).contains(&first)
                && !(first == 0x2001 && (second == 0xdb8 || second == 0))
                && first != 0x2002
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    fn admits(reach: Reach, address: &str) -> bool {
        let host = if address.contains(':') {
            format!("[{address}]")
        } else {
            address.to_owned()
        };
        reach.admits_host(&Url::parse(&format!("https://{host}/logout")).unwrap())
    }

    #[test]
    fn a_client_of_an_organization_cannot_make_us_call_our_own_network() {
        for private in [
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "127.0.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "192.0.0.8",
            "::1",
            "::",
            "::ffff:169.254.169.254",
            "::ffff:10.0.0.1",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "64:ff9b::a00:1",
            "2002:a00:1::1",
            "2001:db8::1",
            "2001:0:a00:1::1",
        ] {
            assert!(!admits(Reach::Public, private), "{private}");
        }
        for public in ["93.184.215.14", "1.1.1.1", "2606:4700::1111"] {
            assert!(admits(Reach::Public, public), "{public}");
        }
    }

    #[test]
    fn a_service_on_this_computer_may_call_this_computer_and_no_other_inside() {
        assert!(admits(Reach::PublicAndHere, "127.0.0.1"));
        assert!(admits(Reach::PublicAndHere, "::1"));
        assert!(!admits(Reach::PublicAndHere, "10.0.0.1"));
        assert!(admits(Reach::Anywhere, "10.0.0.1"));
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_resolved() {
        let resolve = |reach: Reach| reach.resolve("app.acme.localhost".parse().unwrap());
        assert!(resolve(Reach::Public).await.is_err());
        let found = resolve(Reach::PublicAndHere).await.unwrap();
        assert!(found.into_iter().all(|address| address.ip().is_loopback()));
    }
}
