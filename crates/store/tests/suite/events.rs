//! Events: a stream that was cut resumes without a gap, or is told that there is one.

use jiff::SignedDuration;
use session::{Cause, Kind};
use store::Store;

use super::sample::{actor, after, session_of, somebody, start};

/// A stream resumes after any number, with its own person's events, in order.
pub async fn a_stream_resumes_without_a_gap(store: &dyn Store) {
    let mira = somebody(store).await;
    let sam = somebody(store).await;
    let sessions = store.sessions();
    let mut all = Vec::new();
    for _ in 0..5 {
        let new = session_of(&mira, Kind::Desktop);
        all.push(sessions.start(&new).await.unwrap());
        sessions
            .start(&session_of(&sam, Kind::Browser))
            .await
            .unwrap();
        let cause = Cause::DesktopSignOut {
            session: new.record.session.id,
        };
        let ended = sessions
            .end(&cause, start(), &actor(&mira), new.surface.into())
            .await;
        all.push(ended.unwrap().ended.remove(0).event);
    }
    assert!(all.is_sorted_by_key(|event| event.sequence));
    for (index, event) in all.iter().enumerate() {
        let rest = sessions
            .events_after(mira.id, event.sequence, 100)
            .await
            .unwrap();
        assert_eq!(rest.unwrap(), all[index + 1..]);
    }
    let few = sessions.events_after(mira.id, 0, 3).await.unwrap();
    assert_eq!(few.unwrap(), all[..3]);
    let last = sessions.last_sequence().await.unwrap();
    assert_eq!(last, all[9].sequence);
}

/// Where events were pruned, a stream that needs one of them is told so; newer ones resume.
pub async fn a_stream_is_told_of_a_gap(store: &dyn Store) {
    let mira = somebody(store).await;
    let sessions = store.sessions();
    let first = sessions.last_sequence().await.unwrap();
    for hour in 0..6 {
        let mut new = session_of(&mira, Kind::Browser);
        new.record.session.started_at = after(SignedDuration::from_hours(hour));
        sessions.start(&new).await.unwrap();
    }
    let before = after(SignedDuration::from_hours(4));
    assert_eq!(sessions.prune_events(before, 3).await.unwrap(), 3);
    assert_eq!(sessions.prune_events(before, 3).await.unwrap(), 1);
    assert_eq!(sessions.prune_events(before, 3).await.unwrap(), 0);
    for gone in 0..4 {
        let answer = sessions
            .events_after(mira.id, first + gone, 10)
            .await
            .unwrap();
        assert_eq!(answer, None);
    }
    let rest = sessions.events_after(mira.id, first + 4, 10).await.unwrap();
    assert_eq!(rest.unwrap().len(), 2);
}

/// Numbers are never given out twice, also when all events were pruned.
pub async fn a_number_is_never_given_out_twice(store: &dyn Store) {
    let mira = somebody(store).await;
    let sessions = store.sessions();
    let event = sessions
        .start(&session_of(&mira, Kind::Browser))
        .await
        .unwrap();
    let far = after(SignedDuration::from_hours(24));
    assert_eq!(sessions.prune_events(far, 1000).await.unwrap(), 1);
    assert_eq!(sessions.last_sequence().await.unwrap(), event.sequence);
    let answer = sessions
        .events_after(mira.id, event.sequence, 10)
        .await
        .unwrap();
    assert_eq!(answer, Some(Vec::new()), "nothing after it is gone");
    let next = sessions
        .start(&session_of(&mira, Kind::Browser))
        .await
        .unwrap();
    assert_eq!(next.sequence, event.sequence + 1);
}

/// A number that was never given out (the database was restored) is told as a gap.
pub async fn a_number_from_before_a_restore_is_a_gap(store: &dyn Store) {
    let mira = somebody(store).await;
    let sessions = store.sessions();
    let event = sessions
        .start(&session_of(&mira, Kind::Browser))
        .await
        .unwrap();
    for ahead in [event.sequence + 1, u64::MAX] {
        let answer = sessions.events_after(mira.id, ahead, 10).await.unwrap();
        assert_eq!(answer, None);
    }
}
