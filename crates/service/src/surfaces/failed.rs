//! A page that says why a sign-in at a surface did not work, with one way on.

use axum::{http::StatusCode, response::Response};

use super::Site;
use crate::{
    pages::{Link, Message, Page, Tone, html, words},
    state::Service,
};

/// The page; `code` is one of the surfaces' stable codes.
pub(super) fn page(app: &Service, site: Site, code: &'static str) -> Response {
    let words = words();
    let (status, key) = match code {
        "UL-1309" => (StatusCode::SERVICE_UNAVAILABLE, "surface-error-unavailable"),
        "UL-1308" => (StatusCode::INTERNAL_SERVER_ERROR, "surface-error-internal"),
        _ => (StatusCode::BAD_REQUEST, "surface-error-sign-in"),
    };
    let heading = words.say("surface-failed-heading");
    let sites = app.surfaces.sites();
    let host = sites.map(|sites| sites.host(site).to_owned());
    html(
        status,
        &Message {
            page: Page::new(host.unwrap_or_default(), heading.clone()),
            tone: Tone::Bad,
            heading,
            text: vec![words.say(key)],
            links: vec![Link::new("/sign-in", words.say("surface-failed-again"))],
            code: Some(code),
        },
    )
}
