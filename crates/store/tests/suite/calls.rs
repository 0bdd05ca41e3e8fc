//! Calls: they hold the ends that they may hold, and a held end always comes.

use jiff::{SignedDuration, Timestamp};
use session::{CallId, Cause, EndReason, Ending, Kind, SessionId, Surface, When};
use store::{CallReport, CallsOver, Ends, Reported, Store, User};
use uuid::Uuid;

use super::sample::{actor, after, somebody, start, started};

pub const LIMIT: SignedDuration = SignedDuration::from_hours(4);

pub fn seconds(count: i64) -> Timestamp {
    after(SignedDuration::from_secs(count))
}

pub async fn on_call(
    store: &dyn Store,
    session: SessionId,
    call: CallId,
    at: Timestamp,
) -> Reported {
    let report = CallReport {
        session,
        call,
        surface: Surface::Cti,
        at,
    };
    store.calls().report(report).await.unwrap()
}

pub fn a_call() -> CallId {
    CallId(Uuid::now_v7())
}

pub fn sign_out(user: &User, session: SessionId, when: When) -> Cause {
    Cause::SurfaceSignOut {
        session,
        user: user.id,
        surface: Surface::Workspace,
        all_browsers: false,
        when,
    }
}

pub async fn end(store: &dyn Store, user: &User, cause: &Cause, at: Timestamp) -> Ends {
    let surface = Some(Surface::Workspace);
    let ends = store.sessions().end(cause, at, &actor(user), surface).await;
    ends.unwrap()
}

pub async fn is_live(store: &dyn Store, session: SessionId) -> bool {
    let record = store.sessions().get(session).await.unwrap().unwrap();
    record.session.is_live()
}

/// A sign-out for after the call comes with the end of the call: by the person, from where they
/// signed out, and not before.
pub async fn a_sign_out_for_after_the_call_comes_with_its_end(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Browser).await.session.id;
    let call = a_call();
    assert_eq!(on_call(store, id, call, start()).await, Reported::Began);
    let cause = sign_out(&mira, id, When::AfterCall);
    let ends = end(store, &mira, &cause, seconds(5)).await;
    assert_eq!((ends.ended.len(), ends.after_call()), (0, 1));
    let ending = Ending {
        at: seconds(5) + LIMIT,
        reason: EndReason::SignedOut,
        after_call: true,
    };
    let record = store.sessions().get(id).await.unwrap().unwrap();
    assert_eq!(record.ending, Some(ending));
    let again = end(store, &mira, &cause, seconds(10)).await;
    assert_eq!(again, Ends::default(), "an earlier end stands");
    assert_eq!(
        on_call(store, id, call, seconds(20)).await,
        Reported::GoesOn
    );

    let over = store.calls().over(id, call, seconds(30)).await.unwrap();
    assert_eq!(over.sessions, [id]);
    let [ended] = over.ended.as_slice() else {
        panic!("{over:?}");
    };
    let stored = ended.record.session.end.unwrap();
    assert_eq!(
        (stored.at, stored.reason),
        (seconds(30), EndReason::SignedOut)
    );
    assert_eq!(ended.event.surface, Some(Surface::Workspace));
    assert_eq!(ended.record.ending, None);
    let audit = store.audit().newest(mira.organization, 2).await.unwrap();
    assert_eq!(audit[0].action, "session.ended");
    assert_eq!(audit[0].actor, actor(&mira));
    assert_eq!(audit[1].action, "session.end_after_call");
    let late = on_call(store, id, call, seconds(31)).await;
    assert_eq!(late, Reported::HadEnded(stored), "nothing revives");
    assert_eq!(store.calls().of(id, seconds(31)).await.unwrap(), []);
}

/// Who says now, is signed out now, also when an end waits already.
pub async fn a_sign_out_now_waits_for_nothing(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Browser).await.session.id;
    on_call(store, id, a_call(), start()).await;
    end(store, &mira, &sign_out(&mira, id, When::AfterCall), start()).await;
    let ends = end(store, &mira, &sign_out(&mira, id, When::Now), start()).await;
    assert_eq!(ends.ended.len(), 1);
    assert_eq!(store.calls().of(id, start()).await.unwrap(), []);
}

/// A page that is gone reports nothing: after a minute its call is over, and what waited comes.
pub async fn a_call_whose_page_has_gone_is_over_after_a_minute(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Browser).await.session.id;
    let other = started(store, &mira, Kind::Browser).await.session.id;
    on_call(store, id, a_call(), start()).await;
    on_call(store, other, a_call(), start()).await;
    end(store, &mira, &sign_out(&mira, id, When::AfterCall), start()).await;
    let calls = store.calls();
    let early = calls.expire(seconds(59), 10).await.unwrap();
    assert_eq!(early, CallsOver::default());
    assert_eq!(calls.of(id, seconds(59)).await.unwrap().len(), 1);
    assert_eq!(calls.of(id, seconds(60)).await.unwrap(), [], "silent");
    let over = calls.expire(seconds(60), 10).await.unwrap();
    assert_eq!(over.sessions.len(), 2);
    let ended: Vec<_> = over.ended.iter().map(|it| it.record.session.id).collect();
    assert_eq!(ended, [id]);
    assert!(is_live(store, other).await, "nothing waited for its call");
}

/// A report that comes too late finds that the end has come, whoever looks first.
pub async fn a_late_report_keeps_no_end_waiting(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Browser).await.session.id;
    let call = a_call();
    on_call(store, id, call, start()).await;
    end(store, &mira, &sign_out(&mira, id, When::AfterCall), start()).await;
    let late = on_call(store, id, call, seconds(61)).await;
    assert!(matches!(late, Reported::Ended(_)), "{late:?}");
    assert!(!is_live(store, id).await);
}

/// Several pages on calls: the end comes with the last.
pub async fn an_end_waits_for_the_last_call_of_its_session(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Browser).await.session.id;
    let (first, second) = (a_call(), a_call());
    assert_eq!(on_call(store, id, first, start()).await, Reported::Began);
    assert_eq!(on_call(store, id, second, start()).await, Reported::GoesOn);
    end(store, &mira, &sign_out(&mira, id, When::AfterCall), start()).await;
    let calls = store.calls();
    assert_eq!(calls.over(id, first, start()).await.unwrap().ended, []);
    let unknown = calls.over(id, first, start()).await.unwrap();
    assert_eq!(unknown, CallsOver::default(), "it was over before");
    let over = calls.over(id, second, start()).await.unwrap();
    assert_eq!(over.ended.len(), 1);
}

/// No call keeps an end waiting for longer than the limit.
pub async fn an_end_waits_for_four_hours_at_most(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Browser).await.session.id;
    let call = a_call();
    on_call(store, id, call, start()).await;
    end(store, &mira, &sign_out(&mira, id, When::AfterCall), start()).await;
    let sessions = store.sessions();
    let before = seconds(4 * 60 * 60 - 1);
    on_call(store, id, call, before).await;
    assert!(!is_live(store, id).await, "silent for hours: it ended then");

    let id = started(store, &mira, Kind::Browser).await.session.id;
    let mut at = start();
    on_call(store, id, call, at).await;
    end(store, &mira, &sign_out(&mira, id, When::AfterCall), at).await;
    while at < before {
        let reported = on_call(store, id, call, at).await;
        assert_eq!(reported, Reported::GoesOn);
        at += SignedDuration::from_secs(50);
    }
    on_call(store, id, call, before).await;
    assert_eq!(sessions.end_due(before, 10).await.unwrap(), []);
    let ended = sessions.end_due(start() + LIMIT, 10).await.unwrap();
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0].event.surface, Some(Surface::Workspace));
}

/// A changed password and a tightened policy wait for calls too; a notice that is over gives a
/// While the service was down nobody could report a call: each gets a new minute.
pub async fn calls_outlive_a_restart(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Browser).await.session.id;
    let call = a_call();
    on_call(store, id, call, start()).await;
    end(store, &mira, &sign_out(&mira, id, When::AfterCall), start()).await;
    store.calls().resume(seconds(600)).await.unwrap();
    let over = store.calls().expire(seconds(601), 10).await.unwrap();
    assert_eq!(over, CallsOver::default());
    assert_eq!(
        on_call(store, id, call, seconds(620)).await,
        Reported::GoesOn
    );
    store.calls().resume(start()).await.unwrap();
    assert_eq!(
        store.calls().of(id, seconds(679)).await.unwrap().len(),
        1,
        "no clock goes back"
    );
    let over = store.calls().expire(seconds(680), 10).await.unwrap();
    assert_eq!(over.ended.len(), 1);
}

/// A report for a session that never was makes nothing.
pub async fn a_call_of_no_session_is_unknown(store: &dyn Store) {
    let nobody = SessionId(Uuid::now_v7());
    let reported = on_call(store, nobody, a_call(), start()).await;
    assert_eq!(reported, Reported::Unknown);
}
