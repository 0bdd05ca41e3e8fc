//! Generations: what never loses a session, and what always finds a second holder out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

/// The service's side of one session.
#[derive(Default)]
struct Service {
    now: Generations,
    ended: bool,
}

impl Service {
    /// The successor of a presented token, or `None` if the session has ended.
    fn present(&mut self, generation: u64) -> Option<u64> {
        if self.ended {
            return None;
        }
        match self.now.present(generation) {
            Presented::Renewed(now) => self.now = now,
            Presented::Repeated => {}
            Presented::Spent => self.ended = true,
        }
        (!self.ended).then_some(self.now.issued)
    }
}

/// How far one renewal gets before the app is killed.
#[derive(Clone, Copy, Debug)]
enum Renewal {
    /// The request is lost.
    NeverArrives,
    /// The answer is lost, or the app is killed before it has stored the successor.
    NeverStored,
    /// All goes well.
    Stored,
}

fn renewal() -> impl Strategy<Value = Renewal> {
    prop_oneof![
        Just(Renewal::NeverArrives),
        Just(Renewal::NeverStored),
        Just(Renewal::Stored),
    ]
}

/// A generation that does not overflow in a test.
fn generation() -> impl Strategy<Value = u64> {
    0..u64::MAX - 10
}

proptest! {
    #[test]
    fn the_newest_token_renews(issued in generation()) {
        let now = Generations { issued };
        prop_assert_eq!(
            now.present(issued),
            Presented::Renewed(Generations { issued: issued + 1 })
        );
    }

    #[test]
    fn a_token_may_be_repeated_any_number_of_times_until_its_successor_is_used(
        issued in generation(), times in 0..20,
    ) {
        let mut service = Service { now: Generations { issued }, ended: false };
        for _ in 0..=times {
            prop_assert_eq!(service.present(issued), Some(issued + 1));
        }
        prop_assert_eq!(service.present(issued + 1), Some(issued + 2));
        prop_assert_eq!(service.present(issued), None);
        prop_assert!(service.ended);
    }

    #[test]
    fn every_token_older_than_the_predecessor_is_spent(
        issued in 2..u64::MAX, older in 2..u64::MAX,
    ) {
        prop_assume!(older <= issued);
        prop_assert_eq!(Generations { issued }.present(issued - older), Presented::Spent);
    }

    #[test]
    fn a_holder_who_stores_before_using_never_loses_the_session(
        renewals in prop::collection::vec(renewal(), 0..100),
    ) {
        let mut service = Service::default();
        let mut stored = 0;
        for renewal in renewals {
            match renewal {
                Renewal::NeverArrives => {}
                Renewal::NeverStored => prop_assert!(service.present(stored).is_some()),
                Renewal::Stored => {
                    let successor = service.present(stored);
                    prop_assert!(successor.is_some());
                    stored = successor.unwrap();
                }
            }
            prop_assert!(!service.ended);
        }
    }

    #[test]
    fn a_holder_of_a_copied_token_is_found_out_when_two_tokens_behind_and_only_then(
        turns in prop::collection::vec(0..2_usize, 2..60),
    ) {
        let mut service = Service::default();
        let mut holders = [0, 0];
        for turn in turns {
            let [own, other] = [holders[turn], holders[1 - turn]];
            let answer = service.present(own);
            prop_assert_eq!(answer.is_none(), other >= own + 2);
            let Some(successor) = answer else { return Ok(()) };
            holders[turn] = successor;
        }
    }

    #[test]
    fn three_renewals_without_the_other_holder_always_find_a_copied_token_out(
        before in prop::collection::vec(0..2_usize, 0..20), ahead in 0..2_usize,
    ) {
        let mut service = Service::default();
        let mut holders = [0, 0];
        for turn in before.into_iter().chain([ahead; 3]).chain([1 - ahead]) {
            let Some(successor) = service.present(holders[turn]) else { break };
            holders[turn] = successor;
        }
        prop_assert!(service.ended);
    }

    #[test]
    fn a_session_is_ended_for_reuse_only_if_a_later_token_was_used(
        presented in prop::collection::vec(0..6_u64, 0..30),
    ) {
        let mut service = Service::default();
        let mut highest: Option<u64> = None;
        for generation in presented {
            let spent = highest.is_some_and(|highest| highest > generation);
            let answer = service.present(generation);
            prop_assert_eq!(answer.is_none(), spent);
            if spent {
                return Ok(());
            }
            highest = highest.max(Some(generation));
        }
    }

    #[test]
    fn a_service_restored_from_an_older_backup_goes_on_with_the_token_the_app_has(
        restored in generation(), ahead in 0..1_000_000_u64,
    ) {
        let token = restored.saturating_add(ahead).min(u64::MAX - 1);
        prop_assert_eq!(
            Generations { issued: restored }.present(token),
            Presented::Renewed(Generations { issued: token + 1 })
        );
    }

    #[test]
    fn generations_never_go_back(issued: u64, generation: u64) {
        let now = Generations { issued };
        if let Presented::Renewed(next) = now.present(generation) {
            prop_assert!(next >= now);
            prop_assert!(next.issued > generation || generation == u64::MAX);
        }
    }

    #[test]
    fn a_request_made_before_the_newest_token_was_given_out_ends_nothing(
        made in 0..4_000_000_000_i64, newest in 0..4_000_000_000_i64,
    ) {
        let at = |second| Timestamp::from_second(second).unwrap();
        prop_assert_eq!(held_up(Some(at(made)), at(newest)), made < newest);
        prop_assert!(!held_up(None, at(newest)));
    }
}

/// A limit that generations alone cannot pass, written down so that nobody counts on more.
#[test]
fn holders_who_take_strict_turns_are_not_told_apart() {
    let mut service = Service::default();
    let mut holders = [0, 0];
    for turn in (0..2).cycle().take(100) {
        holders[turn] = service.present(holders[turn]).unwrap();
    }
    assert!(!service.ended);
}
