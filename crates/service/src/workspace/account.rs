//! The person's account: name and password.

use axum::{Json, extract::State, http::StatusCode};

use super::wire::{Account, ChangeAccount, ChangePassword, Ended};
use crate::{
    account::{self, NotChanged, Passwords},
    api::{ApiError, Body, Refusal, text},
    observe::audit::Audit,
    pages::facts::RequestFacts,
    sessions,
    state::App,
    surfaces::SurfaceLogin,
};

/// `GET /api/account`.
pub(super) async fn show(
    State(app): State<App>,
    here: SurfaceLogin,
) -> Result<Json<Account>, ApiError> {
    // Not what is remembered of the session: a name that was changed a moment ago is shown.
    let user = app.store.users().get(here.user()).await?;
    let user = user.ok_or(ApiError::Missing)?;
    let password = app.store.users().password(user.id).await?;
    Ok(Json(Account {
        name: user.name,
        email: user.email,
        role: user.role,
        organization: here.live.organization.name.clone(),
        password_set: password.is_some(),
    }))
}

/// `PUT /api/account`.
///
/// Threat: a name that passes for something else where it is shown (no control characters, at
/// most 100 characters; everything that shows it shows it as text).
pub(super) async fn change(
    State(app): State<App>,
    here: SurfaceLogin,
    facts: RequestFacts,
    Body(sent): Body<ChangeAccount>,
) -> Result<Json<Account>, ApiError> {
    let name = text::name("name", &sent.name)?;
    let user = app.store.users().get(here.user()).await?;
    let mut user = user.ok_or(ApiError::Missing)?;
    if user.name != name {
        app.store.users().rename(user.id, &name).await?;
        user.name = name;
        Audit::new(&app, here.actor(), "user.renamed")
            .about(&user)
            .from(&facts)
            .on(here.site.surface())
            .write(&app)
            .await?;
        sessions::read_again(&app, user.id).await?;
    }
    show(State(app), here).await
}

/// `POST /api/account/password` (rule 6). Its threats are [`account::change_password`]'s.
pub(super) async fn change_password(
    State(app): State<App>,
    here: SurfaceLogin,
    facts: RequestFacts,
    Body(sent): Body<ChangePassword>,
) -> Result<Json<Ended>, ApiError> {
    let passwords = Passwords {
        current: sent.current,
        new: sent.new,
    };
    let surface = here.site.surface();
    match account::change_password(&app, &here.live, &facts, surface, passwords).await {
        Ok(ends) => Ok(Json(Ended::of(&ends))),
        Err(NotChanged::Failed(error)) => Err(error.into()),
        Err(refused) => {
            let (field, key, code) = refused.problem();
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Err(Refusal::new(status, code, key).at(field).into())
        }
    }
}
