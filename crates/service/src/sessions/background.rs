//! What happens to sessions without a request: lifetimes and notice periods that are over
//! (rules 7 and 9), single-use secrets that are over, events that nobody resumes after any more,
//! keys that were rotated.

use std::time::Duration;

use jiff::SignedDuration;
use tokio::time::{MissedTickBehavior, interval};

use super::{SessionsError, calls, end::tell};
use crate::state::{App, Service};

const EVERY: Duration = Duration::from_secs(5);
/// How long events are kept. A stream that was away for longer is told to start over, which costs
/// its app one look at its session; what happened stays in the audit log.
const EVENTS_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Every how many rounds secrets and events that are over are removed.
const CLEAN_EVERY: u32 = 12;
const BATCH: u32 = 500;

/// Works for as long as it is polled. A round that fails is tried again with the next.
pub async fn run(app: App) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut round: u32 = 0;
    if let Err(error) = calls::resume(&app).await {
        tracing::error!(%error, "calls that were under way could not be resumed");
    }
    loop {
        ticks.tick().await;
        if let Err(error) = calls::expire(&app).await {
            tracing::error!(%error, "calls that are over could not be ended");
        }
        if let Err(error) = end_due(&app).await {
            tracing::error!(%error, "sessions that are over could not be ended");
        }
        if round.is_multiple_of(CLEAN_EVERY) {
            if let Err(error) = clean(&app).await {
                tracing::error!(%error, "single-use secrets that are over could not be removed");
            }
            if let Err(error) = prune(&app).await {
                tracing::error!(%error, "old events could not be removed");
            }
        }
        match app.openid.keys.reload() {
            Ok(true) => tracing::info!("keys were rotated"),
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "the keys could not be read again"),
        }
        round = round.wrapping_add(1);
    }
}

/// Ends what is due, in batches, so that no write holds up the others for long.
async fn end_due(app: &Service) -> Result<(), SessionsError> {
    loop {
        let now = app.clock.now();
        let ended = app.store.sessions().end_due(now, BATCH).await?;
        tell(app, &ended);
        if ended.len() < BATCH as usize {
            return Ok(());
        }
    }
}

async fn clean(app: &Service) -> Result<(), SessionsError> {
    loop {
        let now = app.clock.now();
        if app.store.single_use().clean(now, BATCH).await? < u64::from(BATCH) {
            return Ok(());
        }
    }
}

async fn prune(app: &Service) -> Result<(), SessionsError> {
    let before = app.clock.now() - EVENTS_KEPT;
    while app.store.sessions().prune_events(before, BATCH).await? >= u64::from(BATCH) {}
    Ok(())
}
