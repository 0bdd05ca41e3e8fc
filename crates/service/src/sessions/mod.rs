//! Sessions as the service runs them: started, checked from memory, ended by a cause, and every
//! end told on the bus. The rules are the crate `session`'s.

mod background;
mod browser;
pub mod calls;
mod check;
mod completion;
mod desktop;
mod end;
mod error;
mod list;
mod live;
mod renew;

use axum::{Router, routing::get};

pub use background::run;
pub use browser::{SESSION_COOKIE, browser_session, forget_browser, live_browser, start_browser};
pub(crate) use completion::to_completion;
pub use desktop::{NewDesktop, start_desktop};
pub use end::{disable, end, read_again};
pub use error::SessionsError;
pub use live::{Live, LiveSessions};
pub use renew::renew;

use crate::state::App;

/// What programs ask about sessions.
pub fn router() -> Router<App> {
    Router::new()
        .route("/sessions", get(list::list))
        .route("/sessions/check", get(check::check))
}
