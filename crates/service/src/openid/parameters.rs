//! Request parameters, read strictly: none twice (RFC 6749 §3.1), none empty, none too long.

use std::borrow::Cow;

use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};

use super::ProtocolError;
use crate::state::App;

const MAX_NAMES: usize = 40;
const MAX_VALUE: usize = 4096;
const MAX_WORDS: usize = 120;
/// No request of the protocol needs more (a pushed request of all parameters at their limits).
const MAX_BODY: usize = 32 * 1024;

/// The parameters of one request.
#[derive(Debug, Default)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads a query or an `application/x-www-form-urlencoded` body.
    pub fn read(encoded: &[u8]) -> Result<Self, ProtocolError> {
        let mut all: Vec<(String, String)> = Vec::new();
        for (name, value) in pairs(encoded) {
            if value.len() > MAX_VALUE || name.len() > MAX_VALUE || all.len() == MAX_NAMES {
                return Err(ProtocolError::TooLong);
            }
            // A parameter without a value counts as left out (RFC 6749 §3.1), but still as sent.
            if all.iter().any(|(known, _)| *known == name) {
                return Err(ProtocolError::Duplicate);
            }
            all.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self(all))
    }

    /// A parameter, if it was sent with a value.
    pub fn get(&self, name: &str) -> Option<&str> {
        let sent = self.0.iter().find(|(known, _)| known == name);
        sent.map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// A parameter that must be there.
    pub fn need(&self, name: &'static str) -> Result<&str, ProtocolError> {
        self.get(name).ok_or(ProtocolError::Missing(name))
    }

    /// Sends a form's parameters on as a query. A form that another site sent comes without our
    /// cookies (they are `SameSite=Lax`), the page it leads to is asked for with them.
    pub fn by_query(&self, path: &str) -> Response {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.0.iter().map(|(name, value)| (name, value)));
        Redirect::to(&format!("{path}?{}", query.finish())).into_response()
    }

    /// A few words to be shown to a person: no control characters, and not long.
    pub fn words(&self, name: &str) -> Option<String> {
        let text: String = self
            .get(name)?
            .chars()
            .filter(|letter| !letter.is_control() && !is_invisible(*letter))
            .take(MAX_WORDS)
            .collect();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// The pairs of a form (URL standard §5.1). A renewal or a check has nothing to decode, and to look
/// at each letter of its token once more costs more than all else that is done with it.
fn pairs(encoded: &[u8]) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    let plain = std::str::from_utf8(encoded).ok();
    let plain = plain.filter(|text| !text.bytes().any(|byte| matches!(byte, b'%' | b'+')));
    let coded = if plain.is_some() { &[] } else { encoded };
    plain
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (name.into(), value.into()))
        .chain(url::form_urlencoded::parse(coded))
}

/// A form that a program has posted, with the headers it came with.
pub struct Posted {
    /// The headers.
    pub headers: HeaderMap,
    /// The form.
    pub parameters: Parameters,
}

impl FromRequest<App> for Posted {
    type Rejection = ProtocolError;

    async fn from_request(request: Request, _: &App) -> Result<Self, ProtocolError> {
        let (head, body) = request.into_parts();
        let body = to_bytes(body, MAX_BODY).await;
        let parameters = Parameters::read(&body.map_err(|_| ProtocolError::TooLong)?)?;
        let headers = head.headers;
        Ok(Self {
            headers,
            parameters,
        })
    }
}

/// The body of a form.
impl FromRequest<App> for Parameters {
    type Rejection = ProtocolError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ProtocolError> {
        let posted = Posted::from_request(request, app).await?;
        Ok(posted.parameters)
    }
}

/// Letters that change the direction of text or cannot be seen: a name must not look like another.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn a_parameter_sent_twice_is_refused_even_where_it_says_the_same() {
        assert!(Parameters::read(b"state=a&state=b").is_err());
        assert!(Parameters::read(b"state=a&state=a").is_err());
        assert!(Parameters::read(b"state=&state=a").is_err());
    }

    #[test]
    fn a_parameter_without_a_value_counts_as_left_out() {
        let parameters = Parameters::read(b"state=&nonce").unwrap();
        assert_eq!(parameters.get("state"), None);
        assert_eq!(parameters.get("nonce"), None);
    }

    #[test]
    fn what_has_nothing_to_decode_is_read_as_the_standard_says() {
        for form in [
            "",
            "&",
            "a",
            "a=",
            "=b",
            "a=b&c=d&&e==f&",
            "a=\u{e9}&b",
            "a&b=c&=d",
        ] {
            let ours: Vec<_> = pairs(form.as_bytes()).collect();
            let standard: Vec<_> = url::form_urlencoded::parse(form.as_bytes()).collect();
            assert_eq!(ours, standard, "{form}");
        }
        let coded: Vec<_> = pairs(b"a=b+c%26&d=e").collect();
        assert_eq!(
            coded,
            [("a".into(), "b c&".into()), ("d".into(), "e".into())]
        );
    }

    #[test]
    fn values_without_measure_are_refused() {
        let long = format!("state={}", "a".repeat(MAX_VALUE + 1));
        assert!(Parameters::read(long.as_bytes()).is_err());
        let many = (0..100)
            .map(|n| format!("p{n}=1"))
            .collect::<Vec<_>>()
            .join("&");
        assert!(Parameters::read(many.as_bytes()).is_err());
    }

    #[test]
    fn a_device_name_cannot_hide_or_turn_round_text() {
        let parameters = Parameters::read("device_name=Mira\u{202e}'s%0Alaptop".as_bytes());
        assert_eq!(
            parameters.unwrap().words("device_name").as_deref(),
            Some("Mira'slaptop")
        );
    }
}
