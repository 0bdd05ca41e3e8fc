//! Session events for apps and tabs: one bus listener, fanned out to each user's open streams.

mod follow;
mod stream;
mod streams;

use axum::{Router, routing::get};

pub use follow::follow;
pub(crate) use stream::{Resume, Stream};
pub use streams::Streams;

use crate::state::App;

/// `GET /events`.
pub fn router() -> Router<App> {
    Router::new().route("/events", get(stream::open))
}
