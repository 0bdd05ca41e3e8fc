//! `PUT /api/people/{id}`: role and team; `POST …/enable`.
//!
//! Threats: an organization that nobody can run any more (the last Admin stays one, whoever asks
//! at the same moment), and an Admin who locks the own person out unawares.

use axum::{Json, extract::State, http::StatusCode};
use session::UserId;
use store::{Role, StoreError, TeamId, UserStatus};

use super::{colleague, list, unless_told};
use crate::{
    api::{ApiError, Body, Named, Refusal},
    dashboard::{
        who::Admin,
        wire::{ChangePerson, PersonShown},
    },
    sessions::{self, SessionsError},
    state::App,
};

/// Role and team from now on.
pub async fn change(
    State(app): State<App>,
    admin: Admin,
    Named(id): Named<UserId>,
    Body(sent): Body<ChangePerson>,
) -> Result<Json<PersonShown>, ApiError> {
    let mut user = colleague(&app, &admin, id).await?;
    let teams = app.store.teams().of(user.organization).await?;
    let team = sent.team.map(TeamId);
    if team.is_some_and(|id| !teams.iter().any(|team| team.id == id)) {
        return Err(Refusal::of("team", "UL-1407", "api-no-team").into());
    }
    if user.role != sent.role {
        if user.role == Role::Admin {
            unless_told(&admin, &user, sent.even_myself, "api-own-role")?;
        }
        user.role = sent.role;
        let done = app.store.users().set_role(user.id, sent.role).await;
        keep_an_admin(done.map_err(SessionsError::from))?;
        let entry = admin.0.by().audit(&app, "user.role_changed").about(&user);
        entry.because(word(sent.role)).write(&app).await?;
        sessions::read_again(&app, user.id).await?;
    }
    let before = teams.iter().find(|team| team.members.contains(&user.id));
    if before.map(|team| team.id) != team {
        app.store.teams().place(user.id, team).await?;
        let entry = admin.0.by().audit(&app, "user.team_changed").about(&user);
        entry.write(&app).await?;
    }
    Ok(Json(list::shown(&app, user).await?))
}

/// Lets a disabled person sign in again.
pub async fn enable(
    State(app): State<App>,
    admin: Admin,
    Named(id): Named<UserId>,
) -> Result<StatusCode, ApiError> {
    let user = colleague(&app, &admin, id).await?;
    if user.status == UserStatus::Disabled {
        app.store.users().enable(user.id).await?;
        let entry = admin.0.by().audit(&app, "user.enabled").about(&user);
        entry.write(&app).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// What the store says of the last Admin, as a refusal.
pub(super) fn keep_an_admin<T>(done: Result<T, SessionsError>) -> Result<T, ApiError> {
    match done {
        Err(SessionsError::Store(StoreError::LastAdmin)) => {
            Err(Refusal::new(StatusCode::CONFLICT, "UL-1411", "api-last-admin").into())
        }
        done => Ok(done?),
    }
}

fn word(role: Role) -> &'static str {
    match role {
        Role::Agent => "agent",
        Role::Supervisor => "supervisor",
        Role::Admin => "admin",
    }
}
