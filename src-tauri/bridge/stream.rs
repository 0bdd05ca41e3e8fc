//! One connection to the event stream (server-sent events).

use std::{pin::Pin, time::Duration};

use ::session::SessionEvent;
use futures_util::{Stream, StreamExt};
use secrecy::ExposeSecret;
use serde::Deserialize;
use sse_stream::SseByteStream;

use super::{Bridge, Over};
use crate::session::renewal::Access;

/// The service sends something every 15 seconds; three missed heartbeats are a cut.
const SILENCE: Duration = Duration::from_secs(45);

/// What the stream says.
pub enum Item {
    /// The stream begins at this event.
    Hello(u64),
    /// Events before now are lost.
    Reset,
    /// Something happened.
    Event(SessionEvent),
}

type Events = Pin<Box<dyn Stream<Item = Result<sse_stream::Sse, sse_stream::Error>> + Send>>;

/// An open stream.
pub struct Open {
    events: Events,
}

#[derive(Deserialize)]
struct Hello {
    sequence: u64,
}

impl Bridge {
    pub(super) async fn open(&self, access: &Access) -> Result<Open, Over> {
        let http = &self.connection.http;
        let prover = &self.renewer.stream_prover;
        for attempt in 0..2 {
            let scheme = if prover.has_key() { "DPoP" } else { "Bearer" };
            let authorization = format!("{scheme} {}", access.token.expose_secret());
            let mut request = http::Request::get(self.endpoint.as_str())
                .header(http::header::ACCEPT, "text/event-stream")
                .header(http::header::AUTHORIZATION, authorization);
            if let Some(sequence) = self.renewer.last_event() {
                request = request.header("Last-Event-ID", sequence);
            }
            let request = request.body(Vec::new()).map_err(|_| Over::Cut)?;
            let request = prover
                .prove(http, &request, Some(&access.token))
                .map_err(|_| Over::Cut)?;
            let answer = http.open(request).await.map_err(|error| {
                tracing::debug!(%error, "no event stream");
                Over::Cut
            })?;
            let new_nonce = prover.learn_nonce_header(answer.headers().get("DPoP-Nonce"));
            if answer.status() == http::StatusCode::UNAUTHORIZED {
                if new_nonce && attempt == 0 {
                    continue;
                }
                return Err(Over::Unauthorized(access.number));
            }
            if !answer.status().is_success() {
                tracing::debug!(status = answer.status().as_u16(), "no event stream");
                return Err(Over::Cut);
            }
            let is_stream = answer
                .headers()
                .get(http::header::CONTENT_TYPE)
                .is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
            if !is_stream {
                return Err(Over::Cut);
            }
            let silent = watch_silence(answer.bytes_stream());
            return Ok(Open {
                events: Box::pin(SseByteStream::new(silent)),
            });
        }
        Err(Over::Unauthorized(access.number))
    }
}

/// Ends a stream that is silent for too long: heartbeats are bytes too, though no events.
fn watch_silence<S, T, E>(stream: S) -> impl Stream<Item = Result<T, E>> + Send
where
    S: Stream<Item = Result<T, E>> + Send + 'static,
    T: Send,
    E: Send,
{
    futures_util::stream::unfold(Box::pin(stream), |mut stream| async move {
        let next = tokio::time::timeout(SILENCE, stream.next()).await;
        next.ok().flatten().map(|item| (item, stream))
    })
}

impl Open {
    /// The next item that is understood; `None`: the stream is over.
    pub async fn next(&mut self) -> Option<Item> {
        loop {
            let event = self.events.next().await?.ok()?;
            if let Some(item) = read(&event) {
                return Some(item);
            }
        }
    }
}

/// Unknown events are for newer apps, and skipped.
fn read(event: &sse_stream::Sse) -> Option<Item> {
    let data = event.data.as_deref().unwrap_or_default();
    match event.event.as_deref()? {
        "hello" => {
            let Hello { sequence } = serde_json::from_str(data).ok()?;
            Some(Item::Hello(sequence))
        }
        "reset" => Some(Item::Reset),
        "session" => serde_json::from_str(data).ok().map(Item::Event),
        _ => None,
    }
}
