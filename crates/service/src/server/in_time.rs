//! The body of a request, which has to come in time. Most have come with their heads; a clock is
//! set only for one that has to be waited for.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    BoxError,
    body::{Bytes, HttpBody},
};
use hyper::body::{Frame, Incoming, SizeHint};
use thiserror::Error;
use tokio::time::{Sleep, sleep};

/// What has not come within this, from when it is first waited for, does not come.
const BODY_WITHIN: Duration = Duration::from_secs(20);

/// A body that did not come in time.
#[derive(Debug, Error)]
#[error("the body of a request did not come in time")]
struct Late;

/// The body.
pub(super) struct InTime<B = Incoming> {
    body: B,
    clock: Option<Pin<Box<Sleep>>>,
}

impl<B> InTime<B> {
    pub fn new(body: B) -> Self {
        Self { body, clock: None }
    }
}

impl<B> HttpBody for InTime<B>
where
    B: HttpBody<Data = Bytes, Error: Into<BoxError>> + Unpin,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let clock = &mut self.clock;
        let clock = clock.get_or_insert_with(|| Box::pin(sleep(BODY_WITHIN)));
        ready!(clock.as_mut().poll(context));
        Poll::Ready(Some(Err(Late.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use std::convert::Infallible;

    use axum::body::{Body, to_bytes};
    use futures_util::{StreamExt, stream};

    use super::*;

    fn first() -> Bytes {
        Bytes::from_static(b"grant_type=")
    }

    async fn read(body: Body) -> Result<Bytes, axum::Error> {
        to_bytes(Body::new(InTime::new(body)), 1024).await
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_stops_coming_is_not_waited_for() {
        let stops = Body::from_stream(
            stream::iter([Ok::<_, Infallible>(first())]).chain(stream::pending()),
        );
        assert!(read(stops).await.is_err());
        // Nor one that comes drop by drop.
        let drops = stream::unfold((), async |()| {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Some((Ok::<_, Infallible>(first()), ()))
        });
        assert!(read(Body::from_stream(drops.take(30))).await.is_err());
        let whole = Body::from_stream(stream::iter([Ok::<_, Infallible>(first()), Ok(first())]));
        assert_eq!(read(whole).await.unwrap().len(), 22);
    }
}
