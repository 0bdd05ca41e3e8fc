//! The event stream.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    response::{Sse, sse},
};
use futures_util::{Stream, StreamExt};

use super::Shared;

pub async fn stream(
    State((_, events)): State<Shared>,
) -> Sse<impl Stream<Item = Result<sse::Event, Infallible>>> {
    let hello = sse::Event::default()
        .event("hello")
        .data("{\"sequence\":1}");
    let listening = futures_util::stream::unfold(events.subscribe(), |mut events| async {
        let event = events.recv().await.ok()?;
        let sent = sse::Event::default()
            .id(event.sequence.to_string())
            .event("session")
            .data(serde_json::to_string(&event).unwrap());
        Some((Ok(sent), events))
    });
    Sse::new(futures_util::stream::iter([Ok(hello)]).chain(listening))
        .keep_alive(sse::KeepAlive::new().interval(Duration::from_secs(15)))
}
