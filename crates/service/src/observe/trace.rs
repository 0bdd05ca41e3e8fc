//! A span for every request, with its id, method and path. Never a query string, header, body or
//! cookie: codes and tokens travel in those.

use axum::{
    body::Body,
    extract::MatchedPath,
    http::{HeaderName, Request},
};
use tower_http::{
    classify::{ServerErrorsAsFailures, SharedClassifier},
    request_id::{MakeRequestId, RequestId},
    trace::TraceLayer,
};
use tracing::Span;
use uuid::Uuid;

/// The header of request ids, in and out.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Makes request ids.
#[derive(Clone, Copy, Debug)]
pub struct NewRequestId;

impl MakeRequestId for NewRequestId {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        let id = Uuid::now_v7().to_string().parse().ok()?;
        Some(RequestId::new(id))
    }
}

/// Makes ids for requests that have none.
pub fn request_id() -> NewRequestId {
    NewRequestId
}

/// The middleware's type.
pub type Trace = TraceLayer<SharedClassifier<ServerErrorsAsFailures>, fn(&Request<Body>) -> Span>;

/// The middleware.
pub fn layer() -> Trace {
    TraceLayer::new_for_http().make_span_with(span as fn(&Request<Body>) -> Span)
}

fn span(request: &Request<Body>) -> Span {
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok())
        .unwrap_or_default();
    // The route, not the address: an address can hold anything.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unknown", MatchedPath::as_str);
    tracing::info_span!("request", id, method = %request.method(), route)
}
