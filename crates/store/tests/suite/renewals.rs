//! Renewals: one successor, whatever comes at once.

use jiff::SignedDuration;
use session::{EndReason, Generations, Kind, Presented, SessionId, What};
use store::{Renewal, Renewed, Store, StoreError, Touch};
use uuid::Uuid;

use super::sample::{after, at_home, renewal, somebody, start, started};

/// A token yields its successor, then the same again, until the successor was used.
pub async fn a_token_may_be_repeated_until_its_successor_was_used(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Desktop).await.session.id;
    let sessions = store.sessions();
    let first = Generations { issued: 1 };
    let renewed = Renewed::Presented(Presented::Renewed(first), first);
    let answer = sessions.renew(renewal(id, 0, start())).await.unwrap();
    assert_eq!(answer, (renewed, None));
    for _ in 0..3 {
        let answer = sessions.renew(renewal(id, 0, start())).await.unwrap();
        assert_eq!(
            answer,
            (Renewed::Presented(Presented::Repeated, first), None)
        );
    }
    let second = Generations { issued: 2 };
    let answer = sessions.renew(renewal(id, 1, start())).await.unwrap();
    assert_eq!(
        answer.0,
        Renewed::Presented(Presented::Renewed(second), second)
    );
    let stored = sessions.get(id).await.unwrap().unwrap().session;
    assert_eq!(stored.generations, second);
    assert!(stored.is_live());
}

/// A spent token ends its session, with an event and an audit entry, and nothing else.
pub async fn a_spent_token_ends_its_session_alone(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Desktop).await.session.id;
    let other = started(store, &mira, Kind::Desktop).await.session.id;
    let sessions = store.sessions();
    for generation in 0..2 {
        sessions
            .renew(renewal(id, generation, start()))
            .await
            .unwrap();
    }
    let before = sessions.last_sequence().await.unwrap();
    let at = after(SignedDuration::from_secs(5));
    let (renewed, ended) = sessions.renew(renewal(id, 0, at)).await.unwrap();
    assert_eq!(
        renewed,
        Renewed::Presented(Presented::Spent, Generations { issued: 2 })
    );
    let ended = ended.unwrap();
    let reason = EndReason::TokenReplayed;
    assert_eq!(ended.event.what, What::Ended { reason });
    assert_eq!(
        ended.record.session.end.map(|end| (end.at, end.reason)),
        Some((at, reason))
    );
    let events = sessions.events_after(mira.id, before, 10).await.unwrap();
    assert_eq!(events, Some(vec![ended.event.clone()]));
    let audit = store.audit().newest(mira.organization, 1).await.unwrap();
    assert_eq!(audit[0].session, Some(id));
    assert_eq!(audit[0].reason.as_deref(), Some("token_replayed"));
    for generation in 0..4 {
        let answer = sessions.renew(renewal(id, generation, at)).await.unwrap();
        assert_eq!(
            answer,
            (Renewed::Ended(ended.record.session.end.unwrap()), None)
        );
    }
    assert!(
        sessions
            .get(other)
            .await
            .unwrap()
            .unwrap()
            .session
            .is_live()
    );
}

/// Of many renewals with one token at once, one issues the successor and the others repeat it.
pub async fn renewals_of_one_session_at_once_issue_one_successor(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Desktop).await.session.id;
    for generation in 0..8 {
        let all = (0..32).map(|_| store.sessions().renew(renewal(id, generation, start())));
        let mut renewed = 0;
        for answer in futures_util::future::join_all(all).await {
            match answer.unwrap() {
                (Renewed::Presented(Presented::Renewed(new), _), None) => {
                    assert_eq!(new.issued, generation + 1);
                    renewed += 1;
                }
                (Renewed::Presented(Presented::Repeated, now), None) => {
                    assert_eq!(now.issued, generation + 1);
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(renewed, 1);
    }
}

/// Many sessions renewed together each get their own successor.
pub async fn many_sessions_are_renewed_together(store: &dyn Store) {
    let mira = somebody(store).await;
    let mut ids = Vec::new();
    for _ in 0..100 {
        ids.push(started(store, &mira, Kind::Desktop).await.session.id);
    }
    for generation in 0..3 {
        let at = after(SignedDuration::from_secs(60));
        let all = ids
            .iter()
            .map(|id| store.sessions().renew(renewal(*id, generation, at)));
        for answer in futures_util::future::join_all(all).await {
            let new = Generations {
                issued: generation + 1,
            };
            assert_eq!(
                answer.unwrap().0,
                Renewed::Presented(Presented::Renewed(new), new)
            );
        }
    }
    for session in store.sessions().live_of(mira.id).await.unwrap() {
        assert_eq!(session.session.generations.issued, 3);
        assert_eq!(
            session.session.last_used_at,
            after(SignedDuration::from_secs(60))
        );
    }
}

/// A token and a spent copy presented at once: the session ends, the end is told once, and what
/// comes after it in the same commit finds the session ended.
pub async fn a_copied_token_at_once_with_the_real_one_ends_the_session_once(store: &dyn Store) {
    let mira = somebody(store).await;
    for _ in 0..20 {
        let id = started(store, &mira, Kind::Desktop).await.session.id;
        let sessions = store.sessions();
        for generation in 0..3 {
            sessions
                .renew(renewal(id, generation, start()))
                .await
                .unwrap();
        }
        let (real, copy, again, newest) = tokio::join!(
            sessions.renew(renewal(id, 3, start())),
            sessions.renew(renewal(id, 0, start())),
            sessions.renew(renewal(id, 3, start())),
            sessions.renew(renewal(id, 4, start())),
        );
        let new = Generations { issued: 4 };
        let (renewed, none) = real.unwrap();
        assert_eq!(renewed, Renewed::Presented(Presented::Renewed(new), new));
        assert_eq!(none, None);
        let (spent, ended) = copy.unwrap();
        assert_eq!(spent, Renewed::Presented(Presented::Spent, new));
        let end = ended.unwrap().record.session.end.unwrap();
        for late in [again, newest] {
            assert_eq!(late.unwrap(), (Renewed::Ended(end), None));
        }
        assert!(!sessions.get(id).await.unwrap().unwrap().session.is_live());
    }
}

/// A spent token in a request that was made before the newest token was given out may be an honest
/// one that was held up: it ends nothing, says so, and changes nothing.
pub async fn a_request_that_was_held_up_ends_nothing(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Desktop).await.session.id;
    let sessions = store.sessions();
    let seconds = |count| after(SignedDuration::from_secs(count));
    for generation in 0..3 {
        let at = seconds(60 * i64::try_from(generation).unwrap());
        sessions.renew(renewal(id, generation, at)).await.unwrap();
    }
    let before = sessions.get(id).await.unwrap();
    let last = sessions.last_sequence().await.unwrap();
    for generation in 0..2 {
        let late = Renewal {
            made_at: Some(seconds(119)),
            ..renewal(id, generation, seconds(200))
        };
        let answer = sessions.renew(late).await.unwrap();
        assert_eq!(answer, (Renewed::HeldUp, None));
    }
    assert_eq!(sessions.get(id).await.unwrap(), before);
    assert_eq!(sessions.last_sequence().await.unwrap(), last);
    let (renewed, _) = sessions.renew(renewal(id, 3, seconds(201))).await.unwrap();
    let new = Generations { issued: 4 };
    assert_eq!(renewed, Renewed::Presented(Presented::Renewed(new), new));
}

/// A second holder asks with a spent token after the newest was given out: the session ends. The
/// time that counts is the last rotation's, not that of a repeat or another use.
pub async fn a_request_made_after_the_newest_token_was_given_is_not_held_up(store: &dyn Store) {
    let mira = somebody(store).await;
    let sessions = store.sessions();
    let seconds = |count| after(SignedDuration::from_secs(count));
    for made_at in [Some(seconds(60)), Some(seconds(61)), None] {
        let id = started(store, &mira, Kind::Desktop).await.session.id;
        for (generation, at) in [(0, 0), (1, 60), (1, 120)] {
            let renewal = renewal(id, generation, seconds(at));
            sessions.renew(renewal).await.unwrap();
        }
        let touch = Touch {
            session: id,
            at: seconds(180),
            whereabouts: at_home(),
        };
        sessions.touch(touch).await.unwrap();
        let copied = Renewal {
            made_at,
            ..renewal(id, 0, seconds(240))
        };
        let (renewed, ended) = sessions.renew(copied).await.unwrap();
        let now = Generations { issued: 2 };
        assert_eq!(renewed, Renewed::Presented(Presented::Spent, now));
        let reason = EndReason::TokenReplayed;
        assert_eq!(ended.unwrap().event.what, What::Ended { reason });
    }
}

/// A token from the future of a restored database counts as the newest.
pub async fn a_token_ahead_of_a_restored_database_is_the_newest(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Desktop).await.session.id;
    let (renewed, ended) = store
        .sessions()
        .renew(renewal(id, 41, start()))
        .await
        .unwrap();
    let new = Generations { issued: 42 };
    assert_eq!(renewed, Renewed::Presented(Presented::Renewed(new), new));
    assert_eq!(ended, None);
}

/// An unknown session is said to be unknown, beside others that are renewed.
pub async fn an_unknown_session_harms_no_neighbour(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Desktop).await.session.id;
    let sessions = store.sessions();
    let (unknown, known) = tokio::join!(
        sessions.renew(renewal(SessionId(Uuid::now_v7()), 0, start())),
        sessions.renew(renewal(id, 0, start())),
    );
    assert_eq!(unknown.unwrap(), (Renewed::Unknown, None));
    assert!(matches!(
        known,
        Ok((Renewed::Presented(Presented::Renewed(_), _), None))
    ));
}

/// A renewal that comes after the idle lifetime does not revive the session (rule 9).
pub async fn a_late_renewal_does_not_revive(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Desktop).await.session.id;
    let sessions = store.sessions();
    let in_time = after(SignedDuration::from_hours(90 * 24));
    let (renewed, _) = sessions.renew(renewal(id, 0, in_time)).await.unwrap();
    assert!(matches!(
        renewed,
        Renewed::Presented(Presented::Renewed(_), _)
    ));
    let late = after(SignedDuration::from_hours(180 * 24) + SignedDuration::from_millis(1));
    let (renewed, ended) = sessions.renew(renewal(id, 1, late)).await.unwrap();
    let end = ended.unwrap().record.session.end.unwrap();
    assert_eq!(end.reason, EndReason::IdleTooLong);
    assert_eq!(renewed, Renewed::Ended(end));
}

/// Changes that fail beside renewals in one commit fail alone.
pub async fn a_failing_change_harms_no_neighbour(store: &dyn Store) {
    let mira = somebody(store).await;
    let new = super::sample::session_of(&mira, Kind::Desktop);
    let id = new.record.session.id;
    store.sessions().start(&new).await.unwrap();
    let other = super::sample::session_of(&mira, Kind::Browser);
    let sessions = store.sessions();
    let (again, renewed, started) = tokio::join!(
        sessions.start(&new),
        sessions.renew(renewal(id, 0, start())),
        sessions.start(&other),
    );
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    assert!(matches!(
        renewed,
        Ok((Renewed::Presented(Presented::Renewed(_), _), None))
    ));
    started.unwrap();
    assert_eq!(sessions.live_of(mira.id).await.unwrap().len(), 2);
    let events = sessions
        .events_after(mira.id, 0, 10)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(events.len(), 2, "the failed start left no event");
}
