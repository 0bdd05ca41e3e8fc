//! Calls: pages report them, and they hold back the ends that may wait (`session`'s module
//! `hold`). No sign-out interrupts one by surprise.

use std::sync::Arc;

use session::{Call, CallId, Cause, Surface, When};
use store::{Actor, CallReport, CallsOver, Reported};

use super::{
    Live, SessionsError,
    completion::to_completion,
    end::{end, tell},
};
use crate::{
    state::{App, Service},
    surfaces::wire::ChangedWhat,
};

const BATCH: u32 = 500;

/// What came of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The session is on that call.
    OnCall,
    /// The session has ended.
    Ended,
}

/// What came of a person's wish to sign out of this browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedOut {
    /// The browser session has ended.
    Now,
    /// It ends when this call is over.
    AfterCall(Call),
    /// Nothing has happened: there is a call, and the person has not said what about it.
    Asks(Call),
}

/// A page says that it is on a call, at least once in [`session::CALL_SILENCE`].
pub async fn report(
    app: &App,
    live: &Live,
    call: CallId,
    surface: Surface,
) -> Result<Heard, SessionsError> {
    let (service, user) = (Arc::clone(app), live.user.id);
    let session = live.record.session.id;
    to_completion(app, async move {
        let report = CallReport {
            session,
            call,
            surface,
            at: service.clock.now(),
        };
        match service.store.calls().report(report).await? {
            Reported::Began => {
                service.sessions.evict(session);
                service.streams.changed(user, ChangedWhat::Call);
                Ok(Heard::OnCall)
            }
            Reported::GoesOn => Ok(Heard::OnCall),
            Reported::Ended(ended) => {
                tell(&service, &[*ended]);
                Ok(Heard::Ended)
            }
            Reported::HadEnded(_) | Reported::Unknown => Ok(Heard::Ended),
        }
    })
    .await
}

/// A page says that its call is over; an end that waited for it comes now.
pub async fn over(app: &App, live: &Live, call: CallId) -> Result<(), SessionsError> {
    let (service, session) = (Arc::clone(app), live.record.session.id);
    let user = live.user.id;
    to_completion(app, async move {
        let now = service.clock.now();
        let over = service.store.calls().over(session, call, now).await?;
        changed(&service, &over);
        if !over.sessions.is_empty() {
            service.streams.changed(user, ChangedWhat::Call);
        }
        Ok(())
    })
    .await
}

/// Signs out of this browser (rule 1). `when` is what the person chose about a call; who chose
/// nothing is asked if there is one, also if it began a moment ago.
pub async fn sign_out(
    app: &App,
    live: &Live,
    actor: &Actor,
    surface: Surface,
    when: Option<When>,
) -> Result<SignedOut, SessionsError> {
    let session = live.record.session.id;
    let call = || async {
        let calls = app.store.calls().of(session, app.clock.now()).await?;
        Ok::<_, SessionsError>(calls.into_iter().next())
    };
    if when.is_none()
        && let Some(call) = call().await?
    {
        return Ok(SignedOut::Asks(call));
    }
    let cause = Cause::SurfaceSignOut {
        session,
        user: live.user.id,
        surface,
        all_browsers: live.organization.sign_out_ends_all_browsers,
        when: when.unwrap_or(When::AfterCall),
    };
    end(app, &cause, actor, Some(surface)).await?;
    // The end may wait since now or since an earlier wish; without a call it waits no more.
    let still = app.store.sessions().get(session).await?;
    let waits = still
        .and_then(|record| record.ending)
        .is_some_and(|it| it.after_call);
    if waits && let Some(call) = call().await? {
        return Ok(SignedOut::AfterCall(call));
    }
    Ok(SignedOut::Now)
}

/// Calls that were under way when the service stopped get a new minute to be reported in.
pub(super) async fn resume(app: &Service) -> Result<(), SessionsError> {
    let now = app.clock.now();
    app.store.calls().resume(now).await?;
    Ok(())
}

/// Ends calls whose page has gone.
pub(super) async fn expire(app: &Service) -> Result<(), SessionsError> {
    loop {
        let now = app.clock.now();
        let over = app.store.calls().expire(now, BATCH).await?;
        changed(app, &over);
        for session in &over.sessions {
            if let Some(record) = app.store.sessions().get(*session).await? {
                let user = record.session.user;
                app.streams.changed(user, ChangedWhat::Call);
            }
        }
        if over.sessions.len() < BATCH as usize {
            return Ok(());
        }
    }
}

fn changed(app: &Service, over: &CallsOver) {
    for session in &over.sessions {
        app.sessions.evict(*session);
    }
    tell(app, &over.ended);
}
