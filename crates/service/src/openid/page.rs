//! Pages for what may not be sent back to a client.

use axum::response::Response;

use super::ProtocolError;
use crate::{
    pages::{Message, Page, Tone, html, words},
    state::Service,
};

/// Says that the request cannot be answered, and that nothing was sent anywhere.
pub fn error(app: &Service, error: &ProtocolError) -> Response {
    error.log();
    let words = words();
    let (heading, text) = match error {
        ProtocolError::Unavailable(_) | ProtocolError::Internal(_) | ProtocolError::Injected => {
            ("openid-unavailable-heading", "openid-unavailable-text")
        }
        ProtocolError::RequestUriInvalid => ("openid-over-heading", "openid-over-text"),
        ProtocolError::LogoutRefused(_) => ("openid-logout-refused-heading", "openid-refused-text"),
        _ => ("openid-refused-heading", "openid-refused-text"),
    };
    html(
        error.status(),
        &Message {
            page: Page::new(app.config.issuer_host(), words.say(heading)),
            tone: Tone::Bad,
            heading: words.say(heading),
            text: vec![
                words.say(text),
                words.say_with("openid-detail", &[("detail", &error.to_string())]),
            ],
            links: Vec::new(),
            code: Some(error.code()),
        },
    )
}
