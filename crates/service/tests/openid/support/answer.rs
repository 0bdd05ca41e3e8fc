//! An answer of the service, read whole.

use axum::{
    body::to_bytes,
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use serde_json::Value;
use url::Url;

use super::ISSUER;

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub async fn read(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 1 << 20).await.unwrap();
        Self {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// Where it redirects to, if it does.
    pub fn location(&self) -> Option<Url> {
        let location = self.headers.get(header::LOCATION)?.to_str().unwrap();
        Some(Url::parse(ISSUER).unwrap().join(location).unwrap())
    }

    /// A parameter of the address it redirects to.
    pub fn redirected_with(&self, name: &str) -> Option<String> {
        parameter(&self.location()?, name)
    }

    /// Checks that it is the OAuth error `error` with the stable code `code`.
    pub fn assert_error(&self, status: u16, error: &str, code: &str) {
        let said = self.json();
        assert_eq!(self.status.as_u16(), status, "{said}");
        assert_eq!(said["error"], error, "{said}");
        assert_eq!(said["code"], code, "{said}");
        assert_eq!(self.headers[header::CACHE_CONTROL], "no-store");
    }
}

pub fn parameter(url: &Url, name: &str) -> Option<String> {
    let mut pairs = url.query_pairs();
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}
