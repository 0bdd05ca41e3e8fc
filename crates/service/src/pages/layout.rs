//! The frame of every page.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

use super::{Link, Words, assets, words};

/// What the frame of a page needs.
pub struct Page {
    /// The catalogue.
    pub words: &'static Words,
    /// The page's own title.
    pub title: String,
    /// The service's host: where the person is.
    pub host: String,
    /// The name of the person who is signed in here, if any: shows the account navigation.
    pub person: Option<String>,
    /// The path of this page in the navigation.
    pub current: &'static str,
}

impl Page {
    /// A page for anybody.
    pub fn new(host: String, title: String) -> Self {
        Self {
            words: words(),
            title,
            host,
            person: None,
            current: "",
        }
    }

    /// A message without arguments.
    pub fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// A message with one argument.
    pub fn say_of(&self, key: &str, name: &str, value: &str) -> String {
        self.words.say_with(key, &[(name, value)])
    }

    /// The address of the style sheet; changes when it does.
    pub fn style(&self) -> &'static str {
        assets::style_address()
    }
}

/// How a message feels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It went well.
    Good,
    /// Just so.
    Plain,
    /// Something is wrong.
    Bad,
}

/// A page that says one thing.
#[derive(Template)]
#[template(path = "message.html")]
pub struct Message {
    /// The frame.
    pub page: Page,
    /// How it feels.
    pub tone: Tone,
    /// The heading.
    pub heading: String,
    /// What is said, one paragraph each.
    pub text: Vec<String>,
    /// Where to go from here.
    pub links: Vec<Link>,
    /// The stable code of an error.
    pub code: Option<&'static str>,
}

/// Renders a page.
pub fn html(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => (status, Html(text)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
