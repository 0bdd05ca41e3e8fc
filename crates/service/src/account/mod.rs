//! The account pages: who is signed in here, everywhere that person is signed in, password,
//! and the pages that links in mails lead to.

mod change_password;
mod forgot;
mod invitation;
mod overview;
mod password;
mod reset;
mod sessions;
mod sign_out;
mod signed_in;
mod times;

use axum::{
    Router,
    response::Redirect,
    routing::{get, post},
};

pub use change_password::{NotChanged, Passwords, change_password};
pub use signed_in::SignedIn;

use crate::state::App;

/// The account pages.
pub fn router() -> Router<App> {
    Router::new()
        .route("/", get(|| async { Redirect::to("/account") }))
        .route("/account", get(overview::show))
        .route("/account/sessions", get(sessions::show))
        .route("/account/sessions/end", post(sessions::end_one))
        .route("/account/sessions/end-others", post(sessions::end_others))
        .route("/account/sessions/end-all", post(sessions::end_all))
        .route(
            "/account/password",
            get(password::show).post(password::send),
        )
        .route("/account/sign-out", post(sign_out::send))
        .route("/signed-out", get(sign_out::show))
        .route("/forgot-password", get(forgot::show).post(forgot::send))
        .route("/reset-password", get(reset::show).post(reset::send))
        .route("/invitation", get(invitation::show).post(invitation::send))
}
