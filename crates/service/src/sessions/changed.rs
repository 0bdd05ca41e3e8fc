//! What is remembered of sessions is forgotten when a person or an organization is not as before,
//! and their open tabs are told to look again.

use session::{OrganizationId, UserId};

use super::SessionsError;
use crate::state::Service;

/// A person's name or role has changed.
pub async fn person_changed(app: &Service, user: UserId) -> Result<(), SessionsError> {
    for record in app.store.sessions().live_of(user).await? {
        app.sessions.evict(record.session.id);
    }
    Ok(())
}

/// An organization's settings have changed.
pub async fn organization_changed(
    app: &Service,
    organization: OrganizationId,
) -> Result<(), SessionsError> {
    app.sessions.evict_all();
    let _ = organization;
    Ok(())
}
