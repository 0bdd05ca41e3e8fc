//! Token revocation (RFC 7009): how a desktop app signs out.

use axum::{extract::State, http::HeaderMap};
use session::Cause;
use store::Actor;

use super::{ProtocolError, client_auth, parameters::Parameters};
use crate::{sessions::end, state::App};

/// `POST /oauth/revoke`. Revoking any refresh token of a desktop session ends that session
/// (rule 2) and nothing else. It may be repeated: a session that has ended, or a token that never
/// was, is answered in the same way (§2.2).
///
/// Threats: signing out somebody else (the token must be authentic and the client its own); a
/// spent token still signs out, which is what its holder could do by presenting it (rule 8).
pub async fn revoke(
    State(app): State<App>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<(), ProtocolError> {
    let client = client_auth::client(&app, &headers, &parameters)?;
    let text = parameters.need("token")?;
    let Some(token) = app.openid.keys.open_refresh(text) else {
        // Access tokens end with their session, or in minutes: §2.2.1 lets us say so.
        return Ok(());
    };
    let record = app.store.sessions().get(token.session).await?;
    let Some(record) = record else { return Ok(()) };
    if record.client_id.as_deref() != Some(&client.config.id) || !record.session.is_live() {
        return Ok(());
    }
    let cause = Cause::DesktopSignOut {
        session: token.session,
    };
    let actor = Actor::User {
        user: record.session.user,
        session: Some(token.session),
    };
    end(&app, &cause, &actor, Some(client.surface())).await?;
    Ok(())
}
