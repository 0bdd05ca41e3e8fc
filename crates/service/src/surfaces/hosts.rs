//! Chooses by `Host` whom a request is for: a surface, or else the session service itself.

use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    Router, extract::Request, http::header, response::Response, routing::future::RouteFuture,
};
use tower::Service;

/// One router for each host, and one for any other.
#[derive(Clone)]
pub(crate) struct Hosts {
    /// The surfaces' hosts.
    pub(super) hosts: Arc<[(String, Router)]>,
    /// The session service itself.
    pub(super) other: Router,
}

impl Hosts {
    fn router(&self, request: &Request) -> Router {
        let host = request.headers().get(header::HOST);
        let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
        let name = name(host);
        let of = |(known, _): &&(String, Router)| known.eq_ignore_ascii_case(name);
        let found = self.hosts.iter().find(of);
        found.map_or(&self.other, |(_, router)| router).clone()
    }
}

impl Service<Request> for Hosts {
    type Response = Response;
    type Error = Infallible;
    type Future = RouteFuture<Infallible>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        self.router(&request).call(request)
    }
}

/// A host without its port. Cookies know no ports either, so no two surfaces share a host.
fn name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_no_part_of_the_name() {
        assert_eq!(name("cti.acme.localhost:7400"), "cti.acme.localhost");
        assert_eq!(name("cti.acme.example"), "cti.acme.example");
        assert_eq!(name("[::1]:80"), "[::1]");
        assert_eq!(name(""), "");
    }
}
