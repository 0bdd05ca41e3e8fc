//! How long a connection has waited for the head of a request. Told when a request comes and when
//! its answer has gone, so that a request costs no timer.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    Error,
    body::{Body, Bytes, HttpBody},
};
use hyper::body::{Frame, SizeHint};
use tokio::time::Instant;

/// A request is under way.
const NOT: u64 = u64::MAX;

/// Since when a connection waits.
pub(super) struct Waiting {
    opened: Instant,
    /// In milliseconds since it was opened.
    since: AtomicU64,
}

impl Waiting {
    pub fn from_now() -> Arc<Self> {
        Arc::new(Self {
            opened: Instant::now(),
            since: AtomicU64::new(0),
        })
    }

    /// The head of a request has come.
    pub fn ends(&self) {
        self.since.store(NOT, Ordering::Relaxed);
    }

    fn begins(&self) {
        self.since.store(self.milliseconds(), Ordering::Relaxed);
    }

    /// How much of `longest` is left; `None` once it has waited that long.
    pub fn left(&self, longest: Duration) -> Option<Duration> {
        let since = self.since.load(Ordering::Relaxed);
        let waited = self.milliseconds().saturating_sub(since);
        longest
            .checked_sub(Duration::from_millis(waited))
            .filter(|left| !left.is_zero())
    }

    fn milliseconds(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(NOT)
    }
}

/// The body of an answer; the connection waits again when it has gone, which for a stream of
/// events is at its end.
pub(super) struct Answered {
    body: Body,
    waiting: Arc<Waiting>,
}

impl Answered {
    pub fn new(body: Body, waiting: Arc<Waiting>) -> Self {
        Self { body, waiting }
    }
}

impl Drop for Answered {
    fn drop(&mut self) {
        self.waiting.begins();
    }
}

impl HttpBody for Answered {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
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

    use super::*;

    const LONGEST: Duration = Duration::from_secs(75);

    #[tokio::test(start_paused = true)]
    async fn time_counts_only_between_an_answer_and_the_next_request() {
        let waiting = Waiting::from_now();
        tokio::time::advance(Duration::from_secs(70)).await;
        assert_eq!(waiting.left(LONGEST), Some(Duration::from_secs(5)));

        waiting.ends();
        tokio::time::advance(Duration::from_hours(1)).await;
        assert_eq!(waiting.left(LONGEST), Some(LONGEST), "a stream goes on");

        drop(Answered::new(Body::empty(), Arc::clone(&waiting)));
        tokio::time::advance(Duration::from_secs(75)).await;
        assert_eq!(waiting.left(LONGEST), None);
    }
}
