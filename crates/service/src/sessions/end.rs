//! Ending sessions: by the rules, durably, then told.

use std::sync::Arc;

use session::{Cause, Surface, UserId, When};
use store::{Actor, Ended, Ends};

use super::{SessionsError, completion::to_completion};
use crate::{
    state::{App, Service},
    surfaces::wire::ChangedWhat,
};

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
        tell_all(&service, &ends);
        Ok(ends)
    })
    .await
}

/// Disables a user and ends their sessions (rule 5), as one change.
pub async fn disable(
    app: &App,
    user: UserId,
    when: When,
    actor: &Actor,
    surface: Option<Surface>,
) -> Result<Ends, SessionsError> {
    let (service, actor) = (Arc::clone(app), actor.clone());
    to_completion(app, async move {
        let now = service.clock.now();
        let sessions = service.store.sessions();
        let ends = sessions.disable(user, when, now, &actor, surface).await?;
        tell_all(&service, &ends);
        Ok(ends)
    })
    .await
}

/// Has a user's sessions read again: their name or role has changed.
pub async fn read_again(app: &Service, user: UserId) -> Result<(), SessionsError> {
    for record in app.store.sessions().live_of(user).await? {
        app.sessions.evict(record.session.id);
    }
    app.streams.changed(user, ChangedWhat::Session);
    Ok(())
}

fn tell_all(app: &Service, ends: &Ends) {
    tell(app, &ends.ended);
    for record in &ends.later {
        app.sessions.evict(record.session.id);
        app.streams
            .changed(record.session.user, ChangedWhat::Ending);
    }
}

/// Evicts and tells of sessions that the store has ended.
pub(super) fn tell(app: &Service, ended: &[Ended]) {
    for one in ended {
        app.sessions.evict(one.record.session.id);
        app.bus.publish(one.event.clone());
    }
    // The store has noted which clients are to be told.
    if !ended.is_empty() {
        app.outbox.wake();
    }
}
