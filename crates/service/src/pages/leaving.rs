//! Signing out while there is a call: the person says when.

use axum::{http::StatusCode, response::Response};
use session::{Call, Surface};

use super::{FormPage, Link, Message, Page, Tone, html, words};
use crate::state::Service;

/// Where the two answers are sent.
#[derive(Clone, Copy, Debug)]
pub struct Ways {
    /// At once.
    pub now: &'static str,
    /// When the call is over.
    pub after_call: &'static str,
}

/// Says where the call is, and asks.
pub fn asks(
    app: &Service,
    call: &Call,
    ways: Ways,
    hidden: Vec<(&'static str, String)>,
) -> FormPage {
    let words = words();
    let surface = match call.surface {
        Surface::Workspace => "workspace",
        Surface::Dashboard => "dashboard",
        Surface::Cti => "cti",
        Surface::Desktop | Surface::Account => "other",
    };
    FormPage {
        page: Page::new(app.config.issuer_host(), words.say("leaving-title")),
        heading: words.say("leaving-heading"),
        lead: Some(words.say_with("leaving-lead", &[("surface", surface)])),
        notice: None,
        problems: Vec::new(),
        action: ways.after_call,
        hidden,
        fields: Vec::new(),
        submit: words.say("leaving-after-call"),
        cancel: Some((ways.now, words.say("leaving-now"))),
        links: vec![Link::new("/account", words.say("leaving-stay"))],
        footnote: None,
    }
}

/// Says that the end comes with the end of the call.
pub fn later(app: &Service) -> Response {
    let words = words();
    let heading = words.say("leaving-later-heading");
    html(
        StatusCode::OK,
        &Message {
            page: Page::new(app.config.issuer_host(), heading.clone()),
            tone: Tone::Plain,
            heading,
            text: vec![words.say("leaving-later")],
            links: vec![Link::new("/account", words.say("to-account"))],
            code: None,
        },
    )
}
