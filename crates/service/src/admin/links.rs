//! Links that work once: to choose a new password, and to accept an invitation. Their secrets
//! are in the mail only; the store has digests.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use session::{OrganizationId, UserId};
use store::{Purpose, Role, StoreError, User};

use crate::{openid::secret, state::Service};

/// A person who forgot a password has this long.
pub const RESET_LIFE: Duration = Duration::from_mins(30);
/// A person who was invited, or whose account an operator made, has this long.
pub const INVITATION_LIFE: Duration = Duration::from_hours(7 * 24);

/// An invitation to join an organization.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Invitation {
    /// The organization.
    pub organization: OrganizationId,
    /// Whom.
    pub email: String,
    /// The person's name, as far as it is known.
    pub name: Option<String>,
    /// What the person will be.
    pub role: Role,
}

#[derive(Serialize, Deserialize)]
struct Reset {
    user: UserId,
}

/// A link to choose a new password.
pub async fn reset(app: &Service, user: &User, life: Duration) -> Result<String, StoreError> {
    let payload = serde_json::to_string(&Reset { user: user.id })
        .map_err(|_| StoreError::Unreadable("password reset"))?;
    put(
        app,
        Purpose::PasswordReset,
        &payload,
        life,
        "/reset-password",
    )
    .await
}

/// A link to accept an invitation.
pub async fn invitation(app: &Service, invitation: &Invitation) -> Result<String, StoreError> {
    let payload =
        serde_json::to_string(invitation).map_err(|_| StoreError::Unreadable("invitation"))?;
    put(
        app,
        Purpose::Invitation,
        &payload,
        INVITATION_LIFE,
        "/invitation",
    )
    .await
}

/// Whose password a reset is for.
pub fn user_of(payload: &str) -> Option<UserId> {
    serde_json::from_str(payload)
        .ok()
        .map(|Reset { user }| user)
}

async fn put(
    app: &Service,
    purpose: Purpose,
    payload: &str,
    life: Duration,
    path: &str,
) -> Result<String, StoreError> {
    let token = secret::random();
    let over = app.clock.now() + life;
    app.store
        .single_use()
        .put(purpose, secret::digest(&token), payload, over)
        .await?;
    Ok(app.config.page(&format!("{path}?token={token}")))
}
