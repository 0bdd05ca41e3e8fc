//! Everywhere the person is signed in, for the desktop app.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, Method, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::Serialize;
use session::{Kind, SessionId};
use store::{Role, SessionRecord};

use crate::{
    openid::{Caller, ProtocolError},
    state::App,
};

/// The person's live sessions, and what the person may open.
#[derive(Serialize)]
struct Everywhere {
    /// The person's role now, which may not be that of the sign-in.
    role: Role,
    /// Last used first.
    sessions: Vec<SignedInAt>,
}

/// One of them. Its address stays here: the app does not show it.
#[derive(Serialize)]
struct SignedInAt {
    id: SessionId,
    kind: Kind,
    device: String,
    platform: String,
    place: Option<String>,
    since: Timestamp,
    last_used: Timestamp,
    /// The caller's own.
    this: bool,
}

/// `GET /sessions`: where the person is signed in, for an app's access token.
///
/// Threats: a stolen access token (bound to a key where the app has one, RFC 9449 §7, and asked
/// of memory); another team's website that learns where its visitors are signed in otherwise
/// (only a desktop session's token is accepted); a page of any origin (no cookie counts here).
pub(super) async fn list(State(app): State<App>, method: Method, headers: HeaderMap) -> Response {
    match everywhere(&app, &method, &headers).await {
        Ok(everywhere) => {
            let no_store = HeaderValue::from_static("no-store");
            ([(header::CACHE_CONTROL, no_store)], Json(everywhere)).into_response()
        }
        Err(error) => Caller::challenge(error),
    }
}

async fn everywhere(
    app: &App,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Everywhere, ProtocolError> {
    let caller = Caller::authenticate(app, method, "/sessions", headers).await?;
    let own = &caller.live.record.session;
    if own.kind != Kind::Desktop {
        return Err(ProtocolError::UnauthorizedClient);
    }
    let records = app.store.sessions().live_of(own.user).await?;
    Ok(Everywhere {
        role: caller.live.user.role,
        sessions: records
            .into_iter()
            .map(|record| SignedInAt::of(record, own.id))
            .collect(),
    })
}

impl SignedInAt {
    fn of(record: SessionRecord, own: SessionId) -> Self {
        let session = record.session;
        Self {
            id: session.id,
            kind: session.kind,
            device: record.device.name,
            platform: record.device.platform,
            place: record.whereabouts.place,
            since: session.started_at,
            last_used: session.last_used_at,
            this: session.id == own,
        }
    }
}
