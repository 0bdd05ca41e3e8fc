//! One connection to the event stream (server-sent events).

use std::pin::Pin;

use ::session::SessionEvent;
use futures_util::{Stream, StreamExt};
use secrecy::ExposeSecret;
use serde::Deserialize;
use sse_stream::SseByteStream;
use url::Url;

use super::bounds::bounded;
use crate::{
    issuer::http::HttpClient,
    session::renewal::{Access, Renewer},
};

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

/// Why there is no stream.
pub enum NotOpen {
    /// It cannot be reached, or does not answer as a stream.
    Failed,
    /// The access token is not accepted any more.
    Unauthorized,
}

/// An open stream.
pub struct Open {
    events: Events,
}

#[derive(Deserialize)]
struct Hello {
    sequence: u64,
}

/// Opens the stream at `endpoint`, after the last event that was heard.
pub async fn open(
    http: &HttpClient,
    endpoint: &Url,
    renewer: &Renewer,
    access: &Access,
) -> Result<Open, NotOpen> {
    let prover = &renewer.stream_prover;
    for attempt in 0..2 {
        let scheme = if prover.has_key() { "DPoP" } else { "Bearer" };
        let authorization = format!("{scheme} {}", access.token.expose_secret());
        let mut request = http::Request::get(endpoint.as_str())
            .header(http::header::ACCEPT, "text/event-stream")
            .header(http::header::AUTHORIZATION, authorization);
        if let Some(sequence) = renewer.last_event() {
            request = request.header("Last-Event-ID", sequence);
        }
        let request = request.body(Vec::new()).map_err(|_| NotOpen::Failed)?;
        let request = prover
            .prove(http, &request, Some(&access.token))
            .map_err(|_| NotOpen::Failed)?;
        let answer = http.open(request).await.map_err(|error| {
            tracing::debug!(%error, "no event stream");
            NotOpen::Failed
        })?;
        let new_nonce = prover.learn_nonce_header(answer.headers().get("DPoP-Nonce"));
        if answer.status() == http::StatusCode::UNAUTHORIZED {
            if new_nonce && attempt == 0 {
                continue;
            }
            return Err(NotOpen::Unauthorized);
        }
        if !answer.status().is_success() {
            tracing::debug!(status = answer.status().as_u16(), "no event stream");
            return Err(NotOpen::Failed);
        }
        let is_stream = answer
            .headers()
            .get(http::header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
        if !is_stream {
            return Err(NotOpen::Failed);
        }
        return Ok(Open {
            events: Box::pin(SseByteStream::new(bounded(answer.bytes_stream()))),
        });
    }
    Err(NotOpen::Unauthorized)
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
