//! Where a person goes after signing in at a surface: a page of the same surface, whatever the
//! address says.
//!
//! Threats: open redirects; a sign-in that leads to the next sign-in for ever.

use url::Url;

/// Longer ones would not fit into `state`.
const LONGEST: usize = 1024;
/// What is no page.
const NO_PAGES: [&str; 6] = [
    "/sign-in",
    "/callback",
    "/join",
    "/window",
    "/session",
    "/events",
];

/// The page that `wanted` names, if it is one of the surface's own; its first page otherwise.
pub(super) fn own_page(wanted: Option<&str>) -> String {
    wanted.and_then(own).unwrap_or_else(|| "/".to_owned())
}

/// Read as browsers read it (backslashes, tabs, `//host` and all), then held to our own origin.
fn own(wanted: &str) -> Option<String> {
    let here = Url::parse("https://own.invalid/").ok()?;
    let there = here.join(wanted).ok()?;
    let path = there.path();
    let own = wanted.len() <= LONGEST
        && wanted.starts_with('/')
        && there.origin() == here.origin()
        && there.username().is_empty()
        && !path.starts_with("//")
        && !NO_PAGES.iter().any(|no| {
            path.strip_prefix(no)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
    own.then(|| match there.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_surface_are_gone_back_to() {
        for page in ["/", "/sessions", "/people/42?tab=teams", "/sign-in-help"] {
            assert_eq!(own_page(Some(page)), page);
        }
        assert_eq!(own_page(None), "/");
    }

    #[test]
    fn nobody_is_sent_elsewhere_or_round_in_circles() {
        for wanted in [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example/",
            "/\t/evil.example/",
            "\\\\evil.example/",
            "javascript:alert(1)",
            "/a/..//evil.example",
            "/.//evil.example",
            "people",
            "https://own.invalid/people",
            "/sign-in?return_to=/",
            "/a/../sign-in",
            "/callback?code=x",
            "/window/done",
            "",
        ] {
            assert_eq!(own_page(Some(wanted)), "/", "{wanted:?}");
        }
        assert_eq!(own_page(Some(&format!("/{}", "a".repeat(LONGEST)))), "/");
    }
}
