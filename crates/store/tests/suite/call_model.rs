//! The model of calls: the pure rules alone. Random histories of one person's browser and desktop
//! session, their calls, and ends that wait for them, have to look the same in the store.

use std::{collections::BTreeMap, time::Duration};

use jiff::{SignedDuration, Timestamp};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use session::{
    Call, CallId, Cause, CredentialChange, Effect, End, Ending, Kind, Session, SessionId, Settled,
    Surface, UserLoss, When,
};
use store::{Actor, CallReport, Reported, Store};
use tokio::runtime::Handle;
use uuid::Uuid;

use super::sample::{somebody, start, started};

#[derive(Clone, Debug)]
enum Step {
    Report { desktop: bool, call: u128 },
    Over { desktop: bool, call: u128 },
    End { cause: usize, when: When },
    Look,
    Wait { seconds: i64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let when = prop_oneof![1 => Just(When::Now), 4 => Just(When::AfterCall)];
    let one = || (any::<bool>(), 0..2_u128);
    let step = prop_oneof![
        6 => one().prop_map(|(desktop, call)| Step::Report { desktop, call }),
        2 => one().prop_map(|(desktop, call)| Step::Over { desktop, call }),
        2 => (0..5_usize, when).prop_map(|(cause, when)| Step::End { cause, when }),
        3 => Just(Step::Look),
        5 => (0..90_i64).prop_map(|seconds| Step::Wait { seconds }),
        1 => (0..20_000_i64).prop_map(|seconds| Step::Wait { seconds }),
    ];
    vec(step, 1..40)
}

/// One session, as the rules know it.
struct Known {
    session: Session,
    calls: BTreeMap<u128, Call>,
    ending: Option<Ending>,
}

impl Known {
    fn on_call(&self, now: Timestamp) -> bool {
        self.calls.values().any(|call| !call.is_silent(now))
    }

    fn end(&mut self, end: End) {
        self.session.end(end).unwrap();
        self.calls.clear();
        self.ending = None;
    }

    /// Looks at the end that waits, if it is one of those.
    fn settle(&mut self, now: Timestamp, looks_at: impl Fn(&Ending) -> bool) {
        let Some(ending) = self.ending.filter(|ending| looks_at(ending)) else {
            return;
        };
        match ending.settle(self.on_call(now), now) {
            Settled::Over(reason) => self.end(End { at: now, reason }),
            Settled::Later(later) => self.ending = Some(later),
        }
    }

    fn report(&mut self, call: u128, now: Timestamp) {
        self.settle(now, |ending| ending.after_call);
        if !self.session.is_live() {
            return;
        }
        self.calls.retain(|_, call| !call.is_silent(now));
        let new = Call {
            surface: Surface::Cti,
            since: now,
            seen_at: now,
        };
        self.calls.entry(call).or_insert(new).seen_at = now;
    }

    fn over(&mut self, call: u128, now: Timestamp) {
        if self.calls.remove(&call).is_some() {
            self.settle(now, |ending| ending.after_call);
        }
    }

    fn look(&mut self, now: Timestamp) {
        let before = self.calls.len();
        self.calls.retain(|_, call| !call.is_silent(now));
        if self.calls.len() < before {
            self.settle(now, |ending| ending.after_call);
        }
        self.settle(now, |ending| ending.at <= now);
    }

    fn apply(&mut self, cause: &Cause, now: Timestamp) {
        match cause.effect_during(&self.session, self.on_call(now), now) {
            Effect::Stays => {}
            Effect::Ends(reason) => self.end(End { at: now, reason }),
            Effect::EndsLater(new) => {
                self.ending = Some(self.ending.map_or(new, |before| before.or_earlier(new)));
            }
        }
    }
}

fn cause(number: usize, when: When, browser: &Session, now: Timestamp) -> Cause {
    let user = browser.user;
    match number {
        0 | 1 => Cause::SurfaceSignOut {
            session: browser.id,
            user,
            surface: Surface::Cti,
            all_browsers: number == 1,
            when,
        },
        2 => Cause::UserLost {
            user,
            loss: UserLoss::EndedByAdmin,
            when,
        },
        3 => Cause::CredentialChanged {
            user,
            change: CredentialChange::Password,
            by: None,
        },
        _ => Cause::PolicyTightened {
            organization: browser.organization,
            allowed: std::collections::BTreeSet::new(),
            at: now,
            notice: Duration::from_secs(100),
        },
    }
}

/// Whatever calls, ends and time do in whatever order, the store says what the rules say.
pub async fn every_history_of_calls_is_as_the_rules_say(store: &dyn Store) {
    let run = || {
        let config = Config {
            cases: 64,
            failure_persistence: None,
            ..Config::default()
        };
        let mut runner = TestRunner::new(config);
        runner.run(&steps(), |steps| {
            Handle::current().block_on(history(store, steps));
            Ok(())
        })
    };
    tokio::task::block_in_place(run).unwrap();
}

async fn history(store: &dyn Store, steps: Vec<Step>) {
    let mira = somebody(store).await;
    let mut known = Vec::new();
    for kind in [Kind::Browser, Kind::Desktop] {
        known.push(Known {
            session: started(store, &mira, kind).await.session,
            calls: BTreeMap::new(),
            ending: None,
        });
    }
    let mut now = start();
    for step in &steps {
        take(store, &mut known, &mut now, step).await;
        for one in &known {
            let stored = store.sessions().get(one.session.id).await.unwrap().unwrap();
            assert_eq!(stored.session, one.session, "{step:?} of {steps:?}");
            assert_eq!(stored.ending, one.ending, "{step:?} of {steps:?}");
            let calls = store.calls().of(one.session.id, now).await.unwrap();
            assert_eq!(calls.is_empty(), !one.on_call(now), "{step:?} of {steps:?}");
        }
    }
    // Nothing is heard of any call any more: whatever waits for one comes.
    now += SignedDuration::from_secs(60);
    take(store, &mut known, &mut now, &Step::Look).await;
    for one in &known {
        let stored = store.sessions().get(one.session.id).await.unwrap().unwrap();
        assert!(!stored.ending.is_some_and(|ending| ending.after_call));
        assert_eq!(stored.session, one.session);
    }
}

async fn take(store: &dyn Store, known: &mut [Known], now: &mut Timestamp, step: &Step) {
    let (sessions, calls, at) = (store.sessions(), store.calls(), *now);
    match *step {
        Step::Wait { seconds } => *now += SignedDuration::from_secs(seconds),
        Step::Report { desktop, call } => {
            let one = &mut known[usize::from(desktop)];
            let was_live = one.session.is_live();
            one.report(call, at);
            let report = report(one.session.id, call, at);
            let reported = calls.report(report).await.unwrap();
            match reported {
                Reported::Began | Reported::GoesOn => assert!(one.session.is_live()),
                Reported::Ended(_) => assert!(was_live && !one.session.is_live()),
                Reported::HadEnded(end) => assert_eq!(Some(end), one.session.end),
                Reported::Unknown => panic!("{reported:?}"),
            }
        }
        Step::Over { desktop, call } => {
            let one = &mut known[usize::from(desktop)];
            one.over(call, at);
            let id = CallId(Uuid::from_u128(call));
            calls.over(one.session.id, id, at).await.unwrap();
        }
        Step::End {
            cause: number,
            when,
        } => {
            let cause = cause(number, when, &known[0].session, at);
            for one in known.iter_mut() {
                one.apply(&cause, at);
            }
            sessions
                .end(&cause, at, &Actor::Operator, None)
                .await
                .unwrap();
        }
        Step::Look => {
            for one in known.iter_mut() {
                one.look(at);
            }
            calls.expire(at, 1000).await.unwrap();
            sessions.end_due(at, 1000).await.unwrap();
        }
    }
}

fn report(session: SessionId, call: u128, at: Timestamp) -> CallReport {
    CallReport {
        session,
        call: CallId(Uuid::from_u128(call)),
        surface: Surface::Cti,
        at,
    }
}
