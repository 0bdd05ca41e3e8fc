//! `/session`: who is signed in at this surface, for its pages.

use axum::{
    Json,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use session::{Call, SessionId};
use store::{Role, UserStatus};

use super::{
    Here, Site, SurfaceError,
    embed::Route,
    here,
    wire::{
        CallState, EndedState, EndingState, OrganizationState, PersonState, PolicyState,
        RefusedState, RefusedWhy, SessionState, SignedInState, SurfaceAddresses,
    },
};
use crate::{
    pages::facts::RequestFacts,
    sessions::Live,
    state::{App, Service},
};

/// Whom a person is told to ask, at most.
const ASK: usize = 3;

/// `GET /session`: always 200.
///
/// Threats: another site's page that asks (it gets no answer to read: no CORS, and requests from
/// elsewhere are refused); a person who looks at the next one's session (only this browser's
/// cookies count); what is told of an ended session is why, where and when, never whose.
pub(super) async fn show(
    State(app): State<App>,
    site: Site,
    facts: RequestFacts,
    headers: HeaderMap,
) -> Result<Response, SurfaceError> {
    let state = match here(&app, site, &headers, &facts).await? {
        Here::Live(live) => state(&app, site, &live, &headers).await?,
        Here::Ended(session) => SessionState::SignedOut {
            ended: ended(&app, session).await?,
        },
        Here::Nobody => SessionState::SignedOut { ended: None },
    };
    Ok(Json(state).into_response())
}

async fn state(
    app: &App,
    site: Site,
    live: &Live,
    headers: &HeaderMap,
) -> Result<SessionState, SurfaceError> {
    let why = if site == Site::Dashboard && live.user.role == Role::Agent {
        Some(RefusedWhy::Role)
    } else if let Some(route) = Route::asked_from(app, headers)
        && !route.is_of(&live.organization)
    {
        Some(RefusedWhy::Organization)
    } else {
        None
    };
    let person = PersonState {
        id: live.user.id,
        name: live.user.name.clone(),
        email: live.user.email.clone(),
        role: live.user.role,
    };
    let organization = OrganizationState {
        id: live.organization.id,
        name: live.organization.name.clone(),
    };
    let surfaces = addresses(app, live.user.role)?;
    if let Some(why) = why {
        return Ok(SessionState::Refused(Box::new(RefusedState {
            why,
            person,
            organization,
            surfaces,
            ask: ask(app, live).await?,
        })));
    }
    Ok(SessionState::SignedIn(Box::new(SignedInState {
        session: live.record.session.id,
        surface: site.surface(),
        since: live.record.session.started_at,
        person,
        organization,
        surfaces,
        call: live.call.as_ref().map(call_state),
        ending: live.record.ending.map(|ending| EndingState {
            at: ending.at,
            reason: ending.reason,
            after_call: ending.after_call,
        }),
        policy: PolicyState {
            crm_mismatch: live.organization.crm_mismatch,
            sign_out_ends_all_browsers: live.organization.sign_out_ends_all_browsers,
        },
    })))
}

/// A call, as pages are told of it.
pub(super) fn call_state(call: &Call) -> CallState {
    CallState {
        surface: call.surface,
        since: call.since,
    }
}

fn addresses(app: &Service, role: Role) -> Result<SurfaceAddresses, SurfaceError> {
    let sites = app.surfaces.sites();
    let sites = sites.ok_or(SurfaceError::NotFound)?;
    let origin = |site| sites.origin(site).to_owned();
    Ok(SurfaceAddresses {
        workspace: origin(Site::Workspace),
        dashboard: (role != Role::Agent).then(|| origin(Site::Dashboard)),
        cti: origin(Site::Cti),
        account: app.openid.issuer.clone(),
    })
}

/// The organization's admins, by name.
async fn ask(app: &App, live: &Live) -> Result<Vec<String>, SurfaceError> {
    let people = app.store.users().of(live.organization.id).await?;
    let admins = people
        .into_iter()
        .filter(|user| user.role == Role::Admin && user.status == UserStatus::Active);
    Ok(admins.take(ASK).map(|user| user.name).collect())
}

async fn ended(app: &App, id: SessionId) -> Result<Option<EndedState>, SurfaceError> {
    let sessions = app.store.sessions();
    let Some(record) = sessions.get(id).await? else {
        return Ok(None);
    };
    let Some(end) = record.session.end else {
        return Ok(None);
    };
    let event = sessions.end_of(record.session.user, id).await?;
    Ok(Some(EndedState {
        reason: end.reason,
        surface: event.and_then(|event| event.surface),
        at: end.at,
    }))
}
