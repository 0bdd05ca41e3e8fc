//! Links that work once: to choose a new password, and to accept an invitation. Their secrets
//! are in the mail only; the store has digests.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use session::{OrganizationId, UserId};
use store::{Purpose, Role, StoreError, Taken, TeamId, User};
use uuid::Uuid;

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
    /// The person's team.
    #[serde(default)]
    pub team: Option<TeamId>,
    /// The digest of the link's secret, so that the invitation can be withdrawn.
    #[serde(default)]
    pub digest: Option<[u8; 32]>,
}

/// An invitation that nobody has accepted so far.
#[derive(Clone, Debug)]
pub struct OpenInvitation {
    /// Its name for machines: a part of the digest, which leads to no secret.
    pub id: Uuid,
    /// The invitation.
    pub invitation: Invitation,
}

/// More than this are not looked through.
const MOST_OPEN: u32 = 10_000;

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
pub async fn invitation(
    app: &Service,
    mut invitation: Invitation,
) -> Result<(String, OpenInvitation), StoreError> {
    let token = secret::random();
    let digest = secret::digest(&token);
    invitation.digest = Some(digest);
    let payload =
        serde_json::to_string(&invitation).map_err(|_| StoreError::Unreadable("invitation"))?;
    let over = app.clock.now() + INVITATION_LIFE;
    let single_use = app.store.single_use();
    single_use
        .put(Purpose::Invitation, digest, &payload, over)
        .await?;
    let open = OpenInvitation {
        id: id(digest),
        invitation,
    };
    Ok((link(app, "/invitation", &token), open))
}

/// The organization's invitations that can be accepted at `now`, newest first.
pub async fn open_invitations(
    app: &Service,
    organization: OrganizationId,
    now: Timestamp,
) -> Result<Vec<OpenInvitation>, StoreError> {
    let single_use = app.store.single_use();
    let payloads = single_use
        .unused(Purpose::Invitation, now, MOST_OPEN)
        .await?;
    let open = payloads.iter().filter_map(|payload| {
        let invitation: Invitation = serde_json::from_str(payload).ok()?;
        let id = id(invitation.digest?);
        (invitation.organization == organization).then_some(OpenInvitation { id, invitation })
    });
    Ok(open.collect())
}

/// Voids an invitation of the organization's; `false` if there is none of that name.
pub async fn withdraw(
    app: &Service,
    organization: OrganizationId,
    id: Uuid,
) -> Result<bool, StoreError> {
    let now = app.clock.now();
    let open = open_invitations(app, organization, now).await?;
    let found = open.into_iter().find(|open| open.id == id);
    let Some(digest) = found.and_then(|open| open.invitation.digest) else {
        return Ok(false);
    };
    let single_use = app.store.single_use();
    let taken = single_use.take(Purpose::Invitation, digest, now).await?;
    Ok(matches!(taken, Taken::Now(_)))
}

fn id(digest: [u8; 32]) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Uuid::from_bytes(bytes)
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
    Ok(link(app, path, &token))
}

fn link(app: &Service, path: &str, token: &str) -> String {
    app.config.page(&format!("{path}?token={token}"))
}
