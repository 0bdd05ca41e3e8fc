//! The model: the pure rules alone, without storage, queue or transaction. Random histories of two
//! people's sessions have to look the same in the store, answer by answer.

use std::{collections::BTreeMap, time::Duration};

use jiff::Timestamp;
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use session::{
    Cause, CredentialChange, Effect, End, EndReason, Kind, Lifetimes, Method, Presented, Session,
    SessionId, Surface, UserLoss, lifetime_over,
};
use store::{Actor, AuditEntry, Ended, Renewed, Store, Touch, User};
use tokio::runtime::Handle;

use super::sample::{at_home, organization, person, renewal, session_of, start};

/// One step of a history. Numbers choose among what is there.
#[derive(Clone, Debug)]
enum Step {
    Start { person: usize, kind: Kind },
    Renew { session: usize, back: u64 },
    Touch { session: usize },
    End { cause: usize, session: usize },
    EndDue,
    Wait { hours: i64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let kind = prop_oneof![Just(Kind::Browser), Just(Kind::Desktop)];
    let step = prop_oneof![
        3 => (0..2_usize, kind).prop_map(|(person, kind)| Step::Start { person, kind }),
        8 => (any::<usize>(), 0..4_u64).prop_map(|(session, back)| Step::Renew { session, back }),
        2 => any::<usize>().prop_map(|session| Step::Touch { session }),
        3 => (0..8_usize, any::<usize>()).prop_map(|(cause, session)| Step::End { cause, session }),
        2 => Just(Step::EndDue),
        3 => (0..1500_i64).prop_map(|hours| Step::Wait { hours }),
    ];
    vec(step, 1..40)
}

#[derive(Default)]
struct Model {
    sessions: BTreeMap<SessionId, (Session, Option<End>)>,
}

impl Model {
    /// Ends what the rules end by themselves; gives the reason for one session.
    fn over(&mut self, id: SessionId, now: Timestamp) -> Option<EndReason> {
        let (session, due) = self.sessions.get_mut(&id).unwrap();
        if !session.is_live() {
            return None;
        }
        let lifetimes = Lifetimes::default_for(session.kind);
        let reason = match (*due, lifetime_over(session, lifetimes, now)) {
            (Some(due), _) if due.at <= now => due.reason,
            (_, Some(session::Lifetime::Idle)) => EndReason::IdleTooLong,
            (_, Some(session::Lifetime::Absolute)) => EndReason::TooOld,
            (_, None) => return None,
        };
        session.end(End { at: now, reason }).unwrap();
        Some(reason)
    }

    fn renew(&mut self, id: SessionId, generation: u64, now: Timestamp) -> (Renewed, bool) {
        if let Some(end) = self.sessions[&id].0.end {
            return (Renewed::Ended(end), false);
        }
        if let Some(reason) = self.over(id, now) {
            return (Renewed::Ended(End { at: now, reason }), true);
        }
        let (session, _) = self.sessions.get_mut(&id).unwrap();
        let presented = session.generations.present(generation);
        let mut ends = false;
        match presented {
            Presented::Renewed(new) => {
                session.generations = new;
                session.last_used_at = now;
            }
            Presented::Repeated => session.last_used_at = now,
            Presented::Spent => {
                let cause = Cause::TokenReplayed { session: id };
                if let Effect::Ends(reason) = cause.effect(session) {
                    session.end(End { at: now, reason }).unwrap();
                    ends = true;
                }
            }
        }
        (Renewed::Presented(presented, session.generations), ends)
    }

    fn end(&mut self, cause: &Cause, now: Timestamp) -> Vec<SessionId> {
        let mut ended = Vec::new();
        for (id, (session, due)) in &mut self.sessions {
            match cause.effect(session) {
                Effect::Stays => {}
                Effect::Ends(reason) => {
                    session.end(End { at: now, reason }).unwrap();
                    ended.push(*id);
                }
                Effect::EndsLater(ending) => {
                    let new = End {
                        at: ending.at,
                        reason: ending.reason,
                    };
                    if due.is_none_or(|due| new.at < due.at) {
                        *due = Some(new);
                    }
                }
            }
        }
        ended
    }
}

fn cause(number: usize, session: &Session, all: &[SessionId], now: Timestamp) -> Cause {
    let (user, id) = (session.user, session.id);
    match number {
        0 | 1 => Cause::SurfaceSignOut {
            session: id,
            user,
            surface: Surface::Cti,
            all_browsers: number == 1,
            when: session::When::Now,
        },
        2 => Cause::DesktopSignOut { session: id },
        3 => Cause::Chosen {
            user,
            sessions: all.iter().copied().step_by(2).collect(),
        },
        4 => Cause::Everywhere { user },
        5 => Cause::UserLost {
            user,
            loss: UserLoss::EndedByAdmin,
            when: session::When::Now,
        },
        6 => Cause::CredentialChanged {
            user,
            change: CredentialChange::SecondFactor,
            by: Some(id),
        },
        _ => Cause::PolicyTightened {
            organization: session.organization,
            allowed: [Method::Passkey].into(),
            at: now,
            notice: Duration::from_hours(100),
        },
    }
}

/// Whatever happens in whatever order, the store says what the rules say.
pub async fn every_history_is_as_the_rules_say(store: &dyn Store) {
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
    let organization = organization(store).await;
    let people = [
        person(store, organization.id).await,
        person(store, organization.id).await,
    ];
    let mut model = Model::default();
    let mut ids = Vec::new();
    let mut now = start();
    for step in steps {
        let before = store.sessions().last_sequence().await.unwrap();
        let ended = take(store, &mut model, &mut ids, &people, &mut now, step).await;
        for (id, (session, _)) in &model.sessions {
            let stored = store.sessions().get(*id).await.unwrap().unwrap();
            assert_eq!(stored.session, *session);
        }
        let mut told = Vec::new();
        for person in &people {
            let events = store.sessions().events_after(person.id, before, 100).await;
            told.extend(events.unwrap().unwrap());
        }
        told.retain(|event| matches!(event.what, session::What::Ended { .. }));
        told.sort_by_key(|event| event.sequence);
        let expected: Vec<_> = ended.into_iter().map(|ended| ended.event).collect();
        assert_eq!(told, expected);
    }
}

async fn take(
    store: &dyn Store,
    model: &mut Model,
    ids: &mut Vec<SessionId>,
    people: &[User; 2],
    now: &mut Timestamp,
    step: Step,
) -> Vec<Ended> {
    let sessions = store.sessions();
    let chosen = |number: usize| ids.get(number.checked_rem(ids.len())?).copied();
    let (mut expected, ended) = match step {
        Step::Wait { hours } => {
            *now += jiff::SignedDuration::from_hours(hours);
            return Vec::new();
        }
        Step::Start { person, kind } => {
            let mut new = session_of(&people[person], kind);
            new.record.session.started_at = *now;
            new.record.session.last_used_at = *now;
            sessions.start(&new).await.unwrap();
            let session = new.record.session;
            ids.push(session.id);
            model.sessions.insert(session.id, (session, None));
            return Vec::new();
        }
        Step::Renew { session, back } => {
            let Some(id) = chosen(session) else {
                return Vec::new();
            };
            let issued = model.sessions[&id].0.generations.issued;
            let generation = issued.saturating_sub(back);
            let (expected, ends) = model.renew(id, generation, *now);
            let answer = sessions.renew(renewal(id, generation, *now)).await.unwrap();
            assert_eq!(answer.0, expected);
            (Vec::from_iter(ends.then_some(id)), Vec::from_iter(answer.1))
        }
        Step::Touch { session } => {
            let Some(id) = chosen(session) else {
                return Vec::new();
            };
            let (known, _) = &model.sessions[&id];
            let mut again = Model::default();
            again.sessions.insert(id, model.sessions[&id].clone());
            if known.is_live() && again.over(id, *now).is_none() {
                model.sessions.get_mut(&id).unwrap().0.last_used_at = *now;
            }
            let touch = Touch {
                session: id,
                at: *now,
                whereabouts: at_home(),
            };
            sessions.touch(touch).await.unwrap();
            (Vec::new(), Vec::new())
        }
        Step::End {
            cause: number,
            session,
        } => {
            let Some(id) = chosen(session) else {
                return Vec::new();
            };
            let cause = cause(number, &model.sessions[&id].0, ids, *now);
            let ended = sessions.end(&cause, *now, &Actor::Operator, None).await;
            (model.end(&cause, *now), ended.unwrap().ended)
        }
        Step::EndDue => {
            let ids: Vec<_> = model.sessions.keys().copied().collect();
            let over = ids.into_iter().filter(|id| model.over(*id, *now).is_some());
            let over: Vec<_> = over.collect();
            let mut ended = sessions.end_due(*now, 1000).await.unwrap();
            // Histories share a store: what an earlier one left behind is not ours.
            ended.retain(|ended| ended.record.session.organization == people[0].organization);
            (over, ended)
        }
    };
    note_written(store, people, *now).await;
    let mut ids: Vec<_> = ended.iter().map(|ended| ended.record.session.id).collect();
    ids.sort();
    expected.sort();
    assert_eq!(ids, expected);
    for ended in &ended {
        let id = ended.record.session.id;
        assert_eq!(ended.record.session.end, model.sessions[&id].0.end);
    }
    ended
}

/// Notes of use are written with the next change: this is one.
async fn note_written(store: &dyn Store, people: &[User; 2], at: Timestamp) {
    let entry = AuditEntry {
        at,
        actor: Actor::Operator,
        action: "test.step".to_owned(),
        organization: Some(people[0].organization),
        subject: None,
        session: None,
        surface: None,
        address: None,
        reason: None,
    };
    store.audit().append(&entry).await.unwrap();
}
