//! Where to go after signing in: a page of our own, whatever the address says.
//!
//! Threat: open redirects.

use url::Url;

/// The page that `wanted` names, if it is one of our own; the account page otherwise.
pub fn own_page(wanted: Option<&str>) -> String {
    wanted
        .and_then(own)
        .unwrap_or_else(|| "/account".to_owned())
}

/// Read as browsers read it (backslashes, tabs, `//host` and all), then held to our own origin.
fn own(wanted: &str) -> Option<String> {
    let here = Url::parse("https://own.invalid/").ok()?;
    let there = here.join(wanted).ok()?;
    let own = there.origin() == here.origin()
        && there.username().is_empty()
        && wanted.starts_with('/')
        && !there.path().starts_with("//")
        && (there.path() == "/account" || there.path().starts_with("/account/"));
    own.then(|| match there.query() {
        Some(query) => format!("{}?{query}", there.path()),
        None => there.path().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_pages_are_gone_back_to() {
        assert_eq!(own_page(Some("/account/sessions")), "/account/sessions");
        assert_eq!(own_page(Some("/account?a=b")), "/account?a=b");
        assert_eq!(own_page(None), "/account");
    }

    #[test]
    fn nobody_is_sent_elsewhere() {
        for wanted in [
            "https://evil.example/account",
            "//evil.example/account",
            "/\\evil.example/account",
            "/\t/evil.example/account",
            "\\\\evil.example/account",
            "javascript:alert(1)",
            "/account/../oauth/logout",
            "/account/..//evil.example",
            "/.//evil.example",
            "account",
            "https://own.invalid/account",
            "/sign-in",
            "",
        ] {
            assert_eq!(own_page(Some(wanted)), "/account", "{wanted:?}");
        }
    }
}
