//! The widget inside a CRM page: who may frame it, and how a frame signs in where the browser
//! keeps cookies apart.
//!
//! A frame begins an *attempt* and gets two secrets. It opens a window of this same origin and,
//! when that window has greeted it, hands it the first; with it the window binds the attempt to
//! this browser by a cookie, and signs in like any page. The second secret never leaves the
//! frame: with it the frame waits, and gets its own cookie once the window's sign-in is complete.
//! The argument why nobody else can use any of it is in `docs/security.md`.

mod attempts;
mod host;
mod route;
mod stored;
mod wait;
mod window;

use axum::{
    Router,
    routing::{get, post},
};

pub(super) use route::Route;
pub(crate) use route::address as widget_address;
pub(super) use stored::{Embeddings, cancel, complete};
pub(super) use window::{attempt_of, failed as window_failed};

use crate::state::App;

/// What the frame's and the window's pages ask.
pub(super) fn interface() -> Router<App> {
    Router::new()
        .route("/embed/host", get(host::show))
        .route("/embed/attempts", post(attempts::begin))
        .route("/embed/attempts/{attempt}/wait", post(wait::wait))
        .route("/window/confirm", post(window::confirm))
}

/// The window's pages.
pub(super) fn pages() -> Router<App> {
    Router::new()
        .route("/window", get(window::show))
        .route("/window/done", get(window::done))
        .route("/assets/window.js", get(window::script))
}
