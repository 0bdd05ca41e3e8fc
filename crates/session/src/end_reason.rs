//! Why a session ended.

use serde::{Deserialize, Serialize};

/// Why a session ended, as it is stored and told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export_to = "wire/"))]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// Signed out on a browser surface (rule 1).
    SignedOut,
    /// Signed out in the desktop app (rule 2).
    SignedOutOnDesktop,
    /// Ended by the person from a list of sessions (rule 3).
    EndedByUser,
    /// *Sign out everywhere* (rule 4).
    SignedOutEverywhere,
    /// Ended by an admin (rule 5).
    EndedByAdmin,
    /// The user was disabled (rule 5).
    UserDisabled,
    /// The user was removed by provisioning (rule 5).
    UserDeprovisioned,
    /// The password was changed or reset elsewhere (rule 6).
    PasswordChanged,
    /// The second factor was changed or reset elsewhere (rule 6).
    SecondFactorChanged,
    /// The sign-in method is no longer allowed (rule 7).
    PolicyTightened,
    /// A spent refresh token was presented (rule 8).
    TokenReplayed,
    /// Unused for too long (rule 9).
    IdleTooLong,
    /// Older than the maximum (rule 9).
    TooOld,
}
