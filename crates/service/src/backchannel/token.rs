//! Logout tokens (OpenID Connect Back-Channel Logout 1.0 §2.4).

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use session::{SessionId, UserId};
use store::Delivery;
use uuid::Uuid;

use super::DeliveryError;
use crate::{config::SigningAlgorithm, keys::Algorithm, openid::Client, state::Service};

/// Two minutes at most (§2.4): it is sent as soon as it is made.
const LIFE: i64 = 120;
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: UserId,
    aud: &'a str,
    iat: i64,
    exp: i64,
    jti: Uuid,
    events: Value,
    sid: SessionId,
}

/// A new one for a client. It has no `nonce`, so that nobody takes it for an ID token.
pub(super) fn issue(
    app: &Service,
    client: &Client,
    delivery: &Delivery,
    now: Timestamp,
) -> Result<String, DeliveryError> {
    let claims = Claims {
        iss: &app.openid.issuer,
        sub: delivery.user,
        aud: &client.config.id,
        iat: now.as_second(),
        exp: now.as_second() + LIFE,
        jti: Uuid::new_v4(),
        events: json!({ EVENT: {} }),
        sid: delivery.session,
    };
    let algorithm = match client.config.id_token_signed_response_alg {
        SigningAlgorithm::Es256 => Algorithm::Es256,
        SigningAlgorithm::Rs256 => Algorithm::Rs256,
    };
    let ring = app.openid.keys.ring();
    ring.signer(algorithm)
        .sign_logout_token(&claims)
        .map_err(|_| DeliveryError::Unsigned)
}
