//! Why a session ended, and how that is said.

use ::session::EndReason;

use super::message::Message;

/// Why a session ended without a sign-out here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The service said why.
    Told(EndReason),
    /// The issuer refused the refresh token and said no more.
    Refused,
    /// The keychain record was removed by somebody else.
    RecordRemoved,
}

impl Ending {
    /// The catalogue's message.
    pub fn message(self) -> Message {
        Message::plain(match self {
            Self::Told(EndReason::SignedOut) => "ended-signed-out",
            Self::Told(EndReason::SignedOutOnDesktop) => "ended-signed-out-on-desktop",
            Self::Told(EndReason::EndedByUser) => "ended-by-user",
            Self::Told(EndReason::SignedOutEverywhere) => "ended-everywhere",
            Self::Told(EndReason::EndedByAdmin) => "ended-by-admin",
            Self::Told(EndReason::UserDisabled) => "ended-user-disabled",
            Self::Told(EndReason::UserDeprovisioned) => "ended-user-deprovisioned",
            Self::Told(EndReason::PasswordChanged) => "ended-password-changed",
            Self::Told(EndReason::SecondFactorChanged) => "ended-second-factor-changed",
            Self::Told(EndReason::PolicyTightened) => "ended-policy-tightened",
            Self::Told(EndReason::TokenReplayed) => "ended-token-replayed",
            Self::Told(EndReason::IdleTooLong) => "ended-idle-too-long",
            Self::Told(EndReason::TooOld) => "ended-too-old",
            Self::Refused => "ended-refused",
            Self::RecordRemoved => "ended-record-removed",
        })
    }
}
