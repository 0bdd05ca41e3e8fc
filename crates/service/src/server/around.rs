//! What is around every route, in one layer: a request is noted, has one deadline, ends alone when
//! its handler panics, and its answer is protected. One layer, because each that axum puts around a
//! route is allocated, copied and asked anew for every renewal and every session check.

use std::{
    convert::Infallible,
    panic::AssertUnwindSafe,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use tokio::time::timeout;
use tower::{Layer, Service};

use crate::{observe::Watch, pages};

/// The head of an answer is sent within this, whatever the client or the database does; a stream
/// of events goes on after it for as long as it likes.
const ANSWER_WITHIN: Duration = Duration::from_mins(1);

/// Who protects the answers.
#[derive(Clone, Copy, Debug)]
pub(super) enum Protection {
    /// They are shown or followed by a browser.
    Page,
    /// They are read by programs.
    Answer,
    /// The routes do it themselves.
    Own,
}

/// The layer.
#[derive(Clone)]
pub(super) struct Around {
    pub watch: Arc<Watch>,
    pub protection: Protection,
    /// Whether the service is reached by HTTPS only.
    pub https: bool,
}

impl<S> Layer<S> for Around {
    type Service = Route<S>;

    fn layer(&self, inner: S) -> Route<S> {
        let around = self.clone();
        Route { around, inner }
    }
}

/// A route with all that is around it.
#[derive(Clone)]
pub(super) struct Route<S> {
    around: Around,
    inner: S,
}

impl<S> Service<Request> for Route<S>
where
    S: Service<Request, Response = Response, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let around = self.around.clone();
        let noted = Watch::note(&request);
        let answering = self.inner.call(request);
        Box::pin(async move {
            let answering = async { around.protect(in_time(answering).await) };
            Ok(around.watch.count(noted, answering).await)
        })
    }
}

impl Around {
    fn protect(&self, response: Response) -> Response {
        match self.protection {
            Protection::Page => pages::protect_page(response, self.https),
            Protection::Answer => pages::protect_answer(response, self.https),
            Protection::Own => response,
        }
    }
}

/// The answer, or that there was none in time, or that the handler panicked.
async fn in_time(answering: impl Future<Output = Result<Response, Infallible>>) -> Response {
    match timeout(ANSWER_WITHIN, AssertUnwindSafe(answering).catch_unwind()).await {
        Ok(Ok(Ok(response))) => response,
        Ok(Err(panic)) => pages::panicked(panic),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use axum::{Router, body::Body, routing::get};
    use tower::ServiceExt;

    use super::*;

    async fn status(path: &str) -> StatusCode {
        let around = Around {
            watch: Arc::default(),
            protection: Protection::Answer,
            https: false,
        };
        let router: Router = Router::new()
            .route(
                "/panics",
                get(async || -> &'static str { panic!("by its test") }),
            )
            .route("/waits", get(std::future::pending::<&'static str>))
            .route("/answers", get(async || "well"))
            .layer(around);
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        assert!(response.headers().contains_key("x-request-id"));
        response.status()
    }

    #[tokio::test(start_paused = true)]
    async fn every_request_is_answered_also_where_its_handler_panics_or_never_ends() {
        assert_eq!(status("/answers").await, StatusCode::OK);
        assert_eq!(status("/panics").await, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(status("/waits").await, StatusCode::SERVICE_UNAVAILABLE);
    }
}
