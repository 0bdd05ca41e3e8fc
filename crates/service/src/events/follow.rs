//! The one listener of the bus: evicts ended sessions from memory and tells the open streams.
//!
//! It also compares what it heard with what the store has numbered, once a second. So an end that
//! another process wrote (the operator at the command line) or that the bus lost is noticed
//! within two seconds: memory is cleared and streams read what they missed.

use std::{collections::HashSet, time::Duration};

use session::What;
use tokio::{
    sync::broadcast::error::RecvError,
    time::{MissedTickBehavior, interval},
};

use crate::state::App;

const COMPARE_EVERY: Duration = Duration::from_secs(1);

/// Follows the bus for as long as the returned future is polled. It hears from the moment of the
/// call.
pub fn follow(app: App) -> impl Future<Output = ()> + Send {
    let mut bus = app.bus.subscribe();
    async move {
        let mut heard = Heard::default();
        let mut ticks = interval(COMPARE_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                event = bus.recv() => match event {
                    Ok(event) => {
                        heard.sequences.insert(event.sequence);
                        if matches!(event.what, What::Ended { .. }) {
                            app.sessions.evict(event.session);
                        }
                        app.streams.tell(&event);
                    }
                    Err(RecvError::Lagged(_)) => look_again(&app),
                    Err(RecvError::Closed) => return,
                },
                _ = ticks.tick() => match app.store.sessions().last_sequence().await {
                    Ok(last) => if heard.missed(last) {
                        look_again(&app);
                    },
                    Err(error) => {
                        // What is not known to be live must be read again.
                        tracing::error!(%error, "the session events could not be compared");
                        app.sessions.evict_all();
                    }
                },
            }
        }
    }
}

fn look_again(app: &App) {
    app.sessions.evict_all();
    app.streams.catch_up();
}

/// Which numbers were heard, against those that were given out.
#[derive(Debug, Default)]
struct Heard {
    sequences: HashSet<u64>,
    /// Everything up to here is settled.
    settled: Option<u64>,
    /// The newest number at the last comparison: what was durable then has been told by now.
    last: u64,
}

impl Heard {
    /// Whether something durable at the previous comparison was not heard until this one.
    fn missed(&mut self, last: u64) -> bool {
        let due = std::mem::replace(&mut self.last, last);
        let Some(settled) = self.settled else {
            self.settled = Some(last);
            return false;
        };
        let missed = (settled + 1..=due).any(|sequence| !self.sequences.contains(&sequence));
        let settled = settled.max(due);
        self.sequences.retain(|sequence| *sequence > settled);
        self.settled = Some(settled);
        missed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_bus_told_is_not_missed() {
        let mut heard = Heard::default();
        assert!(!heard.missed(5));
        heard.sequences.extend([6, 7]);
        assert!(!heard.missed(7));
        assert!(!heard.missed(7));
        assert!(!heard.missed(7));
    }

    #[test]
    fn an_event_that_is_durable_but_not_told_yet_is_given_one_more_round() {
        let mut heard = Heard::default();
        assert!(!heard.missed(5));
        assert!(!heard.missed(6));
        heard.sequences.insert(6);
        assert!(!heard.missed(6));
        assert!(!heard.missed(6));
    }

    #[test]
    fn an_event_of_another_process_is_noticed_once_even_between_own_ones() {
        let mut heard = Heard::default();
        assert!(!heard.missed(5));
        heard.sequences.insert(7);
        assert!(!heard.missed(7));
        assert!(heard.missed(7), "6 was written by someone else");
        assert!(!heard.missed(7));
    }
}
