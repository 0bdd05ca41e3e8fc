//! The built surfaces: part of the binary in a release, read from disk in development.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::Site;

#[derive(RustEmbed)]
#[folder = "$UNIFIED_LOGIN_UI/workspace/dist"]
#[allow_missing = true]
struct Workspace;

#[derive(RustEmbed)]
#[folder = "$UNIFIED_LOGIN_UI/dashboard/dist"]
#[allow_missing = true]
struct Dashboard;

#[derive(RustEmbed)]
#[folder = "$UNIFIED_LOGIN_UI/cti/dist"]
#[allow_missing = true]
struct Cti;

/// What the build compresses, best first.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];
/// Files here are named by their content.
const NAMED_BY_CONTENT: &str = "assets/";

fn get(site: Site, path: &str) -> Option<EmbeddedFile> {
    match site {
        Site::Workspace => Workspace::get(path),
        Site::Dashboard => Dashboard::get(path),
        Site::Cti => Cti::get(path),
    }
}

/// The answer that holds the file, compressed as the browser likes it; `None` if there is none.
pub(super) fn answer(site: Site, path: &str, asked: &HeaderMap) -> Option<Response> {
    let plain = get(site, path)?;
    let kind = plain.metadata.mimetype().to_owned();
    let accepted = |(name, ending): &(&'static str, &str)| {
        accepts(asked, name).then(|| Some((*name, get(site, &format!("{path}{ending}"))?)))?
    };
    let (encoding, file) = match ENCODINGS.iter().find_map(accepted) {
        Some((name, file)) => (Some(name), file),
        None => (None, plain),
    };
    let mut tag = String::from("\"");
    URL_SAFE_NO_PAD.encode_string(&file.metadata.sha256_hash()[..16], &mut tag);
    tag.push('"');
    let known = asked.get(header::IF_NONE_MATCH);
    let mut response = if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(file.data).into_response()
    };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, &with_charset(kind));
    set(header::ETAG, &tag);
    set(header::VARY, "Accept-Encoding");
    set(
        header::CACHE_CONTROL,
        if path.starts_with(NAMED_BY_CONTENT) {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        },
    );
    if let Some(encoding) = encoding {
        set(header::CONTENT_ENCODING, encoding);
    }
    Some(response)
}

fn with_charset(kind: String) -> String {
    if kind.starts_with("text/") && !kind.contains("charset") {
        return kind + "; charset=utf-8";
    }
    kind
}

/// Whether the browser takes that encoding (RFC 9110 §12.5.3).
fn accepts(asked: &HeaderMap, encoding: &str) -> bool {
    let all = asked.get_all(header::ACCEPT_ENCODING).iter();
    let all = all.filter_map(|value| value.to_str().ok());
    let mut codings = all.flat_map(|value| value.split(','));
    codings.any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused = parts.any(|part| {
            let weight = part.strip_prefix("q=").map(str::parse::<f32>);
            matches!(weight, Some(Ok(weight)) if weight <= 0.0)
        });
        named && !refused
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn what_a_browser_refuses_it_does_not_get() {
        let asked = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, value.parse().unwrap());
            headers
        };
        assert!(accepts(&asked("gzip, deflate, br"), "br"));
        assert!(accepts(&asked("BR;q=0.5"), "br"));
        assert!(!accepts(&asked("br;q=0, gzip"), "br"));
        assert!(!accepts(&asked("brotli"), "br"));
        assert!(!accepts(&HeaderMap::new(), "gzip"));
    }
}
