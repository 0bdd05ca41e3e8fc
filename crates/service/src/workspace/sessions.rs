//! Everywhere the person is signed in, with an end for chosen ones, all others, and all (rules 3
//! and 4).
//!
//! Threats: another site's page that ends sessions (own pages only, `surfaces`); a person who ends
//! another's (the rule reaches the own only, whatever is named).

use std::collections::BTreeSet;

use axum::{Json, extract::State};
use session::{Cause, SessionId};

use super::wire::{EndOwnSessions, Ended, OwnSession, OwnSessions};
use crate::{
    api::{ApiError, Body, Refusal},
    sessions::end,
    state::App,
    surfaces::SurfaceLogin,
};

/// The most sessions named in one request.
const MOST: usize = 500;

/// `GET /api/sessions`.
pub(super) async fn list(
    State(app): State<App>,
    here: SurfaceLogin,
) -> Result<Json<OwnSessions>, ApiError> {
    let this = here.session();
    let live = app.store.sessions().live_of(here.user()).await?;
    let mut sessions: Vec<OwnSession> = live
        .into_iter()
        .map(|record| OwnSession {
            id: record.session.id,
            kind: record.session.kind,
            device: record.device.name,
            platform: record.device.platform,
            agent: record.device.agent,
            address: record.whereabouts.address,
            place: record.whereabouts.place,
            since: record.session.started_at,
            last_used: record.session.last_used_at,
            this: record.session.id == this,
        })
        .collect();
    // This browser first, then last used first.
    sessions.sort_by_key(|session| !session.this);
    Ok(Json(OwnSessions { sessions }))
}

/// `POST /api/sessions/end`.
pub(super) async fn end_chosen(
    State(app): State<App>,
    here: SurfaceLogin,
    Body(sent): Body<EndOwnSessions>,
) -> Result<Json<Ended>, ApiError> {
    if sent.sessions.len() > MOST {
        return Err(Refusal::of("sessions", "UL-1407", "api-too-many-sessions").into());
    }
    let sessions = sent.sessions.into_iter().collect();
    ended_by(&app, &here, chosen(&here, sessions)).await
}

/// `POST /api/sessions/end-others`.
pub(super) async fn end_others(
    State(app): State<App>,
    here: SurfaceLogin,
) -> Result<Json<Ended>, ApiError> {
    let others = app.store.sessions().live_of(here.user()).await?;
    let others = others
        .iter()
        .map(|record| record.session.id)
        .filter(|id| *id != here.session())
        .collect();
    ended_by(&app, &here, chosen(&here, others)).await
}

/// `POST /api/sessions/end-everywhere`.
pub(super) async fn end_everywhere(
    State(app): State<App>,
    here: SurfaceLogin,
) -> Result<Json<Ended>, ApiError> {
    let cause = Cause::Everywhere { user: here.user() };
    ended_by(&app, &here, cause).await
}

fn chosen(here: &SurfaceLogin, sessions: BTreeSet<SessionId>) -> Cause {
    Cause::Chosen {
        user: here.user(),
        sessions,
    }
}

async fn ended_by(app: &App, here: &SurfaceLogin, cause: Cause) -> Result<Json<Ended>, ApiError> {
    let surface = Some(here.site.surface());
    let ends = end(app, &cause, &here.actor(), surface).await?;
    Ok(Json(Ended::of(&ends)))
}
