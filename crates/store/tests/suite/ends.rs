//! Ends: whom they reach, that they are told, that they are final.

use std::{collections::BTreeSet, time::Duration};

use jiff::SignedDuration;
use session::{Cause, CredentialChange, EndReason, Kind, Method, Surface, UserLoss, What};
use store::{Actor, Ended, Renewed, Store};

use super::sample::{actor, after, organization, person, renewal, somebody, start, started};

fn ids(ended: &[Ended]) -> BTreeSet<session::SessionId> {
    ended.iter().map(|ended| ended.record.session.id).collect()
}

/// A sign-out in the browser leaves the desktop session and the other browser alone.
pub async fn a_browser_sign_out_leaves_the_desktop_alone(store: &dyn Store) {
    let mira = somebody(store).await;
    let here = started(store, &mira, Kind::Browser).await.session.id;
    let elsewhere = started(store, &mira, Kind::Browser).await.session.id;
    let desktop = started(store, &mira, Kind::Desktop).await.session.id;
    let before = store.sessions().last_sequence().await.unwrap();
    let cause = Cause::SurfaceSignOut {
        session: here,
        user: mira.id,
        surface: Surface::Dashboard,
        all_browsers: false,
        when: session::When::Now,
    };
    let at = after(SignedDuration::from_secs(1));
    let surface = Some(Surface::Dashboard);
    let sessions = store.sessions();
    let ended = sessions
        .end(&cause, at, &actor(&mira), surface)
        .await
        .unwrap()
        .ended;
    assert_eq!(ids(&ended), BTreeSet::from([here]));
    let event = &ended[0].event;
    assert_eq!(
        event.what,
        What::Ended {
            reason: EndReason::SignedOut
        }
    );
    assert_eq!((event.surface, event.at), (surface, at));
    let told = sessions.events_after(mira.id, before, 10).await.unwrap();
    assert_eq!(told, Some(vec![event.clone()]));
    let end_of = async |user, session| sessions.end_of(user, session).await.unwrap();
    assert_eq!(end_of(mira.id, here).await.as_ref(), Some(event));
    assert_eq!(end_of(mira.id, elsewhere).await, None);
    let live = sessions.live_of(mira.id).await.unwrap();
    let live: BTreeSet<_> = live.iter().map(|record| record.session.id).collect();
    assert_eq!(live, BTreeSet::from([elsewhere, desktop]));
    let audit = store.audit().newest(mira.organization, 1).await.unwrap();
    assert_eq!(audit[0].action, "session.ended");
    assert_eq!(audit[0].actor, actor(&mira));
}

/// Sessions that a person chose are ended only where they are that person's.
pub async fn a_choice_never_reaches_another_persons_session(store: &dyn Store) {
    let organization = organization(store).await;
    let mira = person(store, organization.id).await;
    let sam = person(store, organization.id).await;
    let own = started(store, &mira, Kind::Desktop).await.session.id;
    let others = started(store, &sam, Kind::Desktop).await.session.id;
    let cause = Cause::Chosen {
        user: mira.id,
        sessions: BTreeSet::from([own, others]),
    };
    let sessions = store.sessions();
    let ended = sessions
        .end(&cause, start(), &actor(&mira), None)
        .await
        .unwrap()
        .ended;
    assert_eq!(ids(&ended), BTreeSet::from([own]));
    assert!(
        sessions
            .get(others)
            .await
            .unwrap()
            .unwrap()
            .session
            .is_live()
    );
}

/// An end keeps its first time and reason, and is told once.
pub async fn an_end_is_final(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Desktop).await.session.id;
    let sessions = store.sessions();
    let first = Cause::DesktopSignOut { session: id };
    let ended = sessions
        .end(&first, start(), &actor(&mira), None)
        .await
        .unwrap()
        .ended;
    assert_eq!(ended.len(), 1);
    let later = after(SignedDuration::from_hours(1));
    let loss = UserLoss::Disabled;
    let second = Cause::UserLost {
        user: mira.id,
        loss,
        when: session::When::Now,
    };
    let again = sessions
        .end(&second, later, &Actor::Operator, None)
        .await
        .unwrap()
        .ended;
    assert_eq!(again, Vec::new());
    let far = after(SignedDuration::from_hours(24 * 1000));
    assert_eq!(sessions.end_due(far, 100).await.unwrap(), Vec::new());
    let end = sessions
        .get(id)
        .await
        .unwrap()
        .unwrap()
        .session
        .end
        .unwrap();
    assert_eq!(
        (end.at, end.reason),
        (start(), EndReason::SignedOutOnDesktop)
    );
    let events = sessions
        .events_after(mira.id, 0, 10)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(events.len(), 2, "one start, one end");
}

/// However an end races with renewals: once it is answered, no renewal is granted.
pub async fn no_renewal_is_granted_after_an_end(store: &dyn Store) {
    let mira = somebody(store).await;
    let sessions = store.sessions();
    for _ in 0..20 {
        let id = started(store, &mira, Kind::Desktop).await.session.id;
        let cause = Cause::Everywhere { user: mira.id };
        let end = async {
            let ended = sessions
                .end(&cause, start(), &actor(&mira), None)
                .await
                .unwrap()
                .ended;
            assert_eq!(ids(&ended), BTreeSet::from([id]));
            sessions.renew(renewal(id, 9, start())).await.unwrap()
        };
        let renewals = async {
            let mut generation = 0;
            loop {
                match sessions
                    .renew(renewal(id, generation, start()))
                    .await
                    .unwrap()
                {
                    (Renewed::Ended(end), None) => return (generation, end),
                    (Renewed::Presented(..), None) => generation += 1,
                    other => panic!("{other:?}"),
                }
            }
        };
        let (after_the_end, (granted, end)) = tokio::join!(end, renewals);
        assert_eq!(after_the_end, (Renewed::Ended(end), None));
        assert_eq!(end.reason, EndReason::SignedOutEverywhere);
        let stored = sessions.get(id).await.unwrap().unwrap().session;
        assert_eq!(stored.generations.issued, granted);
    }
}

/// A changed password ends everything but the browser session that changed it.
pub async fn a_changed_password_spares_the_browser_that_changed_it(store: &dyn Store) {
    let mira = somebody(store).await;
    let here = started(store, &mira, Kind::Browser).await.session.id;
    let other = started(store, &mira, Kind::Browser).await.session.id;
    let desktop = started(store, &mira, Kind::Desktop).await.session.id;
    let cause = Cause::CredentialChanged {
        user: mira.id,
        change: CredentialChange::Password,
        by: Some(here),
    };
    let sessions = store.sessions();
    let ended = sessions
        .end(&cause, start(), &actor(&mira), None)
        .await
        .unwrap()
        .ended;
    assert_eq!(ids(&ended), BTreeSet::from([other, desktop]));
    let sequences: BTreeSet<_> = ended.iter().map(|ended| ended.event.sequence).collect();
    assert_eq!(sequences.len(), 2, "each end has a number of its own");
}

/// A tightened policy ends sessions when the notice is over: not before, and not the others.
pub async fn a_tightened_policy_gives_its_notice(store: &dyn Store) {
    let mira = somebody(store).await;
    let stranger = somebody(store).await;
    let id = started(store, &mira, Kind::Desktop).await.session.id;
    let elsewhere = started(store, &stranger, Kind::Desktop).await.session.id;
    let cause = Cause::PolicyTightened {
        organization: mira.organization,
        allowed: BTreeSet::from([Method::Passkey]),
        at: start(),
        notice: Duration::from_hours(1),
    };
    let sessions = store.sessions();
    let now = sessions
        .end(&cause, start(), &actor(&mira), None)
        .await
        .unwrap()
        .ended;
    assert_eq!(now, Vec::new());
    let early = after(SignedDuration::from_secs(3599));
    assert_eq!(sessions.end_due(early, 100).await.unwrap(), Vec::new());
    assert!(matches!(
        sessions.renew(renewal(id, 0, early)).await.unwrap(),
        (Renewed::Presented(..), None)
    ));
    let over = after(SignedDuration::from_hours(1));
    let ended = sessions.end_due(over, 100).await.unwrap();
    assert_eq!(ids(&ended), BTreeSet::from([id]));
    let end = ended[0].record.session.end.unwrap();
    assert_eq!((end.at, end.reason), (over, EndReason::PolicyTightened));
    assert!(
        sessions
            .get(elsewhere)
            .await
            .unwrap()
            .unwrap()
            .session
            .is_live()
    );
}
