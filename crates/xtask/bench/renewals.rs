//! Renewals: many sessions at once, each rotating its refresh token without pause.

use std::net::SocketAddr;

use http_body_util::Full;
use hyper::{
    Request,
    body::Bytes,
    header::{AUTHORIZATION, CONTENT_TYPE, HOST},
};

use crate::{
    LOAD,
    answer::{Tokens, read},
    baseline::Baseline,
    budget::{Budget, Table},
    load::{Client, load},
    seed::{AUTHORIZATION_OF_BENCH, Seeded},
};

const PROVIDER_SESSIONS: usize = 32;

/// A session that renews.
struct Session {
    address: SocketAddr,
    path: &'static str,
    refresh_token: String,
}

impl Client for Session {
    fn request(&self) -> Request<Full<Bytes>> {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "refresh_token")
            .append_pair("refresh_token", &self.refresh_token)
            .finish();
        Request::post(self.path)
            .header(HOST, self.address.to_string())
            .header(AUTHORIZATION, AUTHORIZATION_OF_BENCH)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::from(form))
            .expect("a request")
    }

    fn answer(&mut self, status: u16, body: &[u8]) {
        self.refresh_token = read::<Tokens>(status, body).refresh_token;
    }
}

fn sessions(address: SocketAddr, path: &'static str, tokens: &[String]) -> Vec<Session> {
    tokens
        .iter()
        .map(|token| Session {
            address,
            path,
            refresh_token: token.clone(),
        })
        .collect()
}

/// Measures ours and both baselines.
pub async fn measure(service: &Seeded, table: &mut Table) {
    println!(
        "== Renewals: {} sessions, each renewing without pause",
        service.refresh_tokens.len()
    );
    let tokens = &service.refresh_tokens;
    let path = "/oauth/token";
    let ours = load(
        service.address,
        service.id,
        sessions(service.address, path, tokens),
        LOAD,
    )
    .await;

    // Its memory holds a thousand things and forgets the oldest, tokens in use among them; a
    // single thread does no more for more clients.
    let provider = Baseline::provider(tokens.len().min(PROVIDER_SESSIONS));
    let theirs = load(
        provider.address(),
        provider.id(),
        sessions(provider.address(), "/token", &provider.tokens),
        LOAD,
    )
    .await;
    drop(provider);

    let empty = Baseline::empty_handler();
    let nothing = load(
        empty.address(),
        empty.id(),
        sessions(empty.address(), path, tokens),
        LOAD,
    )
    .await;

    table.add(
        "renewals per second, against node-oidc-provider in memory",
        "/s",
        ours.rate,
        theirs.rate,
        Budget::AtLeast(5.0),
    );
    table.add(
        "processor time per renewal, against node-oidc-provider in memory",
        "µs",
        ours.processor,
        theirs.processor,
        Budget::AtMost(0.125),
    );
    table.add(
        "processor time per renewal, against an empty axum handler",
        "µs",
        ours.processor,
        nothing.processor,
        Budget::AtMost(5.0),
    );
}
