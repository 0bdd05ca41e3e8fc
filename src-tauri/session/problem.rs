//! Everything that can go wrong, each mapped once to a stable code and one sentence of the
//! catalogue.

use super::{keychain::KeychainError, message::Message, record::RecordError};
use crate::issuer::{discovery::DiscoveryError, http::HttpError, oauth::TokenFailure};

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident $code:literal $key:literal,)*) => {
        /// What went wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Problem {
            $($(#[$doc])* $name,)*
        }

        impl Problem {
            /// Every problem.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its stable code, as in `docs/errors.md`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Its sentence.
            pub fn message(self) -> Message {
                Message::plain(match self { $(Self::$name => $key,)* })
            }
        }
    };
}

problems! {
    /// The issuer cannot be reached.
    IssuerUnreachable "UL-2001" "problem-issuer-unreachable",
    /// The issuer answers, but with an error or something that is no OpenID answer.
    IssuerAnswersBadly "UL-2002" "problem-issuer-answers-badly",
    /// The discovery document is not that of the configured issuer, or lacks what is needed.
    IssuerUnsuitable "UL-2003" "problem-issuer-unsuitable",
    /// The browser could not be opened.
    BrowserNotOpened "UL-2004" "problem-browser-not-opened",
    /// A link arrived while no sign-in waits for one.
    LinkWithoutAttempt "UL-2005" "problem-link-without-attempt",
    /// A link arrived that does not belong to the sign-in under way.
    LinkOfAnother "UL-2006" "problem-link-of-another",
    /// A link or pasted code arrived that cannot be read.
    LinkUnreadable "UL-2007" "problem-link-unreadable",
    /// The answer came from another issuer (RFC 9207).
    AnotherIssuer "UL-2008" "problem-another-issuer",
    /// The person or the issuer refused.
    AccessDenied "UL-2009" "problem-access-denied",
    /// The issuer reported an error in its answer.
    IssuerRefused "UL-2010" "problem-issuer-refused",
    /// Ten minutes went by.
    AttemptExpired "UL-2011" "problem-attempt-expired",
    /// The code was not accepted: used twice, too old, or of another attempt.
    CodeRefused "UL-2012" "problem-code-refused",
    /// The ID token does not verify.
    IdTokenInvalid "UL-2013" "problem-id-token-invalid",
    /// The issuer gave no refresh token: the session could not last.
    NoRefreshToken "UL-2014" "problem-no-refresh-token",
    /// No loopback port could be opened.
    LoopbackFailed "UL-2015" "problem-loopback-failed",
    /// The pasted code is not one.
    PastedCodeInvalid "UL-2016" "problem-pasted-code-invalid",
    /// The keychain is locked.
    KeychainLocked "UL-2101" "problem-keychain-locked",
    /// There is no keychain.
    KeychainMissing "UL-2102" "problem-keychain-missing",
    /// The keychain did not answer in time.
    KeychainSlow "UL-2103" "problem-keychain-slow",
    /// The record cannot be read.
    RecordDamaged "UL-2104" "problem-record-damaged",
    /// The record was written by a newer version of this app.
    RecordNewer "UL-2105" "problem-record-newer",
    /// The record is larger than the keychain allows.
    RecordTooLarge "UL-2106" "problem-record-too-large",
    /// The session could not be renewed; retried.
    RenewalDelayed "UL-2107" "problem-renewal-delayed",
    /// The session was signed out here; the service will be told when it can be reached.
    SignOutOwed "UL-2108" "problem-sign-out-owed",
    /// The issuer refused the way that the app asks: wrong client, key or clock.
    RequestRefused "UL-2109" "problem-request-refused",
    /// This computer's clock is wrong by more than five minutes.
    ClockWrong "UL-2110" "problem-clock-wrong",
    /// The app's settings cannot be used.
    SettingsUnusable "UL-2111" "problem-settings-unusable",
    /// An event of the stream is longer than any should be.
    EventTooLong "UL-2201" "problem-event-too-long",
}

impl Problem {
    /// Whether it concerns the renewal of a session, and is over once one succeeds.
    pub fn is_about_renewal(self) -> bool {
        matches!(
            self,
            Self::RequestRefused
                | Self::ClockWrong
                | Self::RenewalDelayed
                | Self::IssuerAnswersBadly
                | Self::IssuerUnsuitable
        )
    }
}

impl From<&HttpError> for Problem {
    fn from(error: &HttpError) -> Self {
        match error {
            HttpError::Unreachable(_) | HttpError::TooSlow => Self::IssuerUnreachable,
            HttpError::TooLarge
            | HttpError::Status(_)
            | HttpError::NotJson
            | HttpError::Invalid(_) => Self::IssuerAnswersBadly,
            HttpError::NotSecure(_) => Self::IssuerUnsuitable,
        }
    }
}

impl From<&DiscoveryError> for Problem {
    fn from(error: &DiscoveryError) -> Self {
        match error {
            DiscoveryError::Http(error) => error.into(),
            DiscoveryError::NotADocument(_) => Self::IssuerAnswersBadly,
            DiscoveryError::NoDocument(_)
            | DiscoveryError::AnotherIssuer(_)
            | DiscoveryError::NotSecure(_)
            | DiscoveryError::Lacks(_) => Self::IssuerUnsuitable,
        }
    }
}

impl From<&TokenFailure> for Problem {
    fn from(failure: &TokenFailure) -> Self {
        match failure {
            TokenFailure::InvalidGrant(_) => Self::CodeRefused,
            TokenFailure::Refused(_) | TokenFailure::Proof(_) => Self::RequestRefused,
            TokenFailure::Http(error) => error.into(),
            TokenFailure::Rubbish => Self::IssuerAnswersBadly,
        }
    }
}

impl From<&KeychainError> for Problem {
    fn from(error: &KeychainError) -> Self {
        match error {
            KeychainError::Locked(_) => Self::KeychainLocked,
            KeychainError::Missing(_) => Self::KeychainMissing,
            KeychainError::Slow => Self::KeychainSlow,
            KeychainError::Unreadable => Self::RecordDamaged,
            KeychainError::TooLarge => Self::RecordTooLarge,
        }
    }
}

impl From<RecordError> for Problem {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Damaged => Self::RecordDamaged,
            RecordError::Newer(_) => Self::RecordNewer,
            RecordError::TooLarge(_) => Self::RecordTooLarge,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_problem_has_its_own_code_and_sentence() {
        let codes: BTreeSet<_> = Problem::ALL.iter().map(|problem| problem.code()).collect();
        let keys: BTreeSet<_> = Problem::ALL
            .iter()
            .map(|problem| problem.message().key)
            .collect();
        assert_eq!(codes.len(), Problem::ALL.len());
        assert_eq!(keys.len(), Problem::ALL.len());
    }

    #[test]
    fn every_problem_is_explained_in_the_documentation() {
        let table = include_str!("../../docs/errors.md");
        for problem in Problem::ALL {
            let row = format!("| {} |", problem.code());
            assert!(table.contains(&row), "docs/errors.md lacks {row}");
        }
    }
}
