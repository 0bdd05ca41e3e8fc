//! What the controller needs of the program around it.

use thiserror::Error;
use url::Url;

use super::message::Message;

/// The browser could not be opened.
#[derive(Debug, Error)]
#[error("the system browser could not be opened: {0}")]
pub struct BrowserNotOpened(pub String);

/// The window system, as far as a session needs it. Calls return at once.
pub trait Shell: Send + Sync {
    /// Opens an address in the person's default browser.
    fn open_browser(&self, address: &Url) -> Result<(), BrowserNotOpened>;
    /// Whether this program is the handler of its own redirect scheme, asked before each attempt.
    fn scheme_is_ours(&self) -> bool;
    /// Shows a desktop notification.
    fn notify(&self, message: &Message);
    /// Brings the window to the front.
    fn bring_to_front(&self);
}

/// The message catalogue.
pub trait Words: Send + Sync {
    /// The text of a message, in the person's language.
    fn text(&self, message: &Message) -> String;
}
