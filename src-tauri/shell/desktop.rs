//! The desktop, as the session needs it: browser, link handler, notifications, window.

use std::sync::Arc;

use tauri::AppHandle;
use tauri_plugin_notification::NotificationExt;
use url::Url;

use super::{scheme, window};
use crate::{
    session::{
        message::Message,
        shell::{BrowserNotOpened, Shell, Words},
    },
    words::Catalogue,
};

/// Whether a window can be opened at all. Without a display GTK would end the program with words
/// that help nobody.
pub fn has_display() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// The desktop, as the session needs it.
pub struct Desktop {
    /// The running app.
    pub app: AppHandle,
    /// What notifications say.
    pub words: Arc<Catalogue>,
}

impl Shell for Desktop {
    fn open_browser(&self, address: &Url) -> Result<(), BrowserNotOpened> {
        tauri_plugin_opener::open_url(address.as_str(), None::<&str>)
            .map_err(|error| BrowserNotOpened(error.to_string()))
    }

    fn scheme_is_ours(&self) -> bool {
        if !scheme::is_ours(&self.app) {
            scheme::register(&self.app);
        }
        scheme::is_ours(&self.app)
    }

    fn notify(&self, message: &Message) {
        let notification = self
            .app
            .notification()
            .builder()
            .title(self.words.plain("app-name"))
            .body(self.words.text(message));
        if let Err(error) = notification.show() {
            tracing::warn!(%error, "the notification could not be shown");
        }
    }

    fn bring_to_front(&self) {
        window::open(&self.app);
    }
}
