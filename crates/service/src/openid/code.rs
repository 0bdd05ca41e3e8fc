//! Authorization codes (RFC 6749 §4.1): made when a person has signed in, exchanged once.

use std::{sync::Arc, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use session::{Authentication, Cause, Kind, SessionId, UserId};
use sha2::{Digest, Sha256};
use store::{Actor, Device, Purpose, StoreError, Taken, UserStatus};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::{
    Client, ProtocolError, access_token, attempt::Authenticated, dpop::Proof, grant::Grant,
    id_token, parameters::Parameters, refresh_token, request::Request, scope::Scopes, secret,
};
use crate::{
    pages::facts::RequestFacts,
    sessions::{NewDesktop, end, start_desktop, to_completion},
    state::{App, Service},
};

/// A code that a browser carries straight back.
const LIFE: Duration = Duration::from_mins(1);
/// A code that a person may have to copy into the app.
const LIFE_BY_HAND: Duration = Duration::from_mins(5);

#[derive(Serialize, Deserialize)]
struct Stored {
    request: Request,
    user: UserId,
    authentication: Authentication,
    /// A browser client's: there already. A desktop client's: made by the exchange, under this
    /// id, so that a second use of the code finds what the first one made.
    session: SessionId,
    /// The browser that the person signed in with.
    browser: Device,
    /// The code came a second time.
    #[serde(default)]
    replayed: bool,
}

/// A new code.
pub async fn issue(
    app: &Service,
    request: Request,
    who: &Authenticated,
    browser_session: Option<SessionId>,
    facts: &RequestFacts,
) -> Result<String, ProtocolError> {
    let by_hand = !request.redirect_uri.starts_with("http");
    let over = app.clock.now() + if by_hand { LIFE_BY_HAND } else { LIFE };
    let stored = Stored {
        request,
        user: who.user.id,
        authentication: who.authentication.clone(),
        session: browser_session.unwrap_or_else(|| SessionId(Uuid::now_v7())),
        browser: facts.device.clone(),
        replayed: false,
    };
    let code = secret::random();
    let single_use = app.store.single_use();
    let digest = secret::digest(&code);
    single_use
        .put(Purpose::AuthorizationCode, digest, &written(&stored)?, over)
        .await?;
    Ok(code)
}

/// Exchanges a code for tokens. Everything is checked before the code is used up, so that
/// someone who only saw it cannot spoil it.
pub async fn exchange(
    app: &App,
    client: &Client,
    parameters: &Parameters,
    proof: Option<&Proof>,
    facts: &RequestFacts,
) -> Result<Grant, ProtocolError> {
    let digest = secret::digest(parameters.need("code")?);
    let now = app.clock.now();
    let single_use = app.store.single_use();
    let peeked = single_use.peek(Purpose::AuthorizationCode, digest, now);
    let stored = match peeked.await? {
        Taken::Now(payload) => read(&payload)?,
        Taken::Before(payload) => return Err(replayed(app, client, digest, &payload).await?),
        Taken::Expired | Taken::Unknown => return Err(ProtocolError::CodeInvalid),
    };
    check(&stored.request, client, parameters, proof)?;
    if let Some(proof) = proof {
        proof.use_up(app)?;
    }
    let taken = single_use.take(Purpose::AuthorizationCode, digest, now);
    match taken.await? {
        Taken::Now(_) => {}
        Taken::Before(payload) => return Err(replayed(app, client, digest, &payload).await?),
        Taken::Expired | Taken::Unknown => return Err(ProtocolError::CodeInvalid),
    }
    match client.config.session_kind {
        Kind::Desktop => for_desktop(app, client, digest, stored, proof, facts).await,
        Kind::Browser => for_browser(app, client, &stored, proof).await,
    }
}

/// RFC 6749 §4.1.3, RFC 7636 §4.6, RFC 9449 §10.
fn check(
    request: &Request,
    client: &Client,
    parameters: &Parameters,
    proof: Option<&Proof>,
) -> Result<(), ProtocolError> {
    if request.client_id != client.config.id {
        return Err(ProtocolError::CodeMismatch("client"));
    }
    if parameters.need("redirect_uri")? != request.redirect_uri {
        return Err(ProtocolError::CodeMismatch("redirect address"));
    }
    match (&request.code_challenge, parameters.get("code_verifier")) {
        (None, None) => {}
        (Some(challenge), Some(verifier)) if (43..=128).contains(&verifier.len()) => {
            let computed = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
            if !bool::from(computed.as_bytes().ct_eq(challenge.as_bytes())) {
                return Err(ProtocolError::CodeMismatch("verifier"));
            }
        }
        // A verifier where there was no challenge is a downgrade (RFC 9700 §2.1.1).
        _ => return Err(ProtocolError::CodeMismatch("verifier")),
    }
    let proved = proof.map(|proof| proof.thumbprint.as_str());
    if request.dpop_jkt.is_some() && request.dpop_jkt.as_deref() != proved {
        return Err(ProtocolError::CodeMismatch("key"));
    }
    Ok(())
}

async fn for_desktop(
    app: &App,
    client: &Client,
    digest: [u8; 32],
    stored: Stored,
    proof: Option<&Proof>,
    facts: &RequestFacts,
) -> Result<Grant, ProtocolError> {
    let user = app.store.users().get(stored.user).await?;
    let user = user.filter(|user| user.status == UserStatus::Active);
    let user = user.ok_or(ProtocolError::CodeInvalid)?;
    let new = NewDesktop {
        id: stored.session,
        user: &user,
        authentication: stored.authentication.clone(),
        client_id: &client.config.id,
        device: device(client, &stored),
        whereabouts: facts.whereabouts.clone(),
        key_thumbprint: proof.map(|proof| proof.thumbprint.clone()),
    };
    let live = start_desktop(app, new).await?;
    // A second use that came before the session was there found nothing to end: it left word.
    let now = app.clock.now();
    let single_use = app.store.single_use();
    let peeked = single_use.peek(Purpose::AuthorizationCode, digest, now);
    if let Taken::Before(payload) = peeked.await?
        && read(&payload)?.replayed
    {
        end_replayed(app, stored.session).await?;
        return Err(ProtocolError::CodeReplayed);
    }
    let live = live.ok_or(ProtocolError::SessionEnded(None))?;
    let scopes = stored.request.scopes;
    let refresh_token = refresh_token::first(app, stored.session, scopes);
    let grant = tokens(app, client, &live, &stored, proof)?;
    Ok(Grant {
        refresh_token: Some(refresh_token),
        ..grant
    })
}

async fn for_browser(
    app: &Service,
    client: &Client,
    stored: &Stored,
    proof: Option<&Proof>,
) -> Result<Grant, ProtocolError> {
    let now = app.clock.now();
    let live = app.sessions.get(app.store.as_ref(), stored.session, now);
    let live = live.await?.ok_or(ProtocolError::SessionEnded(None))?;
    if !client.admits(&live.user) {
        return Err(ProtocolError::OtherOrganization);
    }
    // Before anything is given: an end that comes now knows whom to tell.
    let clients = app.store.clients();
    let id = &client.config.id;
    if client.keeps_a_login() && !clients.logged_in(stored.session, id, now).await? {
        return Err(ProtocolError::SessionEnded(None));
    }
    tokens(app, client, &live, stored, proof)
}

fn tokens(
    app: &Service,
    client: &Client,
    live: &crate::sessions::Live,
    stored: &Stored,
    proof: Option<&Proof>,
) -> Result<Grant, ProtocolError> {
    let now = app.clock.now();
    let scopes = stored.request.scopes;
    let key = proof.map(|proof| proof.thumbprint.as_str());
    let access_token = access_token::issue(app, live, &client.config.id, scopes, key, now)?;
    let nonce = stored.request.nonce.as_deref();
    let id_token = scopes
        .has(Scopes::OPENID)
        .then(|| id_token::issue(app, live, client, scopes, nonce, now));
    Ok(Grant {
        id_token: id_token.transpose()?,
        ..Grant::new(access_token, key.is_some(), scopes.text())
    })
}

/// The device as the app described it; what it left out is said by the browser.
fn device(client: &Client, stored: &Stored) -> Device {
    let request = &stored.request;
    let agent = match &request.app_version {
        Some(version) => format!("{} {version}", client.config.name),
        None => client.config.name.clone(),
    };
    let platform = request.device_platform.clone();
    let platform = platform.unwrap_or_else(|| stored.browser.platform.clone());
    Device {
        name: request.device_name.clone().unwrap_or_else(|| agent.clone()),
        platform,
        agent,
    }
}

/// RFC 6749 §4.1.2, RFC 9700 §4.5: what the first use led to ends.
async fn replayed(
    app: &App,
    client: &Client,
    digest: [u8; 32],
    payload: &str,
) -> Result<ProtocolError, ProtocolError> {
    let mut stored = read(payload)?;
    if stored.request.client_id != client.config.id {
        return Ok(ProtocolError::CodeInvalid);
    }
    stored.replayed = true;
    let payload = written(&stored)?;
    let service = Arc::clone(app);
    to_completion(app, async move {
        let single_use = service.store.single_use();
        single_use
            .amend(Purpose::AuthorizationCode, digest, &payload)
            .await?;
        end_replayed(&service, stored.session).await?;
        Ok(ProtocolError::CodeReplayed)
    })
    .await
}

async fn end_replayed(app: &App, session: SessionId) -> Result<(), ProtocolError> {
    let cause = Cause::TokenReplayed { session };
    end(app, &cause, &Actor::Service, None).await?;
    Ok(())
}

fn written(stored: &Stored) -> Result<String, ProtocolError> {
    serde_json::to_string(stored).map_err(|_| ProtocolError::Internal("a code without text form"))
}

fn read(payload: &str) -> Result<Stored, ProtocolError> {
    serde_json::from_str(payload)
        .map_err(|_| ProtocolError::Unavailable(StoreError::Unreadable("authorization code")))
}
