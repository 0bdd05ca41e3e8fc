//! Reads what comes back from the browser. The text is untrusted: anybody can open our scheme or
//! ask our loopback port, with anything, at any time.

use std::collections::BTreeMap;

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use url::Url;

use crate::session::problem::Problem;

/// Longer texts are no answer.
const LONGEST: usize = 64 * 1024;
/// Longer codes are none.
const LONGEST_CODE: usize = 4 * 1024;

/// What an answer must fit.
#[derive(Clone)]
pub struct Expected {
    /// The redirect address of the attempt.
    pub redirect: Url,
    /// Its state.
    pub state: SecretString,
    /// The issuer that was asked.
    pub issuer: String,
    /// Whether the issuer says that its answers carry `iss` (RFC 9207 §2.4).
    pub issuer_must_say: bool,
}

/// What a text means to the attempt under way.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It answers the attempt with a code.
    Code(SecretString),
    /// It answers the attempt with an error.
    Failed(Problem),
    /// It does not belong to the attempt.
    Stray(Problem),
}

/// Holds a text against the attempt.
pub fn judge(text: &str, expected: Option<&Expected>) -> Verdict {
    let Some(expected) = expected else {
        return Verdict::Stray(Problem::LinkWithoutAttempt);
    };
    match read(text, expected) {
        Ok(verdict) => verdict,
        Err(problem) => Verdict::Stray(problem),
    }
}

fn read(text: &str, expected: &Expected) -> Result<Verdict, Problem> {
    if text.len() > LONGEST {
        return Err(Problem::LinkUnreadable);
    }
    let url = Url::parse(text.trim()).map_err(|_| Problem::LinkUnreadable)?;
    if !same_place(&url, &expected.redirect) {
        return Err(Problem::LinkOfAnother);
    }
    let answer = parameters(&url)?;
    let state = answer.get("state").ok_or(Problem::LinkOfAnother)?;
    let fits = state
        .as_bytes()
        .ct_eq(expected.state.expose_secret().as_bytes());
    if !bool::from(fits) {
        return Err(Problem::LinkOfAnother);
    }
    match answer.get("iss") {
        Some(issuer) if *issuer != expected.issuer => return Err(Problem::AnotherIssuer),
        None if expected.issuer_must_say => return Err(Problem::AnotherIssuer),
        _ => {}
    }
    match (answer.get("code"), answer.get("error")) {
        (Some(code), None) if is_code(code) => Ok(Verdict::Code(code.as_str().into())),
        (None, Some(error)) => Ok(Verdict::Failed(error_problem(error))),
        _ => Err(Problem::LinkUnreadable),
    }
}

/// The redirect must be ours to the letter; only query and an empty fragment may differ.
fn same_place(url: &Url, redirect: &Url) -> bool {
    url.scheme() == redirect.scheme()
        && url.username().is_empty()
        && url.password().is_none()
        && url.host() == redirect.host()
        && url.port() == redirect.port()
        && url.path() == redirect.path()
        && url.fragment().unwrap_or_default().is_empty()
}

/// A parameter that comes twice could be read one way here and another way elsewhere (RFC 6749
/// §3.1): refused.
fn parameters(url: &Url) -> Result<BTreeMap<String, String>, Problem> {
    let mut found = BTreeMap::new();
    for (name, value) in url.query_pairs() {
        if found
            .insert(name.into_owned(), value.into_owned())
            .is_some()
        {
            return Err(Problem::LinkUnreadable);
        }
    }
    Ok(found)
}

/// What an authorization error means (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6).
fn error_problem(error: &str) -> Problem {
    match error {
        "access_denied" | "login_required" | "interaction_required" | "consent_required" => {
            Problem::AccessDenied
        }
        "server_error" | "temporarily_unavailable" => Problem::IssuerAnswersBadly,
        _ => Problem::IssuerRefused,
    }
}

/// RFC 6749 appendix A.11: visible ASCII.
fn is_code(text: &str) -> bool {
    (1..=LONGEST_CODE).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Reads what a person pasted: the code that the browser's last page shows, or the whole address.
/// A bare code carries no state; it is bound to the attempt by its verifier and nonce.
pub fn pasted(text: &str, expected: &Expected) -> Verdict {
    let text = text.trim();
    if text.contains(':') {
        judge(text, Some(expected))
    } else if is_code(text) {
        Verdict::Code(text.into())
    } else {
        Verdict::Stray(Problem::PastedCodeInvalid)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    const PLACE: &str = "com.unifiedlogin.workspace:/signed-in";

    fn expected() -> Expected {
        Expected {
            redirect: Url::parse(PLACE).unwrap(),
            state: "right".into(),
            issuer: "https://id.example".into(),
            issuer_must_say: true,
        }
    }

    fn judged(query: &str) -> Verdict {
        judge(&format!("{PLACE}?{query}"), Some(&expected()))
    }

    fn stray(verdict: Verdict) -> Problem {
        match verdict {
            Verdict::Stray(problem) => problem,
            other => panic!("not stray: {other:?}"),
        }
    }

    #[test]
    fn the_right_answer_gives_its_code() {
        let verdict = judged("code=abc&state=right&iss=https%3A%2F%2Fid.example");
        let Verdict::Code(code) = verdict else {
            panic!("{verdict:?}")
        };
        assert_eq!(code.expose_secret(), "abc");
    }

    #[test]
    fn wrong_missing_or_repeated_state_is_of_no_attempt() {
        let iss = "iss=https%3A%2F%2Fid.example";
        for query in ["state=wrong", "state=", "", "state=righ", "state=right1"] {
            let problem = stray(judged(&format!("code=abc&{iss}&{query}")));
            assert_eq!(problem, Problem::LinkOfAnother, "{query}");
        }
        let problem = stray(judged(&format!("code=abc&{iss}&state=right&state=right")));
        assert_eq!(problem, Problem::LinkUnreadable);
        let problem = stray(judged(&format!("code=abc&code=abc&{iss}&state=right")));
        assert_eq!(problem, Problem::LinkUnreadable);
    }

    #[test]
    fn an_answer_of_another_issuer_is_refused() {
        for query in ["&iss=https%3A%2F%2Fevil.example", ""] {
            let problem = stray(judged(&format!("code=abc&state=right{query}")));
            assert_eq!(problem, Problem::AnotherIssuer);
        }
        let silent = Expected {
            issuer_must_say: false,
            ..expected()
        };
        let text = format!("{PLACE}?code=abc&state=right");
        assert!(matches!(judge(&text, Some(&silent)), Verdict::Code(_)));
    }

    #[test]
    fn an_error_is_believed_with_the_right_state_only() {
        let iss = "iss=https%3A%2F%2Fid.example";
        let problem = stray(judged(&format!("error=access_denied&state=wrong&{iss}")));
        assert_eq!(problem, Problem::LinkOfAnother);
        let verdict = judged(&format!("error=access_denied&state=right&{iss}"));
        assert!(matches!(verdict, Verdict::Failed(Problem::AccessDenied)));
        let verdict = judged(&format!("error=x&code=abc&state=right&{iss}"));
        assert_eq!(stray(verdict), Problem::LinkUnreadable);
    }

    #[test]
    fn a_foreign_place_is_of_no_attempt() {
        let query = "?code=abc&state=right&iss=https%3A%2F%2Fid.example";
        for place in [
            "com.unifiedlogin.workspace:/elsewhere",
            "com.unifiedlogin.workspace://signed-in",
            "com.unifiedlogin.workspace:/signed-in/",
            "com.unifiedlogin.workspace.dev:/signed-in",
            "https://evil.example/signed-in",
        ] {
            let verdict = judge(&format!("{place}{query}"), Some(&expected()));
            assert_eq!(stray(verdict), Problem::LinkOfAnother, "{place}");
        }
    }

    #[test]
    fn a_mebibyte_of_text_and_rubbish_are_refused_whatever_they_say() {
        let large = format!("{PLACE}?code={}&state=right", "x".repeat(1024 * 1024));
        for text in [large.as_str(), "", "\0", "::::", "%%%", "😀", "//"] {
            let problem = stray(judge(text, Some(&expected())));
            assert_eq!(problem, Problem::LinkUnreadable);
            let problem = stray(judge(text, None));
            assert_eq!(problem, Problem::LinkWithoutAttempt);
        }
    }

    #[test]
    fn an_answer_changed_anywhere_fits_with_the_right_state_and_place_only() {
        let right = format!("{PLACE}?code=abc&state=right&iss=https%3A%2F%2Fid.example");
        let letters = ['&', '=', '?', '#', '%', ':', '/', '\0', 'x', '+', '😀'];
        let mut tried = 0;
        for at in 0..=right.len() {
            for letter in letters {
                let mut longer = right.clone();
                longer.insert(at, letter);
                let mut other: String = right[..at].to_owned();
                other.push(letter);
                other.push_str(right.get(at + 1..).unwrap_or_default());
                for text in [&longer, &other] {
                    let verdict = judge(text, Some(&expected()));
                    if matches!(verdict, Verdict::Code(_)) {
                        let url = Url::parse(text.trim()).unwrap();
                        let pairs: Vec<_> = url.query_pairs().collect();
                        let state = pairs.iter().find(|(name, _)| name == "state");
                        assert_eq!(state.unwrap().1, "right", "{text}");
                        assert!(url.as_str().starts_with(PLACE), "{text}");
                    }
                    tried += 1;
                }
            }
            assert!(
                !matches!(judge(&right[..at], Some(&expected())), Verdict::Code(_))
                    || at == right.len()
            );
        }
        assert!(tried > 1_000);
    }

    #[test]
    fn a_pasted_code_or_address_is_read() {
        assert!(matches!(
            pasted("  abc-123_~ \n", &expected()),
            Verdict::Code(_)
        ));
        let address = format!("{PLACE}?code=a&state=right&iss=https%3A%2F%2Fid.example");
        assert!(matches!(pasted(&address, &expected()), Verdict::Code(_)));
        for rubbish in ["", "two words", "ä"] {
            let problem = stray(pasted(rubbish, &expected()));
            assert_eq!(problem, Problem::PastedCodeInvalid);
        }
    }
}
