//! Waiting that a sleeping computer cannot stretch. The monotonic clock may stand still while it
//! sleeps; the wall clock does not.

use std::time::{Duration, SystemTime};

use tokio::{sync::watch, time::Instant};

/// How often the clocks are compared.
const SLICE: Duration = Duration::from_secs(10);
/// The wall clock may drift, and be set, by this much.
const JUMP: Duration = Duration::from_secs(15);

/// Why the waiting is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Woke {
    /// The time has come.
    Due,
    /// The computer slept, or somebody asked.
    Nudged,
}

/// Waits until `due`, a nudge, or the end of the computer's sleep.
pub async fn wait(due: Instant, nudges: &mut watch::Receiver<u64>) -> Woke {
    loop {
        let slice = (Instant::now() + SLICE).min(due);
        let (began, began_wall) = (Instant::now(), SystemTime::now());
        tokio::select! {
            () = tokio::time::sleep_until(slice) => {}
            changed = nudges.changed() => match changed {
                Ok(()) => return Woke::Nudged,
                // Nobody can nudge any more.
                Err(_) => tokio::time::sleep_until(slice).await,
            },
        }
        let wall = began_wall.elapsed().unwrap_or(Duration::ZERO);
        if wall > began.elapsed() + JUMP {
            tracing::info!("the computer slept");
            return Woke::Nudged;
        }
        if Instant::now() >= due {
            return Woke::Due;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn waits_until_it_is_due() {
        let (_nudge, mut nudges) = watch::channel(0);
        let due = Instant::now() + Duration::from_millis(40);
        assert_eq!(wait(due, &mut nudges).await, Woke::Due);
        assert!(Instant::now() >= due);
    }

    #[tokio::test]
    async fn a_nudge_ends_it_at_once() {
        let (nudge, mut nudges) = watch::channel(0);
        let began = Instant::now();
        let waiting = tokio::spawn(async move {
            wait(Instant::now() + Duration::from_mins(4), &mut nudges).await
        });
        nudge.send_modify(|count| *count += 1);
        assert_eq!(waiting.await.ok(), Some(Woke::Nudged));
        assert!(began.elapsed() < SLICE);
    }
}
