//! The app's redirect scheme: who opens its links, and making that this program.

#[cfg(target_os = "linux")]
mod linux;

use tauri::AppHandle;

use crate::{doctor::LinkHandler, settings::SCHEME};

/// Who opens links of the scheme, as far as it can be told without a running app.
#[cfg(target_os = "linux")]
pub fn handler() -> LinkHandler {
    linux::handler(SCHEME, &linux::program())
}

/// Who opens links of the scheme, as far as it can be told without a running app.
#[cfg(not(target_os = "linux"))]
pub fn handler() -> LinkHandler {
    LinkHandler::AskedAtSignIn
}

/// Whether links of the scheme are opened by this very program.
#[cfg(target_os = "linux")]
pub fn is_ours(_app: &AppHandle) -> bool {
    handler() == LinkHandler::This
}

/// Makes this program the scheme's handler, where it is not. A failure only means that sign-ins
/// come back over a loopback address.
#[cfg(target_os = "linux")]
pub fn register(app: &AppHandle) {
    use tauri::Manager;

    let program = linux::program();
    if is_ours(app) {
        return;
    }
    let registered = app
        .path()
        .data_dir()
        .map_err(linux::RegisterError::from)
        .and_then(|data| linux::register(SCHEME, &program, &data));
    if let Err(error) = registered {
        tracing::warn!(%error, "the link handler could not be registered");
    }
}

/// Whether links of the scheme are opened by this very program.
#[cfg(windows)]
pub fn is_ours(app: &AppHandle) -> bool {
    use tauri_plugin_deep_link::DeepLinkExt;

    app.deep_link().is_registered(SCHEME).unwrap_or(false)
}

/// Makes this program the scheme's handler, where it is not.
#[cfg(windows)]
pub fn register(app: &AppHandle) {
    use tauri_plugin_deep_link::DeepLinkExt;

    if is_ours(app) {
        return;
    }
    if let Err(error) = app.deep_link().register(SCHEME) {
        tracing::warn!(%error, "the link handler could not be registered");
    }
}

/// On macOS the bundle says which schemes it opens; a bare program opens none.
#[cfg(target_os = "macos")]
pub fn is_ours(app: &AppHandle) -> bool {
    use tauri::Manager;

    let in_bundle = app
        .path()
        .resource_dir()
        .is_ok_and(|folder| folder.ends_with("Contents/Resources"));
    in_bundle && !SCHEME.ends_with(".dev")
}

/// The bundle is registered by the system.
#[cfg(target_os = "macos")]
pub fn register(_app: &AppHandle) {}
