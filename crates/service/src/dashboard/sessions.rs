//! `/api/sessions`: who is signed in where, and ending one of them.

use std::collections::BTreeSet;

use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use serde::Deserialize;
use session::{Cause, Kind, SessionId, When};
use store::{Role, SessionRecord, SessionSearch, User};

use super::{
    who::{Person, Reach, Viewer},
    wire::{EndWhen, Ended, LiveSession, LiveSessions, PersonName},
};
use crate::{
    api::{ApiError, Asked, Body, Cursor, Named, Refusal, text},
    sessions::end,
    state::App,
};

/// So many on a page.
const PAGE: u32 = 50;

/// The endpoints about sessions.
pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/api/sessions", get(list))
        .route("/api/sessions/{id}/end", post(end_one))
}

/// The query.
#[derive(Deserialize)]
struct Filter {
    #[serde(default)]
    search: Option<String>,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    cursor: Option<String>,
}

/// `GET /api/sessions`.
///
/// Threats: a Supervisor who sees sessions beyond the own teams, or finds by searching that they
/// exist (the search looks at nothing else); a cursor that leads elsewhere (it only says where a
/// page begins).
async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Asked(asked): Asked<Filter>,
) -> Result<Json<LiveSessions>, ApiError> {
    let cursor = asked.cursor.filter(|cursor| !cursor.is_empty());
    let search = SessionSearch {
        organization: viewer.person.organization(),
        text: text::search("search", asked.search)?,
        kind: match asked.kind.as_deref() {
            None | Some("") => None,
            Some("browser") => Some(Kind::Browser),
            Some("desktop") => Some(Kind::Desktop),
            Some(_) => return Err(Refusal::of("kind", "UL-1406", "api-kind").into()),
        },
        people: match &viewer.reach {
            Reach::Organization => None,
            Reach::People(people) => Some(people.clone()),
        },
        before: cursor.as_deref().map(Cursor::place).transpose()?,
        limit: PAGE,
    };
    let page = app.store.sessions().search(&search).await?;
    let now = app.clock.now();
    let mut sessions = Vec::with_capacity(page.sessions.len());
    for (record, owner) in page.sessions {
        let calls = app.store.calls().of(record.session.id, now).await?;
        sessions.push(shown(record, &owner, !calls.is_empty(), &viewer.person));
    }
    Ok(Json(LiveSessions {
        sessions,
        next: page.next.as_ref().map(Cursor::of),
    }))
}

fn shown(record: SessionRecord, owner: &User, on_call: bool, viewer: &Person) -> LiveSession {
    let session = record.session;
    LiveSession {
        id: session.id,
        kind: session.kind,
        device: record.device.name,
        platform: record.device.platform,
        agent: record.device.agent,
        address: record.whereabouts.address,
        place: record.whereabouts.place,
        since: session.started_at,
        last_used: session.last_used_at,
        this: session.id == viewer.session(),
        on_call,
        ending: record.ending.is_some_and(|ending| ending.after_call),
        may_end: viewer.user.role == Role::Admin || owner.id == viewer.user.id,
        person: name(owner),
    }
}

/// A person by name.
pub(super) fn name(user: &User) -> PersonName {
    PersonName {
        id: user.id,
        name: user.name.clone(),
        email: user.email.clone(),
    }
}

/// `POST /api/sessions/{id}/end`: an Admin ends any of the organization's (rule 5), everybody the
/// own (rule 3).
///
/// Threats: ending another organization's sessions, or, as a Supervisor, anybody else's; ending
/// the own session unawares.
async fn end_one(
    State(app): State<App>,
    viewer: Viewer,
    Named(id): Named<SessionId>,
    Body(sent): Body<EndWhen>,
) -> Result<Json<Ended>, ApiError> {
    let person = &viewer.person;
    let record = app.store.sessions().get(id).await?;
    let session = record.map(|record| record.session).filter(|session| {
        session.organization == person.organization() && viewer.reach.has(session.user)
    });
    let session = session.ok_or(ApiError::Missing)?;
    if session.id == person.session() && !sent.even_myself {
        let status = axum::http::StatusCode::CONFLICT;
        let refusal = Refusal::new(status, "UL-1408", "api-own-session").at("even_myself");
        return Err(refusal.into());
    }
    let cause = if person.user.role == Role::Admin {
        Cause::EndedByAdmin {
            organization: session.organization,
            session: session.id,
            when: when(sent),
        }
    } else if session.user == person.user.id {
        Cause::Chosen {
            user: session.user,
            sessions: BTreeSet::from([session.id]),
        }
    } else {
        return Err(ApiError::Role);
    };
    let by = person.by();
    let ends = end(&app, &cause, &by.actor, by.surface).await?;
    Ok(Json(Ended::of(&ends)))
}

/// What was chosen about calls.
pub(super) fn when(sent: EndWhen) -> When {
    if sent.now { When::Now } else { When::AfterCall }
}
