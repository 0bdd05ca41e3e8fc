//! Each rule, as the table says it, for any session.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{collections::BTreeSet, time::Duration};

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::arbitrary;

proptest! {
    #[test]
    fn rule_1_a_browser_sign_out_ends_the_browser_session_here(
        here in arbitrary::live(), surface in arbitrary::surface(), all_browsers: bool,
    ) {
        let here = Session { kind: Kind::Browser, ..here };
        let cause = Cause::SurfaceSignOut { session: here.id, user: here.user, surface, all_browsers, when: When::Now };
        prop_assert_eq!(cause.effect(&here), Effect::Ends(EndReason::SignedOut));
    }

    #[test]
    fn rule_1_a_browser_sign_out_never_ends_a_desktop_session(
        cause in arbitrary::surface_sign_out(), session in arbitrary::session(),
    ) {
        let desktop = Session { kind: Kind::Desktop, ..session };
        prop_assert_eq!(cause.effect(&desktop), Effect::Stays);
    }

    #[test]
    fn rule_1_other_browser_sessions_end_only_if_the_organization_wants_it(
        there in arbitrary::live(), here in arbitrary::session_id(),
        surface in arbitrary::surface(), all_browsers: bool,
    ) {
        prop_assume!(there.id != here);
        let there = Session { kind: Kind::Browser, ..there };
        let cause = Cause::SurfaceSignOut { session: here, user: there.user, surface, all_browsers, when: When::Now };
        let expected = if all_browsers { Effect::Ends(EndReason::SignedOut) } else { Effect::Stays };
        prop_assert_eq!(cause.effect(&there), expected);
    }

    #[test]
    fn rule_2_a_desktop_sign_out_ends_that_desktop_session_and_no_other(
        session in arbitrary::live(), here in arbitrary::session_id(),
    ) {
        let own = session.kind == Kind::Desktop && session.id == here;
        let expected = if own { Effect::Ends(EndReason::SignedOutOnDesktop) } else { Effect::Stays };
        prop_assert_eq!(Cause::DesktopSignOut { session: here }.effect(&session), expected);
    }

    #[test]
    fn rule_3_a_person_ends_exactly_the_chosen_sessions_of_their_own(
        session in arbitrary::live(), user in arbitrary::user_id(),
        sessions in prop::collection::btree_set(arbitrary::session_id(), 0..3),
    ) {
        let chosen = session.user == user && sessions.contains(&session.id);
        let expected = if chosen { Effect::Ends(EndReason::EndedByUser) } else { Effect::Stays };
        prop_assert_eq!(Cause::Chosen { user, sessions }.effect(&session), expected);
    }

    #[test]
    fn rule_4_sign_out_everywhere_ends_every_session_of_the_user_and_of_nobody_else(
        session in arbitrary::live(), user in arbitrary::user_id(),
    ) {
        let expected = if session.user == user {
            Effect::Ends(EndReason::SignedOutEverywhere)
        } else {
            Effect::Stays
        };
        prop_assert_eq!(Cause::Everywhere { user }.effect(&session), expected);
    }

    #[test]
    fn rule_5_a_lost_user_loses_every_session_and_nobody_else_does(
        session in arbitrary::live(), user in arbitrary::user_id(), loss in arbitrary::user_loss(),
    ) {
        let reason = match loss {
            UserLoss::EndedByAdmin => EndReason::EndedByAdmin,
            UserLoss::Disabled => EndReason::UserDisabled,
            UserLoss::Deprovisioned => EndReason::UserDeprovisioned,
        };
        let expected = if session.user == user { Effect::Ends(reason) } else { Effect::Stays };
        prop_assert_eq!(Cause::UserLost { user, loss, when: When::Now }.effect(&session), expected);
    }

    #[test]
    fn rule_5_an_admin_ends_one_session_and_only_in_the_admins_organization(
        session in arbitrary::live(), organization in arbitrary::organization_id(),
        chosen in arbitrary::session_id(), when in arbitrary::when(),
    ) {
        let expected = if session.organization == organization && session.id == chosen {
            Effect::Ends(EndReason::EndedByAdmin)
        } else {
            Effect::Stays
        };
        let cause = Cause::EndedByAdmin { organization, session: chosen, when };
        prop_assert_eq!(cause.effect(&session), expected);
    }

    #[test]
    fn rule_6_a_changed_credential_ends_all_but_the_browser_session_that_changed_it(
        session in arbitrary::live(), user in arbitrary::user_id(),
        change in arbitrary::credential_change(),
        by in prop::option::of(arbitrary::session_id()),
    ) {
        let reason = match change {
            CredentialChange::Password => EndReason::PasswordChanged,
            CredentialChange::SecondFactor => EndReason::SecondFactorChanged,
        };
        let made_it = session.kind == Kind::Browser && by == Some(session.id);
        let expected = if session.user == user && !made_it {
            Effect::Ends(reason)
        } else {
            Effect::Stays
        };
        prop_assert_eq!(Cause::CredentialChanged { user, change, by }.effect(&session), expected);
    }

    #[test]
    fn rule_7_what_a_tightened_policy_no_longer_allows_ends_when_the_notice_is_over(
        session in arbitrary::live(), organization in arbitrary::organization_id(),
        allowed in arbitrary::methods(), at in arbitrary::time(), seconds in 0..100_000_u32,
    ) {
        let methods = &session.authentication.methods;
        let refused = methods.iter().any(|method| !allowed.contains(method)) || methods.is_empty();
        let over = at + SignedDuration::from_secs(seconds.into());
        let expected = if session.organization == organization && refused {
            Effect::EndsLater(Ending::notice(over, EndReason::PolicyTightened))
        } else {
            Effect::Stays
        };
        let notice = Duration::from_secs(seconds.into());
        let cause = Cause::PolicyTightened { organization, allowed, at, notice };
        prop_assert_eq!(cause.effect(&session), expected);
    }

    #[test]
    fn rule_8_a_spent_token_ends_its_desktop_session_and_no_other(
        session in arbitrary::live(), of in arbitrary::session_id(),
    ) {
        let own = session.kind == Kind::Desktop && session.id == of;
        let expected = if own { Effect::Ends(EndReason::TokenReplayed) } else { Effect::Stays };
        prop_assert_eq!(Cause::TokenReplayed { session: of }.effect(&session), expected);
    }

    #[test]
    fn rule_9_a_lifetime_that_is_over_ends_that_session_of_either_kind_and_no_other(
        session in arbitrary::live(), of in arbitrary::session_id(), lifetime in arbitrary::lifetime(),
    ) {
        let reason = match lifetime {
            Lifetime::Idle => EndReason::IdleTooLong,
            Lifetime::Absolute => EndReason::TooOld,
        };
        let expected = if session.id == of { Effect::Ends(reason) } else { Effect::Stays };
        prop_assert_eq!(Cause::LifetimeOver { session: of, lifetime }.effect(&session), expected);
    }

    #[test]
    fn no_cause_touches_a_session_that_has_ended(
        cause in arbitrary::cause(), session in arbitrary::live(), end in arbitrary::end(),
    ) {
        let ended = Session { end: Some(end), ..session };
        prop_assert_eq!(cause.effect(&ended), Effect::Stays);
    }

    #[test]
    fn whatever_a_cause_ends_is_in_its_scope(
        cause in arbitrary::cause(), session in arbitrary::session(),
    ) {
        let in_scope = match cause.scope() {
            Scope::Session(id) => session.id == id,
            Scope::User(user) => session.user == user,
            Scope::Organization(organization) => session.organization == organization,
        };
        prop_assert!(in_scope || cause.effect(&session) == Effect::Stays);
    }
}

#[test]
fn a_notice_period_beyond_the_end_of_time_never_ends() {
    let cause = Cause::PolicyTightened {
        organization: OrganizationId(uuid::Uuid::nil()),
        allowed: BTreeSet::new(),
        at: Timestamp::MAX,
        notice: Duration::MAX,
    };
    let session = Session {
        id: SessionId(uuid::Uuid::nil()),
        user: UserId(uuid::Uuid::nil()),
        organization: OrganizationId(uuid::Uuid::nil()),
        kind: Kind::Desktop,
        browser: None,
        authentication: crate::Authentication {
            methods: BTreeSet::from([Method::Password]),
            at: Timestamp::UNIX_EPOCH,
        },
        started_at: Timestamp::UNIX_EPOCH,
        last_used_at: Timestamp::UNIX_EPOCH,
        generations: crate::Generations::default(),
        end: None,
    };
    assert_eq!(
        cause.effect(&session),
        Effect::EndsLater(Ending::notice(Timestamp::MAX, EndReason::PolicyTightened))
    );
}
