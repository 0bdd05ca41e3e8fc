//! Forms: fields, problems linked to them, and the body of a submitted form.

use askama::Template;
use axum::{
    Form,
    extract::{self, FromRequest, FromRequestParts, Request, rejection::FormRejection},
    http::{StatusCode, request::Parts},
};
use serde::de::DeserializeOwned;

use super::{Page, PageError, words};
use crate::state::App;

/// A field of a form.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// Its name and id.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// The input's type.
    pub kind: &'static str,
    /// What it holds already. Never a password.
    pub value: String,
    /// What a browser may fill in (HTML §4.10.18.7).
    pub autocomplete: &'static str,
    /// A hint below the label.
    pub hint: Option<String>,
    /// What is wrong with it.
    pub problem: Option<String>,
    /// It has to be looked at again.
    pub invalid: bool,
    /// Whether the page opens with the cursor here.
    pub focus: bool,
    /// Shown, and sent, but not to be changed.
    pub read_only: bool,
}

/// A link.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where to.
    pub href: String,
    /// Its text.
    pub text: String,
}

impl Link {
    /// A link to `href`.
    pub fn new(href: impl Into<String>, text: String) -> Self {
        Self {
            href: href.into(),
            text,
        }
    }
}

/// Something wrong with what was sent, named in the summary above the form.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The field it is about; the summary links to it.
    pub field: &'static str,
    /// It is about the whole form: it is said above the form only, and the link leads to `field`.
    pub whole: bool,
    /// What is wrong and what to do.
    pub text: String,
    /// Its stable code.
    pub code: &'static str,
}

impl Problem {
    /// A problem with one field; `key` says what is wrong and what to do.
    pub fn with(field: &'static str, key: &str, code: &'static str) -> Self {
        Self {
            field,
            whole: false,
            text: words().say(key),
            code,
        }
    }
}

/// A page with one form.
#[derive(Template)]
#[template(path = "form.html")]
pub struct FormPage {
    /// The frame.
    pub page: Page,
    /// The heading.
    pub heading: String,
    /// What the form is for, if the heading does not say it.
    pub lead: Option<String>,
    /// Good news from the step before.
    pub notice: Option<String>,
    /// What is wrong with what was sent.
    pub problems: Vec<Problem>,
    /// Where it is sent.
    pub action: &'static str,
    /// What goes with it unseen.
    pub hidden: Vec<(&'static str, String)>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The button.
    pub submit: String,
    /// A second form that gives up: where it is sent, and its button.
    pub cancel: Option<(&'static str, String)>,
    /// Other ways.
    pub links: Vec<Link>,
    /// A word of caution.
    pub footnote: Option<String>,
}

impl FormPage {
    /// Marks the fields that have problems, and puts the cursor into the first of them.
    #[must_use]
    pub fn with_problems(mut self, problems: Vec<Problem>) -> Self {
        if let Some(first) = problems.first() {
            for field in &mut self.fields {
                field.focus = field.name == first.field;
                let problem = problems.iter().find(|problem| problem.field == field.name);
                field.invalid = problem.is_some();
                field.problem = problem
                    .filter(|problem| !problem.whole)
                    .map(|problem| problem.text.clone());
            }
        }
        self.problems = problems;
        self
    }
}

/// The body of a submitted form.
pub struct Submitted<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Submitted<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, Self::Rejection> {
        match Form::<T>::from_request(request, app).await {
            Ok(Form(form)) => Ok(Self(form)),
            Err(FormRejection::BytesRejection(error))
                if error.status() == StatusCode::PAYLOAD_TOO_LARGE =>
            {
                Err(PageError::TooLarge)
            }
            Err(_) => Err(PageError::Malformed),
        }
    }
}

/// The query of a page's address.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        match extract::Query::<T>::from_request_parts(parts, app).await {
            Ok(extract::Query(query)) => Ok(Self(query)),
            Err(_) => Err(PageError::Malformed),
        }
    }
}
