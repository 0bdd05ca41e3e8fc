//! One stream of session events (server-sent events, HTML Living Standard §9.2).

use std::{collections::VecDeque, convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, Method, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use axum_extra::extract::cookie::CookieJar;
use futures_util::stream;
use serde::Deserialize;
use serde_json::json;
use session::SessionId;
use tokio::sync::mpsc;

use super::streams::{Line, Place, Told};
use crate::{
    openid::{Caller, ProtocolError},
    sessions::{Live, browser_session},
    state::App,
};

const HEARTBEAT: Duration = Duration::from_secs(15);
const PAGE: u32 = 500;

#[derive(Deserialize)]
pub(super) struct Resume {
    after: Option<u64>,
}

/// `GET /events`: the user's session events, live; `Last-Event-ID` or `after` resumes.
///
/// Threats: a stolen access token (bound to a key where the app has one, RFC 9449 §7); a stream
/// that outlives its session (it closes after its own `ended`); a person hearing of others (the
/// fan-out is by user). A browser's own pages use their cookie; other origins get none sent and
/// nothing to read.
pub(super) async fn open(
    State(app): State<App>,
    method: Method,
    jar: CookieJar,
    Query(resume): Query<Resume>,
    headers: HeaderMap,
) -> Response {
    match start(app, &method, &jar, &resume, &headers).await {
        Ok(response) => response,
        Err(error) => Caller::challenge(error),
    }
}

async fn start(
    app: App,
    method: &Method,
    jar: &CookieJar,
    resume: &Resume,
    headers: &HeaderMap,
) -> Result<Response, ProtocolError> {
    let live = who(&app, method, jar, headers).await?;
    let own = live.record.session.id;
    let (place, receiver) = app.streams.join(live.user.id);
    let last = app.store.sessions().last_sequence().await?;
    // Again, now that nothing is missed: it may have ended between.
    let now = app.clock.now();
    let still = app.sessions.get(app.store.as_ref(), own, now).await?;
    still.ok_or(ProtocolError::AccessTokenInvalid)?;
    let mut listener = Listener {
        app,
        place,
        receiver,
        own,
        last,
        waiting: VecDeque::from([hello(last)]),
        over: false,
    };
    let header = headers.get("last-event-id");
    let header = header.and_then(|id| id.to_str().ok()?.parse().ok());
    if let Some(after) = header.or(resume.after) {
        listener.last = after;
        listener.catch_up().await?;
        listener.last = listener.last.max(last);
    }
    let events = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    let keep_alive = KeepAlive::new().interval(HEARTBEAT).text("heartbeat");
    let mut response = Sse::new(events).keep_alive(keep_alive).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that collect answers before they pass them on would hold events back.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

async fn who(
    app: &App,
    method: &Method,
    jar: &CookieJar,
    headers: &HeaderMap,
) -> Result<Arc<Live>, ProtocolError> {
    if headers.contains_key(header::AUTHORIZATION) {
        let caller = Caller::authenticate(app, method, "/events", headers).await?;
        return Ok(caller.live);
    }
    let live = browser_session(app, jar, None).await?;
    live.ok_or(ProtocolError::AccessTokenMissing)
}

struct Listener {
    app: App,
    place: Place,
    receiver: mpsc::Receiver<Told>,
    own: SessionId,
    /// The newest number sent, or known to need no sending.
    last: u64,
    waiting: VecDeque<Event>,
    /// The own session has ended: nothing comes after what waits.
    over: bool,
}

impl Listener {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if self.over {
                return None;
            }
            match self.receiver.recv().await? {
                Told::Event(line) => self.hear(&line),
                // The stream ends where the store cannot be read; its client comes back.
                Told::CatchUp => self.catch_up().await.ok()?,
            }
        }
    }

    fn hear(&mut self, line: &Line) {
        let own_end = line.ends == Some(self.own);
        if line.sequence <= self.last && !own_end {
            return;
        }
        self.last = self.last.max(line.sequence);
        self.over |= own_end;
        let event = Event::default()
            .id(line.sequence.to_string())
            .event("session")
            .data(&line.data);
        self.waiting.push_back(event);
    }

    async fn catch_up(&mut self) -> Result<(), ProtocolError> {
        loop {
            let sessions = self.app.store.sessions();
            let user = self.place.user();
            let Some(events) = sessions.events_after(user, self.last, PAGE).await? else {
                let last = sessions.last_sequence().await?;
                self.last = last;
                self.waiting.push_back(reset(last));
                return Ok(());
            };
            for event in &events {
                self.hear(&Line::of(event));
            }
            if events.len() < PAGE as usize || self.over {
                return Ok(());
            }
        }
    }
}

/// Says where the sequence stands, so that a first connection can be resumed too.
fn hello(sequence: u64) -> Event {
    let data = json!({ "sequence": sequence }).to_string();
    Event::default()
        .id(sequence.to_string())
        .event("hello")
        .data(data)
}

/// Says that events were missed for good: the app looks at everything anew.
fn reset(sequence: u64) -> Event {
    let data = json!({ "sequence": sequence }).to_string();
    Event::default()
        .id(sequence.to_string())
        .event("reset")
        .data(data)
}
