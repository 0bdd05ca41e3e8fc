//! The style sheet and the icon: part of the binary, cached by their address.

use std::sync::LazyLock;

use axum::{
    Router,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::state::App;

const STYLE: &str = concat!(
    include_str!("static/frame.css"),
    include_str!("static/forms.css"),
    include_str!("static/account.css"),
);
const ICON: &str = include_str!("static/icon.svg");

static STYLE_ADDRESS: LazyLock<String> = LazyLock::new(|| {
    let digest = Sha256::digest(STYLE);
    format!(
        "/assets/pages.css?{}",
        BASE64_URL_SAFE_NO_PAD.encode(&digest[..9])
    )
});

/// The style sheet's address, with its digest.
pub(super) fn style_address() -> &'static str {
    &STYLE_ADDRESS
}

/// `/assets/…`.
pub fn router() -> Router<App> {
    Router::new()
        .route(
            "/assets/pages.css",
            get(|| async { asset("text/css; charset=utf-8", STYLE) }),
        )
        .route(
            "/assets/icon.svg",
            get(|| async { asset("image/svg+xml", ICON) }),
        )
        .route(
            "/favicon.ico",
            get(|| async { asset("image/svg+xml", ICON) }),
        )
}

fn asset(kind: &'static str, content: &'static str) -> Response {
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "public, max-age=86400"),
        ],
        content,
    )
        .into_response()
}
