//! `/api/clients`: other teams' surfaces that sign in here.
//!
//! Threats: a redirect address that anybody can hear at (checked as those of the configuration
//! are), a secret that is seen again (shown once, stored as its digest), a client of another
//! organization.

mod fields;

use std::collections::BTreeMap;

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post, put},
};
use store::{Failing, RegisteredClient, TokenEndpointAuth};

use super::{
    who::Admin,
    wire::{ClientCreated, ClientFields, ClientSecret, ClientShown, Clients, Deliveries},
};
use crate::{
    api::{ApiError, Body, Named, Refusal},
    openid::secret,
    state::App,
};

/// The most clients of one organization.
const MOST: usize = 100;

/// The endpoints about clients.
pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/api/clients", get(list).post(add))
        .route("/api/clients/{id}", put(change).delete(remove))
        .route("/api/clients/{id}/secret", post(replace_secret))
}

/// `GET /api/clients`.
async fn list(State(app): State<App>, admin: Admin) -> Result<Json<Clients>, ApiError> {
    let failing = app.store.deliveries().failing().await?;
    let clients = app.store.clients().of(admin.0.organization()).await?;
    let mut clients: Vec<ClientShown> = clients
        .into_iter()
        .map(|client| shown(client, &failing))
        .collect();
    clients.sort_by_cached_key(|client| client.fields.name.to_lowercase());
    Ok(Json(Clients { clients }))
}

/// `POST /api/clients`.
async fn add(
    State(app): State<App>,
    admin: Admin,
    Body(sent): Body<ClientFields>,
) -> Result<(StatusCode, Json<ClientCreated>), ApiError> {
    let settings = fields::checked(&sent)?;
    let organization = admin.0.organization();
    if app.store.clients().of(organization).await?.len() >= MOST {
        return Err(Refusal::of("name", "UL-1407", "api-too-many-clients").into());
    }
    let secret = needs_secret(settings.token_endpoint_auth_method).then(secret::random);
    let client = RegisteredClient {
        // Chosen here, so that an id says nothing of other organizations' clients.
        id: format!("client-{}", &secret::random()[..22]),
        organization,
        settings,
        secret_digest: secret.as_deref().map(secret::digest),
        created_at: app.clock.now(),
    };
    app.store.clients().add(&client).await?;
    note(&app, &admin, "client.registered", &client.id).await?;
    let client = own(&app, &admin, &client.id).await?;
    let client = shown(client, &BTreeMap::new());
    Ok((StatusCode::CREATED, Json(ClientCreated { client, secret })))
}

/// `PUT /api/clients/{id}`. A client that needs a secret from now on gets one; one that needs
/// none loses it.
async fn change(
    State(app): State<App>,
    admin: Admin,
    Named(id): Named<String>,
    Body(sent): Body<ClientFields>,
) -> Result<Json<ClientCreated>, ApiError> {
    let settings = fields::checked(&sent)?;
    let mut client = own(&app, &admin, &id).await?;
    let told_elsewhere = client.settings.backchannel_logout_uri != settings.backchannel_logout_uri;
    client.settings = settings;
    let mut secret = None;
    if !needs_secret(client.settings.token_endpoint_auth_method) {
        client.secret_digest = None;
    } else if client.secret_digest.is_none() {
        let new = secret::random();
        client.secret_digest = Some(secret::digest(&new));
        secret = Some(new);
    }
    app.store.clients().update(&client).await?;
    if told_elsewhere {
        let now = app.clock.now();
        app.store.deliveries().retry(&id, now).await?;
    }
    note(&app, &admin, "client.changed", &id).await?;
    let failing = app.store.deliveries().failing().await?;
    let client = shown(client, &failing);
    Ok(Json(ClientCreated { client, secret }))
}

/// `DELETE /api/clients/{id}`.
async fn remove(
    State(app): State<App>,
    admin: Admin,
    Named(id): Named<String>,
) -> Result<StatusCode, ApiError> {
    let client = own(&app, &admin, &id).await?;
    if app.store.clients().remove(&client.id).await? {
        note(&app, &admin, "client.removed", &id).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/clients/{id}/secret`: the one before is void at once.
async fn replace_secret(
    State(app): State<App>,
    admin: Admin,
    Named(id): Named<String>,
) -> Result<Json<ClientSecret>, ApiError> {
    let mut client = own(&app, &admin, &id).await?;
    if !needs_secret(client.settings.token_endpoint_auth_method) {
        let status = StatusCode::CONFLICT;
        return Err(Refusal::new(status, "UL-1413", "api-public-client").into());
    }
    let secret = secret::random();
    client.secret_digest = Some(secret::digest(&secret));
    app.store.clients().update(&client).await?;
    note(&app, &admin, "client.secret_replaced", &id).await?;
    Ok(Json(ClientSecret { secret }))
}

fn needs_secret(method: TokenEndpointAuth) -> bool {
    method != TokenEndpointAuth::None
}

async fn own(app: &App, admin: &Admin, id: &str) -> Result<RegisteredClient, ApiError> {
    let client = app.store.clients().get(id).await?;
    client
        .filter(|client| client.organization == admin.0.organization())
        .ok_or(ApiError::Missing)
}

/// In force at once here, and noticed by other processes within a second.
async fn note(app: &App, admin: &Admin, action: &str, client: &str) -> Result<(), ApiError> {
    app.openid.clients.reload(app.store.as_ref()).await?;
    let entry = admin.0.by().audit(app, action);
    let entry = entry.within(admin.0.organization()).because(client);
    Ok(entry.write(app).await?)
}

fn shown(client: RegisteredClient, failing: &BTreeMap<String, Failing>) -> ClientShown {
    let failing = failing.get(&client.id).cloned().unwrap_or_default();
    ClientShown {
        fields: fields::shown(client.settings),
        secret_set: client.secret_digest.is_some(),
        created_at: client.created_at,
        deliveries: Deliveries {
            failing: failing.waiting,
            given_up: failing.given_up,
            last_error: failing.last_error,
            next_try: failing.next_try,
        },
        id: client.id,
    }
}
