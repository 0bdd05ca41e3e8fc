//! Session checks (RFC 7662): is the session behind this token still there?

use std::net::SocketAddr;

use http_body_util::Full;
use hyper::{
    Request,
    body::Bytes,
    header::{AUTHORIZATION, CONTENT_TYPE, HOST},
};

use crate::{
    LOAD,
    answer::{Introspection, read},
    baseline::Baseline,
    budget::{Budget, Table},
    load::{Client, load},
    seed::{AUTHORIZATION_OF_BENCH, Seeded},
};

/// A surface that asks about one session.
struct Surface {
    address: SocketAddr,
    form: String,
}

impl Client for Surface {
    fn request(&self) -> Request<Full<Bytes>> {
        Request::post("/oauth/introspect")
            .header(HOST, self.address.to_string())
            .header(AUTHORIZATION, AUTHORIZATION_OF_BENCH)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::from(self.form.clone()))
            .expect("a request")
    }

    fn answer(&mut self, status: u16, body: &[u8]) {
        assert!(
            read::<Introspection>(status, body).active,
            "the session ended"
        );
    }
}

fn surfaces(address: SocketAddr, tokens: &[String]) -> Vec<Surface> {
    tokens
        .iter()
        .map(|token| Surface {
            address,
            form: url::form_urlencoded::Serializer::new(String::new())
                .append_pair("token", token)
                .finish(),
        })
        .collect()
}

/// Measures ours and the empty handler.
pub async fn measure(service: &Seeded, table: &mut Table) {
    let tokens = &service.access_tokens;
    println!(
        "== Session checks: {} clients, each asking without pause",
        tokens.len()
    );
    let ours = load(
        service.address,
        service.id,
        surfaces(service.address, tokens),
        LOAD,
    )
    .await;
    let empty = Baseline::empty_handler();
    let nothing = load(
        empty.address(),
        empty.id(),
        surfaces(empty.address(), tokens),
        LOAD,
    )
    .await;
    println!(
        "   processor time of one: {:.1} µs, of an empty handler's answer {:.1} µs",
        ours.processor, nothing.processor
    );
    table.add(
        "session checks per second, against an empty axum handler",
        "/s",
        ours.rate,
        nothing.rate,
        Budget::AtLeast(0.7),
    );
}
