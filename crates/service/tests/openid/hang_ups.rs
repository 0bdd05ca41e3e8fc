//! A client may hang up at any moment; what its request has changed by then is told all the same.

use std::{future::poll_fn, pin::pin, task::Poll, time::Duration};

use session::{SessionEvent, What};
use tokio::sync::broadcast::Receiver;

use crate::support::{Desktop, Tokens, World, payload};

const MIRA: &str = "mira@acme.example";
/// More waits than any request has.
const MANY: usize = 50;

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
    let mut unanswered = 0;
    for waits in 1..MANY {
        let tokens = desktop.sign_in(MIRA).await;
        let mut events = world.app.bus.subscribe();
        let answered = hang_up_after(waits, desktop.revoke(&tokens.refresh)).await;
        if !is_live(&world, &tokens).await {
            is_told(&mut events, &tokens).await;
            unanswered += usize::from(!answered);
        }
        if answered {
            assert!(unanswered > 0, "no moment was met between end and answer");
            return;
        }
    }
    panic!("never answered");
}

#[tokio::test]
async fn a_spent_token_whose_holder_hangs_up_ends_the_session_for_all_to_hear() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let mut unanswered = 0;
    for waits in 1..MANY {
        let tokens = desktop.sign_in(MIRA).await;
        let second = Tokens::of(&desktop.refresh(&tokens.refresh).await);
        desktop.refresh(&second.refresh).await;
        let mut events = world.app.bus.subscribe();
        let answered = hang_up_after(waits, desktop.refresh(&tokens.refresh)).await;
        if !is_live(&world, &tokens).await {
            is_told(&mut events, &tokens).await;
            unanswered += usize::from(!answered);
        }
        if answered {
            assert!(unanswered > 0, "no moment was met between end and answer");
            return;
        }
    }
    panic!("never answered");
}
