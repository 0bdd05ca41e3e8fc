//! `/account/sessions`: everywhere the person is signed in, with an end for one, all others, and
//! all (rules 3 and 4).

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use jiff::Timestamp;
use serde::Deserialize;
use session::{Cause, Kind, SessionId, Surface};
use store::SessionRecord;

use super::{SignedIn, times};
use crate::{
    pages::{Page, PageError, Query, Submitted, html, words},
    sessions::{end, forget_browser},
    state::App,
};

/// The address of the page.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    ended: Option<u64>,
}

/// Which session to end.
#[derive(Deserialize)]
pub struct Chosen {
    session: SessionId,
}

#[derive(Template)]
#[template(path = "sessions.html")]
struct SessionsPage {
    page: Page,
    notice: Option<String>,
    sessions: Vec<Shown>,
}

/// A session as it is shown.
struct Shown {
    id: SessionId,
    kind: &'static str,
    this: bool,
    device: String,
    description: String,
    place: String,
    last_used: Timestamp,
    last_used_words: String,
    last_used_full: String,
    since: Timestamp,
    since_words: String,
    since_full: String,
    end_label: String,
}

/// `GET /account/sessions`.
pub async fn show(
    State(app): State<App>,
    here: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let now = app.clock.now();
    let mut sessions: Vec<Shown> = app
        .store
        .sessions()
        .live_of(here.user())
        .await?
        .into_iter()
        .map(|record| shown(record, here.session(), now))
        .collect();
    // This browser first, then last used first.
    sessions.sort_by_key(|session| !session.this);
    Ok(html(
        StatusCode::OK,
        &SessionsPage {
            page: here.page(&app, "sessions-title", "/account/sessions"),
            notice: asked
                .ended
                .map(|number| words().count("sessions-ended", number)),
            sessions,
        },
    ))
}

/// `POST /account/sessions/end`.
pub async fn end_one(
    State(app): State<App>,
    here: SignedIn,
    jar: CookieJar,
    Submitted(chosen): Submitted<Chosen>,
) -> Result<Response, PageError> {
    if chosen.session == here.session() {
        return super::sign_out::sign_out(&app, &here, jar, None).await;
    }
    end_chosen(&app, &here, BTreeSet::from([chosen.session])).await
}

/// `POST /account/sessions/end-others`.
pub async fn end_others(State(app): State<App>, here: SignedIn) -> Result<Response, PageError> {
    let others = app.store.sessions().live_of(here.user()).await?;
    let others = others
        .iter()
        .map(|record| record.session.id)
        .filter(|id| *id != here.session())
        .collect();
    end_chosen(&app, &here, others).await
}

/// `POST /account/sessions/end-all`: sign out everywhere.
pub async fn end_all(
    State(app): State<App>,
    here: SignedIn,
    jar: CookieJar,
) -> Result<Response, PageError> {
    let cause = Cause::Everywhere { user: here.user() };
    end(&app, &cause, &here.actor(), Some(Surface::Account)).await?;
    let next = Redirect::to("/signed-out?everywhere=1");
    Ok((forget_browser(jar), next).into_response())
}

async fn end_chosen(
    app: &App,
    here: &SignedIn,
    sessions: BTreeSet<SessionId>,
) -> Result<Response, PageError> {
    let cause = Cause::Chosen {
        user: here.user(),
        sessions,
    };
    let ends = end(app, &cause, &here.actor(), Some(Surface::Account)).await?;
    let next = format!("/account/sessions?ended={}", ends.ended.len());
    Ok(Redirect::to(&next).into_response())
}

fn shown(record: SessionRecord, this: SessionId, now: Timestamp) -> Shown {
    let words = words();
    let session = record.session;
    let this = session.id == this;
    let device = record.device;
    let (kind, what) = match session.kind {
        Kind::Browser => ("browser", words.say("sessions-browser")),
        Kind::Desktop => ("desktop", words.say("sessions-desktop")),
    };
    let system = (session.kind == Kind::Desktop).then_some(device.platform);
    let description = [Some(what), system]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let address = record.whereabouts.address;
    Shown {
        id: session.id,
        kind,
        this,
        description,
        place: match record.whereabouts.place {
            Some(place) => format!("{place} · {address}"),
            None => address,
        },
        last_used: session.last_used_at,
        last_used_words: times::in_words(session.last_used_at, now),
        last_used_full: times::exactly(session.last_used_at),
        since: session.started_at,
        since_words: times::in_words(session.started_at, now),
        since_full: times::exactly(session.started_at),
        end_label: if this {
            words.say("sessions-end-this-label")
        } else {
            words.say_with("sessions-end-label", &[("device", &device.name)])
        },
        device: device.name,
    }
}
