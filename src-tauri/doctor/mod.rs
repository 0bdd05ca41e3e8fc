//! `workspace --doctor`: checks everything that a sign-in needs, and says what to do about what
//! is not as it should be. It changes nothing but a probe record of its own in the keychain.

mod checks;
mod report;
mod system;

use crate::{
    session::{keychain::Keychain, message::Message},
    settings::Settings,
};

pub use report::{json, text};
pub use system::LinkHandler;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was checked.
    pub check: Check,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As it should be.
    Fine(Message),
    /// Not as it should be; signing in does not work, or not well.
    Wrong(Message),
    /// Could not be checked, or does not apply here.
    Skipped(Message),
}

macro_rules! checks {
    ($($(#[$doc:meta])* $name:ident $code:literal $label:literal $advice:literal,)*) => {
        /// What is checked.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Check {
            $($(#[$doc])* $name,)*
        }

        impl Check {
            /// Every check, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable code of a failure, as in `docs/errors.md`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What it is called.
            pub fn label(self) -> Message {
                Message::plain(match self { $(Self::$name => $label,)* })
            }

            /// What to do about a failure.
            pub fn advice(self) -> Message {
                Message::plain(match self { $(Self::$name => $advice,)* })
            }
        }
    };
}

checks! {
    /// This app is the handler of its redirect scheme.
    Scheme "UL-2301" "doctor-scheme" "doctor-scheme-advice",
    /// There is a default browser.
    Browser "UL-2302" "doctor-browser" "doctor-browser-advice",
    /// A record can be written, read and removed.
    Keychain "UL-2303" "doctor-keychain" "doctor-keychain-advice",
    /// The proxy settings can be used.
    Proxy "UL-2304" "doctor-proxy" "doctor-proxy-advice",
    /// The issuer answers and offers what is needed.
    Issuer "UL-2305" "doctor-issuer" "doctor-issuer-advice",
    /// The issuer's certificate is trusted.
    Tls "UL-2306" "doctor-tls" "doctor-tls-advice",
    /// This computer's clock agrees with the issuer's.
    Clock "UL-2307" "doctor-clock" "doctor-clock-advice",
    /// The event stream answers.
    Events "UL-2308" "doctor-events" "doctor-events-advice",
    /// A loopback port can be opened and reached.
    Loopback "UL-2309" "doctor-loopback" "doctor-loopback-advice",
}

/// Checks everything.
pub async fn examine(
    settings: &Settings,
    keychain: &Keychain,
    link_handler: LinkHandler,
) -> Vec<Finding> {
    let mut findings = vec![
        system::scheme(link_handler),
        system::browser().await,
        checks::keychain(keychain).await,
        system::proxy(|name| std::env::var(name).ok()),
    ];
    findings.extend(checks::issuer(&settings.issuer).await);
    findings.push(checks::loopback().await);
    findings
}

/// Whether nothing was found wrong: the program's exit code follows it.
pub fn all_well(findings: &[Finding]) -> bool {
    !findings
        .iter()
        .any(|finding| matches!(finding.outcome, Outcome::Wrong(_)))
}

impl Check {
    fn fine(self, message: Message) -> Finding {
        Finding {
            check: self,
            outcome: Outcome::Fine(message),
        }
    }

    fn wrong(self, message: Message) -> Finding {
        Finding {
            check: self,
            outcome: Outcome::Wrong(message),
        }
    }

    fn skipped(self, message: Message) -> Finding {
        Finding {
            check: self,
            outcome: Outcome::Skipped(message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_is_explained_in_the_documentation() {
        let table = include_str!("../../docs/errors.md");
        for check in Check::ALL {
            let row = format!("| {} |", check.code());
            assert!(table.contains(&row), "docs/errors.md lacks {row}");
        }
    }
}
