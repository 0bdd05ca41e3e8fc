//! What a stream may do: be silent for a while, and say things of a certain length. A stream that
//! goes beyond either is over.

use std::time::Duration;

use futures_util::{Stream, StreamExt};

use crate::session::problem::Problem;

/// The service sends something every 15 seconds; three missed heartbeats are a cut.
const SILENCE: Duration = Duration::from_secs(45);
/// An event has a few hundred bytes.
const LONGEST_EVENT: usize = 64 * 1024;

/// Ends where the stream is silent for too long, or one event has no end.
pub fn bounded<S, T, E>(stream: S) -> impl Stream<Item = Result<T, E>> + Send
where
    S: Stream<Item = Result<T, E>> + Send + 'static,
    T: AsRef<[u8]> + Send,
    E: Send,
{
    let state = (Box::pin(stream), EventLength::default());
    futures_util::stream::unfold(state, |(mut stream, mut length)| async move {
        // Heartbeats are bytes too, though no events.
        let next = tokio::time::timeout(SILENCE, stream.next()).await;
        let item = next.ok().flatten()?;
        if let Ok(bytes) = &item
            && length.after(bytes.as_ref()) > LONGEST_EVENT
        {
            let code = Problem::EventTooLong.code();
            tracing::warn!(code, "the event stream is cut: an event is too long");
            return None;
        }
        Some((item, (stream, length)))
    })
}

/// How much of one event there is so far. A blank line ends it (HTML Standard, "Parsing an event
/// stream"); lines end with LF, CR, or both.
#[derive(Default)]
struct EventLength {
    event: usize,
    line: usize,
    after_cr: bool,
}

impl EventLength {
    /// The longest that the event at hand has been in these bytes.
    fn after(&mut self, bytes: &[u8]) -> usize {
        let mut longest = self.event;
        for byte in bytes {
            let line_end = match byte {
                b'\n' if self.after_cr => None,
                b'\n' | b'\r' => Some(()),
                _ => {
                    self.line += 1;
                    None
                }
            };
            self.after_cr = *byte == b'\r';
            self.event += 1;
            longest = longest.max(self.event);
            if line_end.is_some() {
                if self.line == 0 {
                    self.event = 0;
                }
                self.line = 0;
            }
        }
        longest
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::convert::Infallible;

    use super::*;

    async fn passed(chunks: Vec<String>) -> usize {
        let stream = futures_util::stream::iter(chunks.into_iter().map(Ok::<_, Infallible>));
        bounded(stream).count().await
    }

    #[tokio::test]
    async fn an_event_without_an_end_cuts_the_stream() {
        let line = format!("data: {}\n", "x".repeat(1024));
        let passed = passed(vec![line; 200]).await;
        assert_eq!(passed, LONGEST_EVENT / (1024 + 7));
    }

    #[tokio::test]
    async fn one_line_without_an_end_cuts_the_stream() {
        assert_eq!(passed(vec!["x".repeat(1000); 200]).await, 65);
    }

    #[tokio::test]
    async fn any_number_of_events_and_heartbeats_passes() {
        for end in ["\n", "\r\n", "\r"] {
            let event = format!("event: session{end}data: {}{end}{end}", "x".repeat(1000));
            assert_eq!(passed(vec![event; 200]).await, 200, "{end:?}");
            let heartbeat = format!(":{end}{end}");
            assert_eq!(passed(vec![heartbeat; 40_000]).await, 40_000, "{end:?}");
        }
    }
}
