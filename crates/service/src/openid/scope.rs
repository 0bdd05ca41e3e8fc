//! The scopes there are. A closed set, so that a refresh token can carry its own in one byte.

use serde::{Deserialize, Serialize};

use super::ProtocolError;

const NAMES: [(&str, u8); 4] = [
    ("openid", Scopes::OPENID),
    ("profile", Scopes::PROFILE),
    ("email", Scopes::EMAIL),
    ("offline_access", Scopes::OFFLINE_ACCESS),
];

/// A set of scopes (OpenID Connect Core §5.4, §11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scopes(pub u8);

impl Scopes {
    /// An ID token is issued.
    pub const OPENID: u8 = 1;
    /// Name, organization and role.
    pub const PROFILE: u8 = 2;
    /// The email address.
    pub const EMAIL: u8 = 4;
    /// A refresh token is issued.
    pub const OFFLINE_ACCESS: u8 = 8;

    /// Reads a scope parameter. Unknown scopes are ignored (RFC 6749 §3.3: the answer tells what
    /// was granted); one without `openid` is refused, as this is an OpenID Provider.
    pub fn parse(text: &str) -> Result<Self, ProtocolError> {
        let asked = text.split(' ').fold(0, |set, word| set | bit(word));
        if asked & Self::OPENID == 0 {
            return Err(ProtocolError::InvalidScope);
        }
        Ok(Self(asked))
    }

    /// Narrows by the scope parameter of a refresh request (RFC 6749 §6): nothing that was not
    /// granted may be asked for.
    pub fn narrowed(self, text: Option<&str>) -> Result<Self, ProtocolError> {
        let Some(text) = text else { return Ok(self) };
        let asked = Self(text.split(' ').fold(0, |set, word| set | bit(word)));
        if asked.0 == 0 || asked.0 & !self.0 != 0 {
            return Err(ProtocolError::InvalidScope);
        }
        Ok(asked)
    }

    /// Whether it contains a scope.
    pub fn has(self, scope: u8) -> bool {
        self.0 & scope != 0
    }

    /// Its text form.
    pub fn text(self) -> String {
        let names = NAMES.iter().filter(|(_, bit)| self.has(*bit));
        names.map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
    }
}

fn bit(word: &str) -> u8 {
    NAMES
        .iter()
        .find(|(name, _)| *name == word)
        .map_or(0, |(_, bit)| *bit)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn unknown_scopes_are_left_out_of_what_is_granted() {
        let granted = Scopes::parse("openid email telepathy").unwrap();
        assert_eq!(granted.text(), "openid email");
    }

    #[test]
    fn a_request_without_openid_is_refused() {
        assert!(Scopes::parse("profile").is_err());
        assert!(Scopes::parse("").is_err());
    }

    #[test]
    fn a_refresh_may_narrow_but_never_widen() {
        let granted = Scopes::parse("openid email").unwrap();
        assert_eq!(granted.narrowed(Some("openid")).unwrap().text(), "openid");
        assert_eq!(granted.narrowed(None).unwrap(), granted);
        assert!(granted.narrowed(Some("openid profile")).is_err());
        assert!(granted.narrowed(Some("nothing")).is_err());
    }
}
