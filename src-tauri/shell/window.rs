//! The app's one window: made when it is needed, gone when it is closed.

use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};

/// Its label, as the capabilities name it.
pub const LABEL: &str = "main";

/// Brings the window to the front, making it where there is none.
///
/// May be called from any thread; windows are made on the main one.
pub fn open(app: &AppHandle) {
    let handle = app.clone();
    let asked = app.run_on_main_thread(move || {
        if let Err(error) = show(&handle) {
            tracing::error!(%error, "the window cannot be shown");
        }
    });
    if let Err(error) = asked {
        tracing::error!(%error, "the window cannot be shown");
    }
}

fn show(app: &AppHandle) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(LABEL) {
        window.unminimize()?;
        window.show()?;
        return window.set_focus();
    }
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title("Workspace")
        .inner_size(480.0, 720.0)
        .min_inner_size(360.0, 480.0)
        .center()
        // Nothing but the app's own pages is ever shown here.
        .on_navigation(|address| {
            matches!(address.scheme(), "tauri")
                || (cfg!(windows) && address.host_str() == Some("tauri.localhost"))
        })
        .build()?;
    Ok(())
}
