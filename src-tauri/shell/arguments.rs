//! The command line.

use clap::Parser;

use crate::settings::SCHEME;

/// Workspace desktop app.
#[derive(Clone, Debug, Default, PartialEq, Eq, Parser)]
#[command(name = "workspace", version, about)]
pub struct Arguments {
    /// Start in the tray, without a window
    #[arg(long)]
    pub minimized: bool,
    /// Sign in at this OpenID Provider
    #[arg(long, value_name = "URL")]
    pub issuer: Option<String>,
    /// Check everything that a sign-in needs, and say what to do about what is missing
    #[arg(long, conflicts_with_all = ["minimized", "sign_out"])]
    pub doctor: bool,
    /// Print what the doctor found as JSON
    #[arg(long, requires = "doctor")]
    pub json: bool,
    /// Sign out, in the running app or without one
    #[arg(long)]
    pub sign_out: bool,
    /// The address that the browser came back with
    #[arg(value_name = "LINK")]
    pub link: Option<String>,
}

impl Arguments {
    /// The address to hand to the sign-in. Untrusted: anybody may start this program with one.
    /// What is not of the app's own scheme was never meant for it.
    pub fn callback(&self) -> Option<&str> {
        self.link
            .as_deref()
            .filter(|link| {
                link.get(..SCHEME.len())
                    .is_some_and(|head| head.eq_ignore_ascii_case(SCHEME))
            })
            .filter(|link| link[SCHEME.len()..].starts_with(':'))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn parse(arguments: &[&str]) -> Arguments {
        Arguments::try_parse_from([&["workspace"], arguments].concat()).unwrap()
    }

    #[test]
    fn a_link_arrives_whatever_stands_beside_it() {
        let link = format!("{SCHEME}:/signed-in?code=x&state=y");
        assert_eq!(parse(&[&link]).callback(), Some(link.as_str()));
        assert_eq!(
            parse(&["--minimized", &link]).callback(),
            Some(link.as_str())
        );
    }

    #[test]
    fn a_link_of_another_scheme_is_not_taken() {
        for link in [
            "https://example.org/signed-in?code=x",
            "com.unifiedlogin.workspacex:/signed-in",
            "",
            "é",
        ] {
            assert_eq!(parse(&[link]).callback(), None, "{link}");
        }
    }
}
