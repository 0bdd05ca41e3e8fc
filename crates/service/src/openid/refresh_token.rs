//! Renewal (RFC 6749 §6) with refresh tokens that are derived, not stored.
//!
//! Threats: a stolen token (bound to the session's key, RFC 9449 §5); a copied one (its second
//! holder is found out, RFC 9700 §4.14.2); a stolen database (it holds no token); a lost answer
//! or a killed app (the same token may be repeated until its successor is used).

use faults::Point;
use session::{Presented, SessionId};
use store::{Renewal, Renewed};

use super::{
    Client, ProtocolError, access_token, dpop::Proof, grant::Grant, parameters::Parameters,
    scope::Scopes,
};
use crate::{
    keys::RefreshToken,
    pages::facts::RequestFacts,
    sessions,
    state::{App, Service},
};

/// The refresh token that is issued with a session.
pub fn first(app: &Service, session: SessionId, scopes: Scopes) -> String {
    app.openid.keys.seal_refresh(&RefreshToken {
        session,
        generation: 0,
        scopes: scopes.0,
    })
}

/// Exchanges a refresh token for its successor and a new access token: one write to the store.
pub async fn renew(
    app: &App,
    client: &Client,
    parameters: &Parameters,
    proof: Option<&Proof>,
    facts: RequestFacts,
) -> Result<Grant, ProtocolError> {
    faults::at(Point::ServiceRenewalReceived)?;
    let text = parameters.need("refresh_token")?;
    let token = app.openid.keys.open_refresh(text);
    let token = token.ok_or(ProtocolError::RefreshTokenInvalid)?;
    let now = app.clock.now();
    let live = app.sessions.get(app.store.as_ref(), token.session, now);
    let live = live.await?.ok_or(ProtocolError::SessionEnded)?;
    if live.record.client_id.as_deref() != Some(&client.config.id) {
        return Err(ProtocolError::RefreshTokenBound("client"));
    }
    let proved = proof.map(|proof| proof.thumbprint.as_str());
    let bound = live.record.key_thumbprint.as_deref();
    if bound.is_some() && bound != proved {
        return Err(ProtocolError::RefreshTokenBound("key"));
    }
    let granted = Scopes(token.scopes);
    let scopes = granted.narrowed(parameters.get("scope"))?;
    if let Some(proof) = proof {
        proof.use_up(app)?;
    }
    let renewal = Renewal {
        session: token.session,
        generation: token.generation,
        at: now,
        made_at: proof.map(|proof| proof.made_at),
        whereabouts: facts.whereabouts,
    };
    let generation = match sessions::renew(app, renewal).await? {
        Renewed::Presented(Presented::Renewed(_) | Presented::Repeated, generations) => {
            generations.issued
        }
        Renewed::Presented(Presented::Spent, _) => return Err(ProtocolError::RefreshTokenSpent),
        Renewed::HeldUp => return Err(ProtocolError::HeldUp),
        Renewed::Ended(_) | Renewed::Unknown => {
            app.sessions.evict(token.session);
            return Err(ProtocolError::SessionEnded);
        }
    };
    let successor = RefreshToken {
        generation,
        ..token
    };
    let access_token = access_token::issue(app, &live, &client.config.id, scopes, proved, now)?;
    let grant = Grant {
        refresh_token: Some(app.openid.keys.seal_refresh(&successor)),
        ..Grant::new(access_token, proved.is_some(), scopes.text())
    };
    faults::at(Point::ServiceRenewalBeforeAnswer)?;
    Ok(grant)
}
