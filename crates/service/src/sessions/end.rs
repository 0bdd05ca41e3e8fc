//! Ending sessions: by the rules, durably, then told.

use std::sync::Arc;

use session::{Cause, Surface};
use store::{Actor, Ended, Ends};

use super::{SessionsError, completion::to_completion};
use crate::state::{App, Service};

/// Ends what `cause` reaches. The ends are durable before memory forgets the sessions, and memory
/// has forgotten them before anyone is told. A client that hangs up changes nothing of it.
pub async fn end(
    app: &App,
    cause: &Cause,
    actor: &Actor,
    surface: Option<Surface>,
) -> Result<Ends, SessionsError> {
    let (service, cause, actor) = (Arc::clone(app), cause.clone(), actor.clone());
    to_completion(app, async move {
        let now = service.clock.now();
        let sessions = service.store.sessions();
        let ends = sessions.end(&cause, now, &actor, surface).await?;
        tell(&service, &ends.ended);
        Ok(ends)
    })
    .await
}

/// Evicts and tells of sessions that the store has ended.
pub(super) fn tell(app: &Service, ended: &[Ended]) {
    for one in ended {
        app.sessions.evict(one.record.session.id);
        app.bus.publish(one.event.clone());
    }
}
