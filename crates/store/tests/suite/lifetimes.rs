//! Lifetimes (rule 9): what has gone unused or grown too old ends, and nothing else.

use std::time::Duration;

use jiff::SignedDuration;
use session::{EndReason, Kind, Lifetimes};
use store::{Store, Touch};

use super::sample::{actor, after, at_home, organization, person, renewal, start, started};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Unused sessions end after their kind's idle lifetime, to the millisecond.
pub async fn unused_sessions_end_by_their_kind(store: &dyn Store) {
    let organization = organization(store).await;
    let mira = person(store, organization.id).await;
    let browser = started(store, &mira, Kind::Browser).await.session.id;
    let desktop = started(store, &mira, Kind::Desktop).await.session.id;
    let sessions = store.sessions();
    let moment = SignedDuration::from_millis(1);
    for (at, expected) in [
        (after(DAY * 30), None),
        (after(DAY * 30 + moment), Some(browser)),
        (after(DAY * 90), None),
        (after(DAY * 90 + moment), Some(desktop)),
    ] {
        let ended = sessions.end_due(at, 100).await.unwrap();
        let ids: Vec<_> = ended.iter().map(|ended| ended.record.session.id).collect();
        assert_eq!(ids, Vec::from_iter(expected));
        for ended in ended {
            let end = ended.record.session.end.unwrap();
            assert_eq!((end.at, end.reason), (at, EndReason::IdleTooLong));
        }
    }
}

/// Use keeps a session alive, noted or by renewal, up to the absolute lifetime.
pub async fn use_keeps_a_session_alive(store: &dyn Store) {
    let organization = organization(store).await;
    let mira = person(store, organization.id).await;
    let browser = started(store, &mira, Kind::Browser).await.session.id;
    let desktop = started(store, &mira, Kind::Desktop).await.session.id;
    let sessions = store.sessions();
    for step in 1..=6_u8 {
        let at = after(DAY * 29 * i32::from(step));
        sessions.touch(touch(browser, at)).await.unwrap();
        sessions
            .renew(renewal(desktop, u64::from(step) - 1, at))
            .await
            .unwrap();
        assert_eq!(sessions.end_due(at, 100).await.unwrap(), Vec::new());
        let used = sessions.get(browser).await.unwrap().unwrap().session;
        assert_eq!(
            used.last_used_at, at,
            "a note is written with the next change at the latest"
        );
    }
    let old = after(DAY * 180 + SignedDuration::from_millis(1));
    let ended = sessions.end_due(old, 100).await.unwrap();
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0].record.session.id, browser);
    assert_eq!(
        ended[0].record.session.end.unwrap().reason,
        EndReason::TooOld
    );
}

/// A use that is noted too late does not revive.
pub async fn a_late_use_does_not_revive(store: &dyn Store) {
    let organization = organization(store).await;
    let mira = person(store, organization.id).await;
    let id = started(store, &mira, Kind::Browser).await.session.id;
    let sessions = store.sessions();
    let late = after(DAY * 31);
    sessions.touch(touch(id, late)).await.unwrap();
    let ended = sessions.end_due(late, 100).await.unwrap();
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0].record.session.last_used_at, start());
}

/// An organization that shortens its lifetimes shortens those of living sessions.
pub async fn shorter_lifetimes_hold_for_living_sessions(store: &dyn Store) {
    let mut organization = organization(store).await;
    let mira = person(store, organization.id).await;
    let id = started(store, &mira, Kind::Desktop).await.session.id;
    organization.desktop_lifetimes = Some(Lifetimes {
        idle: Duration::from_mins(1),
        absolute: Some(Duration::from_mins(10)),
    });
    store.organizations().update(&organization).await.unwrap();
    let sessions = store.sessions();
    let at = after(SignedDuration::from_secs(60));
    assert_eq!(sessions.end_due(at, 100).await.unwrap(), Vec::new());
    let at = after(SignedDuration::from_secs(61));
    let ended = sessions.end_due(at, 100).await.unwrap();
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0].record.session.id, id);
}

/// However many are due, each call ends at most its limit, and all end in the end.
pub async fn due_sessions_end_a_few_at_a_time(store: &dyn Store) {
    let organization = organization(store).await;
    let mira = person(store, organization.id).await;
    for _ in 0..7 {
        started(store, &mira, Kind::Browser).await;
    }
    for _ in 0..7 {
        let used = started(store, &mira, Kind::Browser).await.session.id;
        store
            .sessions()
            .touch(touch(used, after(DAY * 20)))
            .await
            .unwrap();
    }
    let sessions = store.sessions();
    let mut counts = Vec::new();
    for _ in 0..4 {
        counts.push(sessions.end_due(after(DAY * 31), 3).await.unwrap().len());
    }
    assert_eq!(counts, [3, 3, 1, 0]);
    assert_eq!(sessions.live_of(mira.id).await.unwrap().len(), 7);
}

/// A clock that goes backwards ends nothing and takes nothing back.
pub async fn a_clock_that_goes_backwards_ends_nothing(store: &dyn Store) {
    let organization = organization(store).await;
    let mira = person(store, organization.id).await;
    let id = started(store, &mira, Kind::Desktop).await.session.id;
    let sessions = store.sessions();
    let back = start() - DAY;
    sessions.renew(renewal(id, 0, back)).await.unwrap();
    sessions.touch(touch(id, back)).await.unwrap();
    assert_eq!(sessions.end_due(back, 100).await.unwrap(), Vec::new());
    let cause = session::Cause::Everywhere { user: mira.id };
    let stored = sessions.get(id).await.unwrap().unwrap().session;
    assert_eq!(stored.last_used_at, start());
    assert_eq!(
        sessions
            .end(&cause, back, &actor(&mira), None)
            .await
            .unwrap()
            .ended
            .len(),
        1
    );
}

fn touch(session: session::SessionId, at: jiff::Timestamp) -> Touch {
    Touch {
        session,
        at,
        whereabouts: at_home(),
    }
}
