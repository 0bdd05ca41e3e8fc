//! A client may hang up at any moment; what its request has changed by then is told all the same.

use std::{future::poll_fn, pin::pin, task::Poll, time::Duration};

use session::{SessionEvent, What};
use tokio::sync::broadcast::Receiver;

use crate::support::{Desktop, Tokens, World, payload};

const MIRA: &str = "mira@acme.example";
/// More waits than any request has.
const MANY: usize = 50;
/// How often a request waits is the machine's business: one round may miss the moment.
const ROUNDS: usize = 20;

/// The moments at which a client hangs up: after the first wait of its request, the second, until
/// it is answered.
#[derive(Default)]
struct Moments {
    waits: usize,
    rounds: usize,
    answered: bool,
    /// It hung up after the end and before the answer.
    between: bool,
}

impl Moments {
    /// After how many waits it hangs up next; `None` once the moment that matters was met.
    fn next(&mut self) -> Option<usize> {
        if std::mem::take(&mut self.answered) {
            if self.between {
                return None;
            }
            self.waits = 0;
            self.rounds += 1;
            assert!(
                self.rounds < ROUNDS,
                "no moment was met between end and answer"
            );
        }
        self.waits += 1;
        assert!(self.waits < MANY, "never answered");
        Some(self.waits)
    }

    fn met(&mut self, ended: bool, answered: bool) {
        self.between |= ended && !answered;
        self.answered = answered;
    }
}

/// Works at a request until it has to wait for the `waits`-th time, and drops it there, as is done
/// when its client hangs up. Whether it was answered before.
async fn hang_up_after(waits: usize, request: impl Future) -> bool {
    let mut request = pin!(request);
    let mut left = waits;
    poll_fn(|context| match request.as_mut().poll(context) {
        Poll::Ready(_) => Poll::Ready(true),
        Poll::Pending if left == 1 => Poll::Ready(false),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

/// Whether the session is live once everything that was asked of the store so far is done.
async fn is_live(world: &World, tokens: &Tokens) -> bool {
    // Writes are done in turn: this one comes last, and changes nothing.
    let sessions = world.app.store.sessions();
    sessions
        .prune_events(jiff::Timestamp::UNIX_EPOCH, 1)
        .await
        .unwrap();
    let id = payload(&tokens.access)["sid"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    sessions.get(id).await.unwrap().unwrap().session.is_live()
}

/// Waits for the end of the session to be told.
async fn is_told(events: &mut Receiver<SessionEvent>, tokens: &Tokens) {
    let sid = payload(&tokens.access)["sid"].as_str().unwrap().to_owned();
    let told = async {
        loop {
            let event = events.recv().await.unwrap();
            let ended = matches!(event.what, What::Ended { .. });
            if ended && event.session.to_string() == sid {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), told)
        .await
        .expect("an end that is durable is told");
}

#[tokio::test]
async fn a_sign_out_whose_client_hangs_up_is_told_as_soon_as_it_is_made() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let mut moments = Moments::default();
    while let Some(waits) = moments.next() {
        let tokens = desktop.sign_in(MIRA).await;
        let mut events = world.app.bus.subscribe();
        let answered = hang_up_after(waits, desktop.revoke(&tokens.refresh)).await;
        let ended = !is_live(&world, &tokens).await;
        if ended {
            is_told(&mut events, &tokens).await;
        }
        moments.met(ended, answered);
    }
}

#[tokio::test]
async fn a_spent_token_whose_holder_hangs_up_ends_the_session_for_all_to_hear() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let mut moments = Moments::default();
    while let Some(waits) = moments.next() {
        let tokens = desktop.sign_in(MIRA).await;
        let second = Tokens::of(&desktop.refresh(&tokens.refresh).await);
        desktop.refresh(&second.refresh).await;
        let mut events = world.app.bus.subscribe();
        let answered = hang_up_after(waits, desktop.refresh(&tokens.refresh)).await;
        let ended = !is_live(&world, &tokens).await;
        if ended {
            is_told(&mut events, &tokens).await;
        }
        moments.met(ended, answered);
    }
}
