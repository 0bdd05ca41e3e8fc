//! Sessions as the service runs them: started, checked from memory, ended by a cause, and every
//! end told on the bus. The rules are the crate `session`'s.

mod background;
mod browser;
mod check;
mod completion;
mod desktop;
mod end;
mod error;
mod live;
mod renew;

pub use background::run;
pub use browser::{SESSION_COOKIE, browser_session, forget_browser, start_browser};
pub use check::router;
pub(crate) use completion::to_completion;
pub use desktop::{NewDesktop, start_desktop};
pub use end::end;
pub use error::SessionsError;
pub use live::{Live, LiveSessions};
pub use renew::renew;
