//! Values for property tests.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use jiff::Timestamp;
use proptest::{
    collection::btree_set,
    option,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::select,
};
use uuid::Uuid;

use crate::{
    Authentication, BrowserId, Cause, CredentialChange, End, EndReason, Generations, Kind,
    Lifetime, Method, OrganizationId, Session, SessionEvent, SessionId, Surface, UserId, UserLoss,
    What, When,
};

/// Few ids, so that they often meet.
fn few() -> impl Strategy<Value = Uuid> {
    (0..3_u128).prop_map(Uuid::from_u128)
}

pub fn session_id() -> impl Strategy<Value = SessionId> {
    few().prop_map(SessionId)
}

pub fn user_id() -> impl Strategy<Value = UserId> {
    few().prop_map(UserId)
}

pub fn organization_id() -> impl Strategy<Value = OrganizationId> {
    few().prop_map(OrganizationId)
}

/// Any time that a calendar of ours will see.
pub fn time() -> impl Strategy<Value = Timestamp> {
    (0..4_000_000_000_i64).prop_map(|second| Timestamp::from_second(second).unwrap())
}

pub fn methods() -> impl Strategy<Value = BTreeSet<Method>> {
    btree_set(
        select(vec![
            Method::Password,
            Method::OneTimeCode,
            Method::Passkey,
            Method::Federated,
            Method::Saml,
        ]),
        0..4,
    )
}

pub fn surface() -> impl Strategy<Value = Surface> {
    select(vec![
        Surface::Workspace,
        Surface::Dashboard,
        Surface::Cti,
        Surface::Desktop,
        Surface::Account,
    ])
}

pub fn kind() -> impl Strategy<Value = Kind> {
    select(vec![Kind::Browser, Kind::Desktop])
}

pub fn end_reason() -> impl Strategy<Value = EndReason> {
    select(vec![
        EndReason::SignedOut,
        EndReason::SignedOutOnDesktop,
        EndReason::EndedByUser,
        EndReason::SignedOutEverywhere,
        EndReason::EndedByAdmin,
        EndReason::UserDisabled,
        EndReason::UserDeprovisioned,
        EndReason::PasswordChanged,
        EndReason::SecondFactorChanged,
        EndReason::PolicyTightened,
        EndReason::TokenReplayed,
        EndReason::IdleTooLong,
        EndReason::TooOld,
    ])
}

pub fn end() -> impl Strategy<Value = End> {
    (time(), end_reason()).prop_map(|(at, reason)| End { at, reason })
}

/// A session that lives.
pub fn live() -> impl Strategy<Value = Session> {
    (
        (session_id(), user_id(), organization_id(), kind()),
        (methods(), time(), time(), time()),
        any::<u64>(),
    )
        .prop_map(
            |((id, user, organization, kind), (methods, at, started_at, last_used_at), issued)| {
                Session {
                    id,
                    user,
                    organization,
                    kind,
                    browser: (kind == Kind::Browser).then_some(BrowserId(Uuid::nil())),
                    authentication: Authentication { methods, at },
                    started_at,
                    last_used_at,
                    generations: Generations { issued },
                    end: None,
                }
            },
        )
}

/// A session that may have ended.
pub fn session() -> impl Strategy<Value = Session> {
    (live(), option::of(end())).prop_map(|(session, end)| Session { end, ..session })
}

pub fn surface_sign_out() -> impl Strategy<Value = Cause> {
    (session_id(), user_id(), surface(), any::<bool>(), when()).prop_map(
        |(session, user, surface, all_browsers, when)| Cause::SurfaceSignOut {
            session,
            user,
            surface,
            all_browsers,
            when,
        },
    )
}

pub fn when() -> impl Strategy<Value = When> {
    select(vec![When::Now, When::AfterCall])
}

pub fn user_loss() -> impl Strategy<Value = UserLoss> {
    select(vec![
        UserLoss::EndedByAdmin,
        UserLoss::Disabled,
        UserLoss::Deprovisioned,
    ])
}

pub fn credential_change() -> impl Strategy<Value = CredentialChange> {
    select(vec![
        CredentialChange::Password,
        CredentialChange::SecondFactor,
    ])
}

pub fn lifetime() -> impl Strategy<Value = Lifetime> {
    select(vec![Lifetime::Idle, Lifetime::Absolute])
}

pub fn cause() -> impl Strategy<Value = Cause> {
    let by = option::of(session_id());
    let notice = any::<u32>().prop_map(|seconds| std::time::Duration::from_secs(seconds.into()));
    prop_oneof![
        surface_sign_out(),
        session_id().prop_map(|session| Cause::DesktopSignOut { session }),
        (user_id(), btree_set(session_id(), 0..3))
            .prop_map(|(user, sessions)| Cause::Chosen { user, sessions }),
        user_id().prop_map(|user| Cause::Everywhere { user }),
        (user_id(), user_loss(), when()).prop_map(|(user, loss, when)| Cause::UserLost {
            user,
            loss,
            when
        }),
        (organization_id(), session_id(), when()).prop_map(|(organization, session, when)| {
            Cause::EndedByAdmin {
                organization,
                session,
                when,
            }
        }),
        (user_id(), credential_change(), by)
            .prop_map(|(user, change, by)| Cause::CredentialChanged { user, change, by }),
        (organization_id(), methods(), time(), notice).prop_map(
            |(organization, allowed, at, notice)| Cause::PolicyTightened {
                organization,
                allowed,
                at,
                notice,
            }
        ),
        session_id().prop_map(|session| Cause::TokenReplayed { session }),
        (session_id(), lifetime())
            .prop_map(|(session, lifetime)| Cause::LifetimeOver { session, lifetime }),
        Just(Cause::Chosen {
            user: UserId(Uuid::nil()),
            sessions: BTreeSet::new(),
        }),
    ]
}

pub fn event() -> impl Strategy<Value = SessionEvent> {
    let what = prop_oneof![
        Just(What::Started),
        Just(What::Renewed),
        end_reason().prop_map(|reason| What::Ended { reason }),
    ];
    let what_and_where = (what, time(), option::of(surface()), any::<String>());
    (
        any::<u64>(),
        (user_id(), session_id(), kind()),
        what_and_where,
    )
        .prop_map(
            |(sequence, (user, session, kind), (what, at, surface, device))| SessionEvent {
                sequence,
                user,
                session,
                kind,
                what,
                at,
                surface,
                device,
            },
        )
}
