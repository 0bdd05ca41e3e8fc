//! Pushed authorization requests (RFC 9126).

use std::time::Duration;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;
use store::{Purpose, StoreError, Taken};

use super::{
    Client, ProtocolError, client_auth, dpop::Proof, parameters::Parameters, request::Request,
    secret,
};
use crate::state::{App, Service};

const PREFIX: &str = "urn:ietf:params:oauth:request_uri:";

/// As long as a sign-in may take: the person may open the address in another browser, or reload
/// it. It is used up when a sign-in that came of it is finished (§4 allows the reload).
const LIFE: Duration = Duration::from_mins(10);

/// `POST /oauth/par`: takes an authorization request from the client directly.
///
/// Threats: a request changed or read on its way through the browser (RFC 9700 §4.1), which is
/// what this endpoint is for; a client that passes for another. A DPoP proof binds the code to
/// its key (RFC 9449 §10.1).
pub async fn push(
    State(app): State<App>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Response, ProtocolError> {
    let client = client_auth::client(&app, &headers, &parameters)?;
    // RFC 9126 §2.1: a pushed request cannot point to another.
    if parameters.get("request_uri").is_some() {
        return Err(ProtocolError::Malformed("request_uri"));
    }
    let redirect_uri = parameters.need("redirect_uri")?;
    if !client.may_redirect_to(redirect_uri) {
        return Err(ProtocolError::UnknownRedirect);
    }
    let mut request = Request::read(&app, &client, redirect_uri.to_owned(), &parameters)?;
    if let Some(proof) = Proof::read(&app, &headers, &Method::POST, "/oauth/par", None)? {
        let said = request
            .dpop_jkt
            .get_or_insert_with(|| proof.thumbprint.clone());
        if *said != proof.thumbprint {
            return Err(ProtocolError::ProofInvalid("its key is not dpop_jkt"));
        }
        proof.use_up(&app)?;
    }
    let name = secret::random();
    let payload = serde_json::to_string(&request)
        .map_err(|_| ProtocolError::Internal("a request without text form"))?;
    let over = app.clock.now() + LIFE;
    app.store
        .single_use()
        .put(
            Purpose::PushedRequest,
            secret::digest(&name),
            &payload,
            over,
        )
        .await?;
    let answer = json!({
        "request_uri": format!("{PREFIX}{name}"),
        "expires_in": LIFE.as_secs(),
    });
    let no_store = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((StatusCode::CREATED, no_store, Json(answer)).into_response())
}

/// The request behind a `request_uri` that this client pushed, and the name to use it up by.
pub async fn pushed(
    app: &Service,
    client: &Client,
    request_uri: &str,
) -> Result<(Request, String), ProtocolError> {
    let name = request_uri.strip_prefix(PREFIX);
    let name = name.ok_or(ProtocolError::RequestUriInvalid)?;
    let single_use = app.store.single_use();
    let now = app.clock.now();
    let peeked = single_use.peek(Purpose::PushedRequest, secret::digest(name), now);
    let Taken::Now(payload) = peeked.await? else {
        return Err(ProtocolError::RequestUriInvalid);
    };
    let request: Request = serde_json::from_str(&payload)
        .map_err(|_| ProtocolError::Unavailable(StoreError::Unreadable("pushed request")))?;
    if request.client_id != client.config.id {
        return Err(ProtocolError::RequestUriInvalid);
    }
    Ok((request, name.to_owned()))
}
