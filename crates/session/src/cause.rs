//! What ends sessions, and which ones (the rules, one variant each).
//!
//! | # | cause | browser session here | the user's other browser sessions | desktop sessions |
//! |---|---|---|---|---|
//! | 1 | sign-out on a browser surface | ends | stay (an organization may end all) | stay |
//! | 2 | sign-out in the desktop app | stays | stay | that one ends |
//! | 3 | a person ends chosen sessions | if chosen | if chosen | if chosen |
//! | 4 | sign out everywhere | ends | end | end |
//! | 5 | an admin ends them; user disabled, deprovisioned | ends | end | end |
//! | 6 | password or second factor changed | stays if it made the change | end | end |
//! | 7 | policy no longer allows the method | ends after the notice | same | same |
//! | 8 | a spent refresh token is presented | stays | stay | that one ends |
//! | 9 | idle or absolute lifetime is over | that one | that one | that one |
//!
//! Which of these wait for a call is in [`Ending`]'s module, `hold`.

mod changes;

use std::{collections::BTreeSet, time::Duration};

use jiff::Timestamp;

pub use changes::{CredentialChange, Lifetime, UserLoss};

use crate::{
    EndReason, Ending, Kind, Method, OrganizationId, Session, SessionId, Settled, Surface, UserId,
    When,
};

/// Something that happened and may end sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Rule 1: a person signed out on a browser surface.
    SurfaceSignOut {
        /// The browser session signed out of.
        session: SessionId,
        /// Whose it is.
        user: UserId,
        /// Where the person signed out.
        surface: Surface,
        /// The organization wants such a sign-out to end all of the user's browser sessions.
        all_browsers: bool,
        /// What the person chose about a call in this browser.
        when: When,
    },
    /// Rule 2: a person signed out in the desktop app.
    DesktopSignOut {
        /// The desktop session signed out of.
        session: SessionId,
    },
    /// Rule 3: a person ended chosen sessions of theirs.
    Chosen {
        /// Whose sessions; others' are never reached.
        user: UserId,
        /// Which ones.
        sessions: BTreeSet<SessionId>,
    },
    /// Rule 4: *Sign out everywhere*.
    Everywhere {
        /// Whose sessions.
        user: UserId,
    },
    /// Rule 5: an admin ended the user's sessions, or the user may no longer sign in.
    UserLost {
        /// Whose sessions.
        user: UserId,
        /// What happened to the user.
        loss: UserLoss,
        /// What the admin chose about the user's calls.
        when: When,
    },
    /// Rule 5 for one session: an admin ended it.
    EndedByAdmin {
        /// Whose admin; no other organization's session is reached.
        organization: OrganizationId,
        /// Which one.
        session: SessionId,
        /// What the admin chose about a call in it.
        when: When,
    },
    /// Rule 6: a password or second factor was changed or reset.
    CredentialChanged {
        /// Whose credential.
        user: UserId,
        /// What was changed.
        change: CredentialChange,
        /// The session that made the change; it stays if it is a browser session.
        by: Option<SessionId>,
    },
    /// Rule 7: an organization's policy was tightened.
    PolicyTightened {
        /// Whose policy.
        organization: OrganizationId,
        /// What it still allows.
        allowed: BTreeSet<Method>,
        /// When it was tightened.
        at: Timestamp,
        /// How long people are given (1 h by default).
        notice: Duration,
    },
    /// Rule 8: a spent refresh token was presented again.
    TokenReplayed {
        /// The session of that token.
        session: SessionId,
    },
    /// Rule 9: a lifetime is over.
    LifetimeOver {
        /// The session whose lifetime it is.
        session: SessionId,
        /// Which lifetime.
        lifetime: Lifetime,
    },
}

/// What a cause does to one session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It stays.
    Stays,
    /// It ends now.
    Ends(EndReason),
    /// It ends later: after a notice period, or when its call is over.
    EndsLater(Ending),
}

/// The sessions that a cause has to be held against; all others stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One session.
    Session(SessionId),
    /// Every session of a user.
    User(UserId),
    /// Every session of an organization.
    Organization(OrganizationId),
}

impl Cause {
    /// Which sessions a store must look at.
    pub fn scope(&self) -> Scope {
        match *self {
            Self::DesktopSignOut { session }
            | Self::TokenReplayed { session }
            | Self::LifetimeOver { session, .. }
            | Self::EndedByAdmin { session, .. }
            | Self::SurfaceSignOut {
                session,
                all_browsers: false,
                ..
            } => Scope::Session(session),
            Self::SurfaceSignOut { user, .. }
            | Self::Chosen { user, .. }
            | Self::Everywhere { user }
            | Self::UserLost { user, .. }
            | Self::CredentialChanged { user, .. } => Scope::User(user),
            Self::PolicyTightened { organization, .. } => Scope::Organization(organization),
        }
    }

    /// What it does at `now` to `session`, which is `on_call` or not. An ended session stays as
    /// it is.
    pub fn effect_during(&self, session: &Session, on_call: bool, now: Timestamp) -> Effect {
        let ending = match self.effect(session) {
            Effect::Stays => return Effect::Stays,
            Effect::Ends(reason) if self.waits_for_call(session.id) => {
                Ending::after_call(now, reason)
            }
            Effect::Ends(reason) => return Effect::Ends(reason),
            Effect::EndsLater(ending) => ending,
        };
        match ending.settle(on_call, now) {
            Settled::Over(reason) => Effect::Ends(reason),
            Settled::Later(ending) => Effect::EndsLater(ending),
        }
    }

    /// Whether an end of `session` by this cause waits for a call that it is on.
    fn waits_for_call(&self, session: SessionId) -> bool {
        match self {
            // Whoever signed out here was told of a call here, and of no other.
            Self::SurfaceSignOut {
                session: here,
                when,
                ..
            } => session != *here || *when == When::AfterCall,
            Self::UserLost { when, .. } | Self::EndedByAdmin { when, .. } => {
                *when == When::AfterCall
            }
            Self::CredentialChanged { .. } | Self::PolicyTightened { .. } => true,
            Self::DesktopSignOut { .. }
            | Self::Chosen { .. }
            | Self::Everywhere { .. }
            | Self::TokenReplayed { .. }
            | Self::LifetimeOver { .. } => false,
        }
    }

    /// What it does to `session`, calls aside. An ended session stays as it is.
    pub fn effect(&self, session: &Session) -> Effect {
        if !session.is_live() {
            return Effect::Stays;
        }
        let ends_if = |reached: bool, reason: EndReason| {
            if reached {
                Effect::Ends(reason)
            } else {
                Effect::Stays
            }
        };
        match self {
            Self::SurfaceSignOut {
                session: here,
                user,
                all_browsers,
                ..
            } => ends_if(
                session.kind == Kind::Browser
                    && session.user == *user
                    && (session.id == *here || *all_browsers),
                EndReason::SignedOut,
            ),
            Self::DesktopSignOut { session: here } => ends_if(
                session.kind == Kind::Desktop && session.id == *here,
                EndReason::SignedOutOnDesktop,
            ),
            Self::Chosen { user, sessions } => ends_if(
                session.user == *user && sessions.contains(&session.id),
                EndReason::EndedByUser,
            ),
            Self::Everywhere { user } => {
                ends_if(session.user == *user, EndReason::SignedOutEverywhere)
            }
            Self::UserLost { user, loss, .. } => ends_if(session.user == *user, loss.reason()),
            Self::EndedByAdmin {
                organization,
                session: chosen,
                ..
            } => ends_if(
                session.organization == *organization && session.id == *chosen,
                EndReason::EndedByAdmin,
            ),
            Self::CredentialChanged { user, change, by } => ends_if(
                session.user == *user
                    && !(session.kind == Kind::Browser && *by == Some(session.id)),
                change.reason(),
            ),
            Self::PolicyTightened {
                organization,
                allowed,
                at,
                notice,
            } => {
                // Nothing known of how the person signed in is not enough.
                let methods = &session.authentication.methods;
                let complies = !methods.is_empty() && methods.is_subset(allowed);
                if session.organization != *organization || complies {
                    Effect::Stays
                } else {
                    let over = at.saturating_add(*notice).unwrap_or(Timestamp::MAX);
                    Effect::EndsLater(Ending::notice(over, EndReason::PolicyTightened))
                }
            }
            Self::TokenReplayed { session: here } => ends_if(
                session.kind == Kind::Desktop && session.id == *here,
                EndReason::TokenReplayed,
            ),
            Self::LifetimeOver {
                session: here,
                lifetime,
            } => ends_if(session.id == *here, lifetime.reason()),
        }
    }
}

#[cfg(test)]
mod tests;
