//! What a request says of where it comes from: address, device, place.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use ipnet::IpNet;
use store::{Device, Whereabouts};

use super::device;
use crate::state::App;

/// Where a request comes from.
#[derive(Clone, Debug)]
pub struct RequestFacts {
    /// The address of the person, behind trusted proxies.
    pub address: IpAddr,
    /// The same as text, with its place where that is known.
    pub whereabouts: Whereabouts,
    /// The browser and its operating system, as far as it says.
    pub device: Device,
}

impl FromRequestParts<App> for RequestFacts {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
        let address = person(peer, &parts.headers, &app.config.trusted_proxies);
        let user_agent = parts
            .headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        Ok(Self {
            address,
            whereabouts: Whereabouts {
                address: address.to_string(),
                place: app.places.of(address),
            },
            device: device::named(user_agent),
        })
    }
}

/// The last address in the chain that none of our proxies has: everything left of it was written
/// by whoever sent the request.
fn person(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let ours = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    let mut address = peer.to_canonical();
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for hop in forwarded.into_iter().rev() {
        if !ours(&address) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(hop) => address = hop.to_canonical(),
            Err(_) => break,
        }
    }
    address
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    const PROXY: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));

    fn from(peer: IpAddr, forwarded: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        person(peer, &headers, &["10.0.0.0/8".parse().unwrap()]).to_string()
    }

    #[test]
    fn a_proxy_of_ours_is_believed_as_far_as_it_saw() {
        assert_eq!(from(PROXY, "203.0.113.9"), "203.0.113.9");
        assert_eq!(from(PROXY, "1.1.1.1, 203.0.113.9, 10.0.0.7"), "203.0.113.9");
        assert_eq!(from(PROXY, "rubbish"), "10.0.0.1");
    }

    #[test]
    fn anyone_else_cannot_choose_an_address() {
        let other = IpAddr::from([198, 51, 100, 2]);
        assert_eq!(from(other, "203.0.113.9"), "198.51.100.2");
    }
}
