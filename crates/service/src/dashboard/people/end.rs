//! `POST /api/people/{id}/disable` and `…/end-sessions` (rule 5): a session on a call ends when the
//! call does, unless the Admin chose now.

use axum::{Json, extract::State};
use session::{Cause, UserId, UserLoss};
use uuid::Uuid;

use super::{change::keep_an_admin, colleague, unless_told};
use crate::{
    admin::links,
    api::{ApiError, Body, Named},
    dashboard::{
        sessions::when,
        who::Admin,
        wire::{EndWhen, Ended},
    },
    sessions,
    state::App,
};

/// Ends a person's sessions for good and lets them sign in no more; withdraws an invitation.
pub async fn disable(
    State(app): State<App>,
    admin: Admin,
    Named(id): Named<Uuid>,
    Body(sent): Body<EndWhen>,
) -> Result<Json<Ended>, ApiError> {
    let organization = admin.0.organization();
    if links::withdraw(&app, organization, id).await? {
        let entry = admin.0.by().audit(&app, "user.invitation_withdrawn");
        entry.within(organization).write(&app).await?;
        return Ok(Json(Ended::default()));
    }
    let user = colleague(&app, &admin, UserId(id)).await?;
    unless_told(&admin, &user, sent.even_myself, "api-own-account")?;
    let by = admin.0.by();
    let done = sessions::disable(&app, user.id, when(sent), &by.actor, by.surface).await;
    Ok(Json(Ended::of(&keep_an_admin(done)?)))
}

/// Ends all of a person's sessions.
pub async fn end_sessions(
    State(app): State<App>,
    admin: Admin,
    Named(id): Named<UserId>,
    Body(sent): Body<EndWhen>,
) -> Result<Json<Ended>, ApiError> {
    let user = colleague(&app, &admin, id).await?;
    unless_told(&admin, &user, sent.even_myself, "api-own-sessions")?;
    let cause = Cause::UserLost {
        user: user.id,
        loss: UserLoss::EndedByAdmin,
        when: when(sent),
    };
    let by = admin.0.by();
    let ends = sessions::end(&app, &cause, &by.actor, by.surface).await?;
    Ok(Json(Ended::of(&ends)))
}
