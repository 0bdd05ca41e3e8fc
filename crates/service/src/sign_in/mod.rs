//! Signing in with email and password.

mod authenticate;
mod last_page;
mod page;
mod passwords;
mod return_to;
pub mod rules;

use axum::{Router, routing::get, routing::post};

pub use passwords::{PasswordError, Passwords};

use crate::state::App;

/// The pages of signing in.
pub fn router() -> Router<App> {
    Router::new()
        .route("/sign-in", get(page::show).post(page::send))
        .route("/sign-in/cancel", post(page::cancel))
        .route("/signed-in", get(last_page::show))
}
