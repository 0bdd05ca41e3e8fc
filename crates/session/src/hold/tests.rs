//! Calls hold the ends that they may hold, no longer than they may, and nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::{Cause, Effect, Kind, Session, arbitrary};

fn seconds(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count)
}

/// Whether the table of the module lets an end of `session` by `cause` wait for its call.
fn may_wait(cause: &Cause, session: &Session) -> bool {
    match cause {
        Cause::SurfaceSignOut {
            session: here,
            when,
            ..
        } => *here != session.id || *when == When::AfterCall,
        Cause::UserLost { when, .. } | Cause::EndedByAdmin { when, .. } => *when == When::AfterCall,
        Cause::CredentialChanged { .. } | Cause::PolicyTightened { .. } => true,
        Cause::DesktopSignOut { .. }
        | Cause::Chosen { .. }
        | Cause::Everywhere { .. }
        | Cause::TokenReplayed { .. }
        | Cause::LifetimeOver { .. } => false,
    }
}

proptest! {
    #[test]
    fn without_a_call_nothing_waits_but_a_notice(
        cause in arbitrary::cause(), session in arbitrary::session(), now in arbitrary::time(),
    ) {
        let expected = match cause.effect(&session) {
            Effect::EndsLater(notice) if notice.at <= now => Effect::Ends(notice.reason),
            effect => effect,
        };
        prop_assert_eq!(cause.effect_during(&session, false, now), expected);
    }

    #[test]
    fn a_call_changes_when_a_session_ends_and_never_whether_or_why(
        cause in arbitrary::cause(), session in arbitrary::session(), now in arbitrary::time(),
    ) {
        let why = |effect| match effect {
            Effect::Stays => None,
            Effect::Ends(reason) | Effect::EndsLater(Ending { reason, .. }) => Some(reason),
        };
        prop_assert_eq!(why(cause.effect_during(&session, true, now)), why(cause.effect(&session)));
    }

    #[test]
    fn exactly_the_ends_that_may_wait_do(
        cause in arbitrary::cause(), session in arbitrary::session(), now in arbitrary::time(),
    ) {
        if let Effect::Ends(reason) = cause.effect(&session) {
            let expected = if may_wait(&cause, &session) {
                Effect::EndsLater(Ending {
                    at: now + CALL_HOLDS_AT_MOST,
                    reason,
                    after_call: true,
                })
            } else {
                Effect::Ends(reason)
            };
            prop_assert_eq!(cause.effect_during(&session, true, now), expected);
        }
    }

    #[test]
    fn rule_1_signing_out_now_ends_the_call_here_and_no_call_elsewhere(
        here in arbitrary::live(), there in arbitrary::live(), surface in arbitrary::surface(),
        now in arbitrary::time(),
    ) {
        prop_assume!(there.id != here.id);
        let here = Session { kind: Kind::Browser, ..here };
        let there = Session { kind: Kind::Browser, user: here.user, ..there };
        let cause = Cause::SurfaceSignOut {
            session: here.id, user: here.user, surface, all_browsers: true, when: When::Now,
        };
        let ends = matches!(cause.effect_during(&here, true, now), Effect::Ends(_));
        prop_assert!(ends);
        let waits = matches!(cause.effect_during(&there, true, now), Effect::EndsLater(_));
        prop_assert!(waits);
    }

    #[test]
    fn a_held_end_comes_with_the_end_of_the_call_or_at_the_limit(
        reason in arbitrary::end_reason(), at in arbitrary::time(), later in 0..20_000_i64,
    ) {
        let held = Ending::after_call(at, reason);
        let now = at + seconds(later);
        prop_assert_eq!(held.settle(false, now), Settled::Over(reason));
        let expected = if later < 4 * 60 * 60 { Settled::Later(held) } else { Settled::Over(reason) };
        prop_assert_eq!(held.settle(true, now), expected);
    }

    #[test]
    fn a_notice_that_is_over_during_a_call_gets_the_limit_and_no_more(
        reason in arbitrary::end_reason(), at in arbitrary::time(), later in -1_000..20_000_i64,
    ) {
        let notice = Ending::notice(at, reason);
        let now = at + seconds(later);
        let alone = if later < 0 { Settled::Later(notice) } else { Settled::Over(reason) };
        prop_assert_eq!(notice.settle(false, now), alone);
        let expected = match later {
            ..0 => Settled::Later(notice),
            0..14_400 => Settled::Later(Ending::after_call(at, reason)),
            _ => Settled::Over(reason),
        };
        prop_assert_eq!(notice.settle(true, now), expected);
    }

    /// Whatever calls do, and however often it is looked at: an end that is certain comes, at the
    /// latest at its limit, and looking at it never moves the limit.
    #[test]
    fn an_end_that_is_certain_always_comes(
        reason in arbitrary::end_reason(), at in arbitrary::time(), after_call: bool,
        looks in prop::collection::vec((1..4_000_i64, any::<bool>()), 0..40),
    ) {
        let mut ending = if after_call {
            Ending::after_call(at, reason)
        } else {
            Ending::notice(at, reason)
        };
        let limit = at + CALL_HOLDS_AT_MOST;
        let mut now = at;
        for (passes, on_call) in looks {
            now += seconds(passes);
            match ending.settle(on_call, now) {
                Settled::Over(why) => {
                    prop_assert!(!on_call || now >= limit);
                    prop_assert_eq!(why, reason);
                    return Ok(());
                }
                Settled::Later(still) => {
                    prop_assert!(on_call && now < limit);
                    prop_assert_eq!(still.at, limit);
                    ending = still;
                }
            }
        }
        prop_assert_eq!(ending.settle(true, limit), Settled::Over(reason));
    }

    #[test]
    fn of_two_ends_the_one_that_comes_first_stands(
        reasons in (arbitrary::end_reason(), arbitrary::end_reason()),
        times in (arbitrary::time(), arbitrary::time()), kinds: (bool, bool),
    ) {
        let one = Ending { at: times.0, reason: reasons.0, after_call: kinds.0 };
        let two = Ending { at: times.1, reason: reasons.1, after_call: kinds.1 };
        let stands = one.or_earlier(two);
        prop_assert!(stands == one || stands == two);
        prop_assert_eq!(stands.after_call, kinds.0 || kinds.1);
        if kinds.0 == kinds.1 {
            prop_assert_eq!(stands.at, times.0.min(times.1));
        }
        prop_assert_eq!(one.or_earlier(one), one);
    }

    #[test]
    fn a_call_is_over_after_a_minute_of_silence_and_not_before(
        surface in arbitrary::surface(), since in arbitrary::time(), later in -100_000..100_000_i64,
    ) {
        let call = Call { surface, since, seen_at: since };
        prop_assert_eq!(call.is_silent(since + seconds(later)), later >= 60);
    }
}

#[test]
fn a_limit_beyond_the_end_of_time_is_the_end_of_time() {
    let held = Ending::after_call(Timestamp::MAX, EndReason::UserDisabled);
    assert_eq!(held.at, Timestamp::MAX);
}
