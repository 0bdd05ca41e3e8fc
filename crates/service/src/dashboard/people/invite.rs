//! `POST /api/people/invite`.
//!
//! Threats: finding out who has an account elsewhere (an address that another organization uses is
//! answered like any other; its owner is told on the page that the mail leads to), sending mail to
//! many (bounded by address), and an invitation that is used twice or after it was withdrawn
//! (single use; inviting again voids the one before).

use axum::{Json, extract::State, http::StatusCode};
use store::TeamId;

use crate::{
    admin::{AdminError, invitations, links, users::Person},
    api::{ApiError, Body, Refusal, text},
    dashboard::{
        who::Admin,
        wire::{InvitePerson, Invited, PersonShown, PersonStatus, TeamName},
    },
    state::App,
};

/// Invites a person by mail.
pub async fn invite(
    State(app): State<App>,
    admin: Admin,
    Body(sent): Body<InvitePerson>,
) -> Result<(StatusCode, Json<Invited>), ApiError> {
    let organization = &admin.0.live().organization;
    let name = match sent.name.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(name) => Some(text::name("name", name)?),
    };
    let team = match sent.team.map(TeamId) {
        None => None,
        Some(id) => {
            let team = app.store.teams().get(id).await?;
            let team = team.filter(|team| team.organization == organization.id);
            Some(team.ok_or_else(|| Refusal::of("team", "UL-1407", "api-no-team"))?)
        }
    };
    let person = Person {
        email: sent.email.clone(),
        name,
        role: sent.role,
    };
    let team_id = team.as_ref().map(|team| team.id);
    let invited =
        invitations::invite_by_mail(&app, organization, person, team_id, &admin.0.by()).await;
    let links::OpenInvitation { id, invitation } = invited.map_err(refused)?;
    let person = PersonShown {
        id,
        name: invitation.name.unwrap_or_default(),
        email: invitation.email,
        role: invitation.role,
        status: PersonStatus::Invited,
        team: team.map(|team| TeamName {
            id: team.id.0,
            name: team.name,
        }),
        live_sessions: 0,
        last_used: None,
    };
    Ok((StatusCode::CREATED, Json(Invited { person })))
}

fn refused(error: AdminError) -> ApiError {
    match error {
        AdminError::Address(_) => Refusal::of("email", "UL-1406", "api-email").into(),
        AdminError::Taken(_) => {
            let taken = Refusal::new(StatusCode::CONFLICT, "UL-1409", "api-email-taken");
            taken.at("email").into()
        }
        AdminError::TooManyMails(_) => {
            let status = StatusCode::TOO_MANY_REQUESTS;
            Refusal::new(status, "UL-1410", "api-mails")
                .at("email")
                .into()
        }
        AdminError::Store(error) => error.into(),
        AdminError::Sessions(error) => error.into(),
        AdminError::Hash(error) => error.into(),
        error => {
            tracing::error!(%error, "a person could not be invited");
            crate::pages::PageError::Internal("a person could not be invited").into()
        }
    }
}
