//! The worker: takes what is owed from the outbox and tells clients, each in a line of its own.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use backon::{BackoffBuilder, ExponentialBuilder};
use jiff::{SignedDuration, Timestamp};
use store::{Delivery, StoreError};
use tokio::{
    sync::{Notify, Semaphore},
    time::{MissedTickBehavior, interval},
};

use super::{DeliveryError, send::Caller, token};
use crate::{
    openid::Client,
    state::{App, Service},
};

/// How often it looks for what another process owes, or is to be tried again.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// What was taken and not settled, because of a crash, comes up again after this.
const TAKEN_FOR: SignedDuration = SignedDuration::from_secs(30);
const BATCH: u32 = 256;
/// More than so many are not taken from the outbox at a time.
const MOST_AT_ONCE: usize = 4096;
/// A client is told of so many ends at a time.
const MOST_FOR_ONE: usize = 8;
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_hours(1);
/// A client that could not be told for so long has to find out for itself.
const TRIED_FOR: SignedDuration = SignedDuration::from_hours(24);
/// What was given up is shown for so long.
const SHOWN_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
const CLEAN_EVERY: u32 = 600;

const TOLD: &str = "unified_login_backchannel_logouts_total";
const SECONDS: &str = "unified_login_backchannel_logout_seconds";
const UNTOLD: &str = "unified_login_backchannel_logouts_under_way";

/// Wakes the worker, and knows what it is at.
#[derive(Debug, Default)]
pub struct Outbox {
    news: Notify,
    under_way: Mutex<HashSet<u64>>,
    lines: Mutex<HashMap<String, Arc<Semaphore>>>,
}

impl Outbox {
    /// Something may be owed: look now.
    pub fn wake(&self) {
        self.news.notify_one();
    }

    fn under_way(&self) -> MutexGuard<'_, HashSet<u64>> {
        self.under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The line of one client.
    fn line(&self, client: &str) -> Arc<Semaphore> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody waits in a line that only this map knows.
        if lines.len() >= MOST_AT_ONCE {
            lines.retain(|_, line| Arc::strong_count(line) > 1);
        }
        let line = lines.entry(client.to_owned());
        Arc::clone(line.or_insert_with(|| Arc::new(Semaphore::new(MOST_FOR_ONE))))
    }
}

/// Works for as long as it is polled. What goes wrong is tried again with the next look.
pub async fn run(app: App) {
    let here = crate::openid::is_this_computer(&app.config.issuer);
    let caller = match Caller::new(here) {
        Ok(caller) => Arc::new(caller),
        Err(error) => {
            tracing::error!(%error, "UL-1502: clients cannot be told of ends of sessions");
            return;
        }
    };
    let mut ticks = interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut look: u32 = 0;
    loop {
        tokio::select! {
            () = app.outbox.news.notified() => {}
            _ = ticks.tick() => {
                if let Err(error) = app.openid.clients.reload(app.store.as_ref()).await {
                    tracing::error!(%error, "the registered clients could not be read");
                }
                if look.is_multiple_of(CLEAN_EVERY)
                    && let Err(error) = clean(&app).await
                {
                    tracing::error!(%error, "deliveries that were given up could not be removed");
                }
                look = look.wrapping_add(1);
            }
        }
        if let Err(error) = take(&app, &caller).await {
            tracing::error!(%error, "what clients are owed could not be read");
        }
        metrics::gauge!(UNTOLD).set(count(app.outbox.under_way().len()));
    }
}

/// Takes everything that is to be tried now.
async fn take(app: &App, caller: &Arc<Caller>) -> Result<(), StoreError> {
    loop {
        if app.outbox.under_way().len() >= MOST_AT_ONCE {
            return Ok(());
        }
        let now = app.clock.now();
        let until = now.saturating_add(TAKEN_FOR).unwrap_or(Timestamp::MAX);
        let taken = app.store.deliveries().claim(now, until, BATCH).await?;
        let all = taken.len() < BATCH as usize;
        for delivery in taken {
            // Still waiting in its client's line since it was taken last.
            if !app.outbox.under_way().insert(delivery.number) {
                continue;
            }
            let (app, caller) = (Arc::clone(app), Arc::clone(caller));
            let tasks = app.tasks.clone();
            tasks.spawn(async move {
                deliver(&app, &caller, &delivery).await;
                app.outbox.under_way().remove(&delivery.number);
            });
        }
        if all {
            return Ok(());
        }
    }
}

async fn deliver(app: &Service, caller: &Caller, delivery: &Delivery) {
    let line = app.outbox.line(&delivery.client);
    // Nobody closes a line.
    let Ok(_place) = line.acquire().await else {
        return;
    };
    let settled = match app.openid.clients.get(&delivery.client) {
        Some(client) if client.config.backchannel_logout_uri.is_some() => {
            attempt(app, caller, &client, delivery).await
        }
        // Removed since, or never wanted to be told.
        _ => app.store.deliveries().done(delivery.number).await,
    };
    if let Err(error) = settled {
        // It comes up again: a client may be told twice, and never not at all.
        tracing::error!(%error, client = delivery.client, "a delivery could not be settled");
    }
}

async fn attempt(
    app: &Service,
    caller: &Caller,
    client: &Client,
    delivery: &Delivery,
) -> Result<(), StoreError> {
    let token = token::issue(app, client, delivery, app.clock.now());
    let told = match token {
        Ok(token) => caller.tell(client, token).await,
        Err(error) => Err(error),
    };
    let now = app.clock.now();
    let deliveries = app.store.deliveries();
    match told {
        Ok(()) => {
            let took = now.duration_since(delivery.ended_at).as_secs_f64();
            metrics::counter!(TOLD, "outcome" => "told").increment(1);
            metrics::histogram!(SECONDS).record(took.max(0.0));
            deliveries.done(delivery.number).await
        }
        Err(error) => {
            let next = next_try(delivery, now);
            note(&error, delivery, next);
            let error = error.to_string();
            deliveries.failed(delivery.number, &error, next).await
        }
    }
}

fn note(error: &DeliveryError, delivery: &Delivery, next: Option<Timestamp>) {
    let Delivery {
        client, attempts, ..
    } = delivery;
    let outcome = if next.is_some() { "failed" } else { "given_up" };
    metrics::counter!(TOLD, "outcome" => outcome).increment(1);
    if next.is_some() {
        tracing::warn!(%error, client, attempts, "a client could not be told of an end");
    } else {
        tracing::error!(%error, client, attempts, "a client will not be told of an end");
    }
}

/// Jittered and growing, so that many ends do not come back to a client as one.
fn next_try(delivery: &Delivery, now: Timestamp) -> Option<Timestamp> {
    let mut pauses = ExponentialBuilder::new()
        .with_min_delay(FIRST_PAUSE)
        .with_max_delay(LONGEST_PAUSE)
        .with_factor(2.0)
        .with_jitter()
        .without_max_times()
        .build();
    let before = usize::try_from(delivery.attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let pause = pauses.nth(before.min(20)).unwrap_or(LONGEST_PAUSE);
    let pause = SignedDuration::try_from(pause).unwrap_or(TRIED_FOR);
    let next = now.saturating_add(pause).ok()?;
    let last = delivery.ended_at.saturating_add(TRIED_FOR).ok()?;
    (next <= last).then_some(next)
}

async fn clean(app: &Service) -> Result<(), StoreError> {
    let before = app.clock.now() - SHOWN_FOR;
    while app.store.deliveries().clean(before, BATCH).await? >= u64::from(BATCH) {}
    Ok(())
}

fn count(all: usize) -> f64 {
    f64::from(u32::try_from(all).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use session::{SessionId, UserId};
    use uuid::Uuid;

    use super::*;

    fn tried(attempts: u32) -> Delivery {
        Delivery {
            number: 1,
            client: "reports".to_owned(),
            user: UserId(Uuid::nil()),
            session: SessionId(Uuid::nil()),
            ended_at: Timestamp::UNIX_EPOCH,
            attempts,
        }
    }

    #[test]
    fn a_client_that_is_down_is_tried_for_a_day_and_ever_more_rarely() {
        let (mut now, mut tries) = (Timestamp::UNIX_EPOCH, 1);
        while let Some(next) = next_try(&tried(tries), now) {
            let pause = next.duration_since(now);
            assert!(
                pause >= SignedDuration::from_secs(5) && pause.as_hours() <= 2,
                "{pause}"
            );
            (now, tries) = (next, tries + 1);
        }
        let tried_for = now.duration_since(Timestamp::UNIX_EPOCH);
        assert!(tried_for.as_hours() >= 21, "{tried_for}");
        assert!((15..60).contains(&tries), "{tries} times");
    }

    #[test]
    fn the_first_pause_is_short_and_not_always_the_same() {
        let pauses: HashSet<_> = (0..20)
            .map(|_| next_try(&tried(1), Timestamp::UNIX_EPOCH).unwrap())
            .collect();
        assert!(pauses.len() > 1);
        let longest = pauses.into_iter().max().unwrap();
        assert!(longest.as_second() <= 10);
    }
}
