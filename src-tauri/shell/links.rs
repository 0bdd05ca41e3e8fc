//! What comes from outside while the app runs: a second launch, and links. All of it is untrusted.

use clap::Parser;
use tauri::{AppHandle, Manager};
#[cfg(target_os = "macos")]
use url::Url;

use super::{arguments::Arguments, running::Running, window};
use crate::session::request::Request;

/// Another process was started and has left: its wishes are this one's now.
pub fn second_launch(app: &AppHandle, arguments: Vec<String>) {
    // Callers are not authenticated, so this is untrusted text.
    let Ok(arguments) = Arguments::try_parse_from(arguments) else {
        tracing::warn!("a second launch with arguments that cannot be read");
        return;
    };
    let Some(running) = app.try_state::<Running>() else {
        return;
    };
    if arguments.sign_out {
        running.controller.send(Request::SignOut);
    } else if let Some(link) = arguments.callback() {
        callback(app, link);
    } else if !arguments.minimized {
        window::open(app);
    }
}

/// Hands over an address that the operating system brought.
pub fn callback(app: &AppHandle, link: &str) {
    if let Some(running) = app.try_state::<Running>() {
        running
            .controller
            .send(Request::CallbackArrived(link.to_owned()));
    }
}

/// On macOS links come as events; elsewhere they are arguments, read by [`Arguments::callback`]
/// whatever stands beside them.
#[cfg(target_os = "macos")]
pub fn take_links(app: &AppHandle) {
    use tauri_plugin_deep_link::DeepLinkExt;

    let taking = app.clone();
    let take = move |links: Vec<Url>| {
        for link in links {
            callback(&taking, link.as_str());
        }
    };
    // The link that started the app is not told as an event, and is never cleared: asked once.
    if let Ok(Some(links)) = app.deep_link().get_current() {
        take(links);
    }
    app.deep_link().on_open_url(move |event| take(event.urls()));
}

/// Elsewhere links are arguments.
#[cfg(not(target_os = "macos"))]
pub fn take_links(_app: &AppHandle) {}
