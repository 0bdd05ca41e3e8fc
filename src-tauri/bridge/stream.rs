//! One connection to the event stream (server-sent events).

use std::pin::Pin;

use ::session::SessionEvent;
use futures_util::{Stream, StreamExt};
use serde::Deserialize;
use sse_stream::SseByteStream;
use url::Url;

use super::{
    bounds::bounded,
    protected::{self, NotOpen},
};
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
    let resume: Vec<_> = renewer
        .last_event()
        .map(|sequence| ("Last-Event-ID", sequence.to_string()))
        .into_iter()
        .collect();
    let accept = "text/event-stream";
    let answer = protected::get(http, endpoint, accept, &resume, renewer, access).await?;
    let is_stream = answer
        .headers()
        .get(http::header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(accept.as_bytes()));
    if !is_stream {
        return Err(NotOpen::Failed);
    }
    Ok(Open {
        events: Box::pin(SseByteStream::new(bounded(answer.bytes_stream()))),
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
