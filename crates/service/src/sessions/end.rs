//! Ending sessions: by the rules, durably, then told.

use session::{Cause, Surface};
use store::{Actor, Ended};

use super::SessionsError;
use crate::state::Service;

/// Ends what `cause` reaches. The ends are durable before memory forgets the sessions, and memory
/// has forgotten them before anyone is told.
pub async fn end(
    app: &Service,
    cause: &Cause,
    actor: &Actor,
    surface: Option<Surface>,
) -> Result<Vec<Ended>, SessionsError> {
    let now = app.clock.now();
    let ended = app.store.sessions().end(cause, now, actor, surface).await?;
    tell(app, &ended);
    Ok(ended)
}

/// Evicts and tells of sessions that the store has ended.
pub(crate) fn tell(app: &Service, ended: &[Ended]) {
    for one in ended {
        app.sessions.evict(one.record.session.id);
        app.bus.publish(one.event.clone());
    }
}
