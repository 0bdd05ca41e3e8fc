//! Ports and an HTTP client on loopback.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    time::Duration,
};

/// A port nobody listens on.
pub fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .expect("a free port")
        .port()
}

/// A client that finds `id.acme.localhost` and the surfaces (RFC 6761 §6.3), follows no redirect and gives up in
/// time.
pub fn client() -> reqwest::Client {
    builder()
        .timeout(Duration::from_secs(30))
        .build()
        .expect("an HTTP client")
}

/// The same for answers without end.
pub(crate) fn patient_client() -> reqwest::Client {
    builder().build().expect("an HTTP client")
}

fn builder() -> reqwest::ClientBuilder {
    let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    crate::service::HOSTS
        .iter()
        .fold(reqwest::Client::builder(), |builder, host| {
            builder.resolve(host, here)
        })
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
}
