//! Whose calls hold whose ends, and who is not waited for.

use std::time::Duration;

use session::{Cause, CredentialChange, EndReason, Ending, Kind, UserLoss, When};
use store::{Actor, Ends, Store};

use super::{
    calls::{LIMIT, a_call, end, is_live, on_call, seconds, sign_out},
    sample::{organization, person, somebody, start, started},
};

/// The desktop app's own call holds no browser session, nor the reverse, whoever ends both.
pub async fn only_a_sessions_own_call_holds_its_end(store: &dyn Store) {
    let mira = somebody(store).await;
    let browser = started(store, &mira, Kind::Browser).await.session.id;
    let desktop = started(store, &mira, Kind::Desktop).await.session.id;
    let call = a_call();
    on_call(store, desktop, call, start()).await;
    let ends = end(
        store,
        &mira,
        &sign_out(&mira, browser, When::AfterCall),
        start(),
    )
    .await;
    assert_eq!(ends.ended.len(), 1, "the browser session is on no call");
    let cause = Cause::UserLost {
        user: mira.id,
        loss: UserLoss::EndedByAdmin,
        when: When::AfterCall,
    };
    let ends = end(store, &mira, &cause, start()).await;
    assert_eq!((ends.ended.len(), ends.after_call()), (0, 1));
    let over = store.calls().over(desktop, call, start()).await.unwrap();
    let end = over.ended[0].record.session.end.unwrap();
    assert_eq!(end.reason, EndReason::EndedByAdmin);
}

/// An admin ends one session of the own organization, after its call or at once.
pub async fn an_admin_ends_one_session_of_the_own_organization(store: &dyn Store) {
    let acme = organization(store).await;
    let mira = person(store, acme.id).await;
    let stranger = somebody(store).await;
    let one = started(store, &mira, Kind::Browser).await.session.id;
    let two = started(store, &mira, Kind::Browser).await.session.id;
    let theirs = started(store, &stranger, Kind::Browser).await.session.id;
    on_call(store, one, a_call(), start()).await;
    let cause = |session, when| Cause::EndedByAdmin {
        organization: acme.id,
        session,
        when,
    };
    let foreign = end(store, &mira, &cause(theirs, When::Now), start()).await;
    assert_eq!(foreign, Ends::default());
    let held = end(store, &mira, &cause(one, When::AfterCall), start()).await;
    assert_eq!((held.ended.len(), held.after_call()), (0, 1));
    let now = end(store, &mira, &cause(one, When::Now), start()).await;
    assert_eq!(now.ended.len(), 1);
    assert!(is_live(store, two).await && is_live(store, theirs).await);
}

/// call no more than its limit.
pub async fn passwords_and_policies_wait_for_calls(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Browser).await.session.id;
    let call = a_call();
    on_call(store, id, call, start()).await;
    let changed = Cause::CredentialChanged {
        user: mira.id,
        change: CredentialChange::Password,
        by: None,
    };
    assert_eq!(end(store, &mira, &changed, start()).await.after_call(), 1);
    store.calls().over(id, call, start()).await.unwrap();
    assert!(!is_live(store, id).await);

    let id = started(store, &mira, Kind::Browser).await.session.id;
    let tightened = Cause::PolicyTightened {
        organization: mira.organization,
        allowed: std::collections::BTreeSet::new(),
        at: start(),
        notice: Duration::from_mins(1),
    };
    let ends = end(store, &mira, &tightened, start()).await;
    assert_eq!((ends.later.len(), ends.after_call()), (1, 0));
    on_call(store, id, call, seconds(30)).await;
    let sessions = store.sessions();
    assert_eq!(sessions.end_due(seconds(61), 10).await.unwrap(), []);
    let record = sessions.get(id).await.unwrap().unwrap();
    let waits = Ending {
        at: seconds(60) + LIMIT,
        reason: EndReason::PolicyTightened,
        after_call: true,
    };
    assert_eq!(record.ending, Some(waits));
    let over = store.calls().over(id, call, seconds(70)).await.unwrap();
    assert_eq!(over.ended.len(), 1);
}

/// Disabling a user ends what lives and keeps out what would begin, in whichever order they come.
pub async fn nobody_signs_in_past_being_disabled(store: &dyn Store) {
    for _ in 0..20 {
        let mira = somebody(store).await;
        let new = super::sample::session_of(&mira, Kind::Desktop);
        let sessions = store.sessions();
        let (begun, ends) = tokio::join!(
            sessions.start(&new),
            sessions.disable(mira.id, When::Now, start(), &Actor::Operator, None),
        );
        let ends = ends.unwrap();
        assert_eq!(begun.is_ok(), ends.ended.len() == 1, "{begun:?}");
        assert!(sessions.live_of(mira.id).await.unwrap().is_empty());
        let refused = sessions
            .start(&super::sample::session_of(&mira, Kind::Browser))
            .await;
        assert!(
            matches!(refused, Err(store::StoreError::Disabled)),
            "{refused:?}"
        );
        store.users().enable(mira.id).await.unwrap();
        started(store, &mira, Kind::Browser).await;
    }
}

/// A disabled person's call is not cut off, and nothing begins beside it.
pub async fn a_disabled_persons_call_is_not_cut_off(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Browser).await.session.id;
    let call = a_call();
    on_call(store, id, call, start()).await;
    let sessions = store.sessions();
    let ends = sessions
        .disable(mira.id, When::AfterCall, start(), &Actor::Operator, None)
        .await
        .unwrap();
    assert_eq!((ends.ended.len(), ends.after_call()), (0, 1));
    // Letting the person in again takes no end back.
    store.users().enable(mira.id).await.unwrap();
    let over = store.calls().over(id, call, start()).await.unwrap();
    let end = over.ended[0].record.session.end.unwrap();
    assert_eq!(end.reason, EndReason::UserDisabled);
}
