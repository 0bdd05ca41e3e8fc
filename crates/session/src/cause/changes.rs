//! What happened to a user, a credential or a lifetime, and the reason that sessions end for.

use serde::{Deserialize, Serialize};

use crate::EndReason;

/// What happened to a user whose sessions all end (rule 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserLoss {
    /// An admin ended the user's sessions.
    EndedByAdmin,
    /// The user was disabled.
    Disabled,
    /// The user was removed by provisioning.
    Deprovisioned,
}

/// Which credential was changed or reset (rule 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialChange {
    /// The password.
    Password,
    /// The second factor.
    SecondFactor,
}

/// Which lifetime is over (rule 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lifetime {
    /// Unused for too long.
    Idle,
    /// Too old.
    Absolute,
}

impl UserLoss {
    pub(super) fn reason(self) -> EndReason {
        match self {
            Self::EndedByAdmin => EndReason::EndedByAdmin,
            Self::Disabled => EndReason::UserDisabled,
            Self::Deprovisioned => EndReason::UserDeprovisioned,
        }
    }
}

impl CredentialChange {
    pub(super) fn reason(self) -> EndReason {
        match self {
            Self::Password => EndReason::PasswordChanged,
            Self::SecondFactor => EndReason::SecondFactorChanged,
        }
    }
}

impl Lifetime {
    pub(super) fn reason(self) -> EndReason {
        match self {
            Self::Idle => EndReason::IdleTooLong,
            Self::Absolute => EndReason::TooOld,
        }
    }
}
