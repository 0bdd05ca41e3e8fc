//! What is noted of every request: an id, which its answer and its log lines carry, and how many
//! there were and how long they took, by route. Never a query string, header, body or cookie:
//! codes and tokens travel in those.
//!
//! One layer, and counters that are looked up rather than made: it is on the path of every
//! renewal and every session check.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
    time::{Duration, Instant},
};

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue, Method, StatusCode},
    response::Response,
};
use metrics::{Counter, Histogram};
use tracing::Instrument;
use uuid::Builder;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// A longer id of someone else's is not taken over.
const LONGEST_ID: usize = 64;

/// The counters of one router's routes.
#[derive(Default)]
pub struct Watch(RwLock<HashMap<String, Route>>);

struct Route {
    seconds: Histogram,
    requests: HashMap<(&'static str, StatusCode), Counter>,
}

/// What is noted of a request before it is answered.
pub struct Noted {
    id: HeaderValue,
    method: &'static str,
    /// The route, not the address: an address can hold anything.
    route: Option<MatchedPath>,
    begun: Instant,
}

impl Noted {
    fn route(&self) -> &str {
        self.route.as_ref().map_or("unknown", MatchedPath::as_str)
    }
}

impl Watch {
    /// Notes a request that a route is about to answer.
    pub fn note(request: &Request) -> Noted {
        Noted {
            id: given_id(request).unwrap_or_else(new_id),
            method: name(request.method()),
            route: request.extensions().get::<MatchedPath>().cloned(),
            begun: Instant::now(),
        }
    }

    /// Waits for the answer, names it and counts it.
    pub async fn count(&self, noted: Noted, answering: impl Future<Output = Response>) -> Response {
        let shown = noted.id.to_str().unwrap_or_default();
        let (method, route) = (noted.method, noted.route());
        let span = tracing::info_span!("request", id = shown, method, route);
        let answering = async {
            let response = answering.await;
            let (status, took) = (response.status(), noted.begun.elapsed());
            if status.is_server_error() {
                tracing::error!(status = status.as_u16(), ?took, "a request failed");
            } else {
                tracing::debug!(status = status.as_u16(), ?took, "answered");
            }
            (response, took)
        };
        let (mut response, took) = answering.instrument(span).await;
        self.add(route, method, response.status(), took);
        response.headers_mut().insert(REQUEST_ID, noted.id);
        response
    }

    fn add(&self, route: &str, method: &'static str, status: StatusCode, took: Duration) {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let counters = known.get(route);
        let counters = counters.and_then(|of| Some((of.requests.get(&(method, status))?, of)));
        if let Some((requests, of)) = counters {
            requests.increment(1);
            of.seconds.record(took);
            return;
        }
        drop(known);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let of = known.entry(route.to_owned()).or_insert_with(|| Route {
            seconds: metrics::histogram!("unified_login_request_seconds", "route" => route.to_owned()),
            requests: HashMap::new(),
        });
        let requests = of.requests.entry((method, status)).or_insert_with(|| {
            metrics::counter!(
                "unified_login_requests_total",
                "route" => route.to_owned(), "method" => method, "status" => status.as_str().to_owned()
            )
        });
        requests.increment(1);
        of.seconds.record(took);
    }
}

/// A closed set: whoever asks may write any method, and each name is kept for ever.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// The id that a proxy has given.
fn given_id(request: &Request) -> Option<HeaderValue> {
    let id = request.headers().get(REQUEST_ID)?;
    let fits = !id.is_empty() && id.len() <= LONGEST_ID && id.to_str().is_ok();
    fits.then(|| id.clone())
}

fn new_id() -> HeaderValue {
    let now = jiff::Timestamp::now().as_millisecond().unsigned_abs();
    let id = Builder::from_unix_timestamp_millis(now, &rand::random()).into_uuid();
    let mut text = [0; uuid::fmt::Hyphenated::LENGTH];
    let text: &str = id.hyphenated().encode_lower(&mut text);
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static("none"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use axum::body::Body;
    use uuid::Uuid;

    use super::*;

    fn with_id(id: &str) -> Request {
        Request::get("/")
            .header(REQUEST_ID, id)
            .body(Body::empty())
            .unwrap()
    }

    #[test]
    fn an_id_of_a_proxy_is_kept_and_one_without_measure_is_not() {
        assert_eq!(
            given_id(&with_id("from-the-proxy")).unwrap(),
            "from-the-proxy"
        );
        assert!(given_id(&with_id(&"a".repeat(65))).is_none());
        assert!(given_id(&with_id("")).is_none());
    }

    #[test]
    fn no_two_requests_have_one_id() {
        let (one, other) = (new_id(), new_id());
        assert_ne!(one, other);
        assert_eq!(
            Uuid::parse_str(one.to_str().unwrap())
                .unwrap()
                .get_version_num(),
            7
        );
    }

    #[test]
    fn a_method_of_its_own_makes_no_counter_of_its_own() {
        assert_eq!(name(&Method::POST), "POST");
        assert_eq!(name(&Method::from_bytes(b"BREW").unwrap()), "other");
    }
}
