//! Renewal (RFC 6749 §6) with refresh tokens that are derived, not stored.
//!
//! Threats: a stolen token (bound to the session's key, RFC 9449 §5); a copied one (its second
//! holder is found out, RFC 9700 §4.14.2); a stolen database (it holds no token); a lost answer
//! or a killed app (the same token may be repeated until its successor is used).

use faults::Point;
use session::{EndReason, Lifetime, Presented, SessionId, lifetime_over};
use store::{Renewal, Renewed, SessionRecord};

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
    let proved = proof.map(|proof| proof.thumbprint.as_str());
    let Some(live) = live.await? else {
        return Err(Box::pin(over(app, client, token.session, proved)).await?);
    };
    bound(&live.record, client, proved)?;
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
        Renewed::Ended(end) => {
            app.sessions.evict(token.session);
            return Err(ProtocolError::SessionEnded(Some(end.reason)));
        }
        Renewed::Unknown => {
            app.sessions.evict(token.session);
            return Err(ProtocolError::SessionEnded(None));
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

/// Whether the token is its client's, and proven with its session's key.
fn bound(
    record: &SessionRecord,
    client: &Client,
    proved: Option<&str>,
) -> Result<(), ProtocolError> {
    if record.client_id.as_deref() != Some(&client.config.id) {
        return Err(ProtocolError::RefreshTokenBound("client"));
    }
    let key = record.key_thumbprint.as_deref();
    if key.is_some() && key != proved {
        return Err(ProtocolError::RefreshTokenBound("key"));
    }
    Ok(())
}

/// The refusal of a session that is not live. Only its own client is told why.
async fn over(
    app: &Service,
    client: &Client,
    session: SessionId,
    proved: Option<&str>,
) -> Result<ProtocolError, ProtocolError> {
    let Some(record) = app.store.sessions().get(session).await? else {
        return Ok(ProtocolError::SessionEnded(None));
    };
    if let Err(refusal) = bound(&record, client, proved) {
        return Ok(refusal);
    }
    let reason = match record.session.end {
        Some(end) => Some(end.reason),
        None => about_to_end(app, &record).await?,
    };
    Ok(ProtocolError::SessionEnded(reason))
}

/// Why a session is over that nobody has ended yet.
async fn about_to_end(
    app: &Service,
    record: &SessionRecord,
) -> Result<Option<EndReason>, ProtocolError> {
    let session = &record.session;
    let organization = app.store.organizations().get(session.organization).await?;
    let over = organization.and_then(|organization| {
        let lifetimes = organization.lifetimes(session.kind);
        lifetime_over(session, lifetimes, app.clock.now())
    });
    Ok(over.map(|lifetime| match lifetime {
        Lifetime::Idle => EndReason::IdleTooLong,
        Lifetime::Absolute => EndReason::TooOld,
    }))
}
