//! The parts of JSON answers that the clients read.

use serde::Deserialize;

/// A token endpoint's answer (RFC 6749 §5.1), as far as it is needed to go on.
#[derive(Debug, Deserialize)]
pub struct Tokens {
    /// The next refresh token.
    pub refresh_token: String,
    /// The access token.
    pub access_token: String,
}

/// An introspection's answer (RFC 7662 §2.2).
#[derive(Debug, Deserialize)]
pub struct Introspection {
    /// Whether the session behind the token goes on.
    pub active: bool,
}

/// Reads an answer, or ends with what it was instead.
pub fn read<'a, T: Deserialize<'a>>(status: u16, body: &'a [u8]) -> T {
    serde_json::from_slice(body)
        .ok()
        .filter(|_| status == 200)
        .unwrap_or_else(|| panic!("answer {status}: {}", String::from_utf8_lossy(body)))
}
