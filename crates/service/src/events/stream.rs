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
use store::StoreError;
use tokio::sync::mpsc;

use super::streams::{Line, Place, Told};
use crate::{
    openid::{Caller, ProtocolError},
    sessions::{Live, SessionsError, browser_session},
    state::App,
    surfaces::wire::{Changed, ChangedWhat},
};

const HEARTBEAT: Duration = Duration::from_secs(15);
const PAGE: u32 = 500;

/// The address of a stream.
#[derive(Deserialize)]
pub(crate) struct Resume {
    after: Option<u64>,
}

impl Resume {
    /// The event after which it goes on; the header of a browser that comes back goes first.
    pub(crate) fn after(&self, headers: &HeaderMap) -> Option<u64> {
        let header = headers.get("last-event-id");
        let header = header.and_then(|id| id.to_str().ok()?.parse().ok());
        header.or(self.after)
    }
}

/// A stream to be opened.
pub(crate) struct Stream {
    /// Whose, and with which session it ends.
    pub live: Arc<Live>,
    /// The last event that was heard.
    pub after: Option<u64>,
    /// For a surface's pages, which are also told of what is no session event; with the time
    /// after which a browser comes back to a broken stream.
    pub surface: Option<Duration>,
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
    let stream = Stream {
        live: who(&app, method, jar, headers).await?,
        after: resume.after(headers),
        surface: None,
    };
    let opened = stream.open(app).await?;
    opened.ok_or(ProtocolError::AccessTokenInvalid)
}

impl Stream {
    /// Opens it; `None` if its session has ended meanwhile.
    pub(crate) async fn open(self, app: App) -> Result<Option<Response>, SessionsError> {
        let own = self.live.record.session.id;
        let (place, receiver) = app.streams.join(self.live.user.id);
        let last = app.store.sessions().last_sequence().await?;
        // Again, now that nothing is missed: it may have ended between.
        let now = app.clock.now();
        let still = app.sessions.get(app.store.as_ref(), own, now).await?;
        if still.is_none() {
            return Ok(None);
        }
        let mut listener = Listener {
            app,
            place,
            receiver,
            own,
            last,
            surface: self.surface.is_some(),
            waiting: VecDeque::from([hello(last, self.surface)]),
            over: false,
        };
        if let Some(after) = self.after {
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
        Ok(Some(response))
    }
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
    /// Whether it hears of what is no session event.
    surface: bool,
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
                Told::Changed(what) if self.surface => self.waiting.push_back(changed(what)),
                Told::Changed(_) => {}
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

    async fn catch_up(&mut self) -> Result<(), StoreError> {
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
fn hello(sequence: u64, come_back_after: Option<Duration>) -> Event {
    let event = place("hello", sequence);
    match come_back_after {
        Some(retry) => event.retry(retry),
        None => event,
    }
}

/// Says that events were missed for good: the app looks at everything anew.
fn reset(sequence: u64) -> Event {
    place("reset", sequence)
}

fn place(name: &str, sequence: u64) -> Event {
    let data = json!({ "sequence": sequence }).to_string();
    Event::default()
        .id(sequence.to_string())
        .event(name)
        .data(data)
}

/// Says that something about the session is not as it was.
fn changed(what: ChangedWhat) -> Event {
    let data = serde_json::to_string(&Changed { what }).unwrap_or_default();
    Event::default().event("changed").data(data)
}
