//! The baseline of the desktop measures: a Tauri app with one window, a tray icon and nothing else.
//! Like ours, it loses its webview when the window is closed, and stays in the tray.

use tauri::{RunEvent, WebviewUrl, WebviewWindowBuilder, tray::TrayIconBuilder};

fn main() -> tauri::Result<()> {
    let app = tauri::Builder::default()
        .setup(|app| {
            WebviewWindowBuilder::new(app, "empty", WebviewUrl::App("index.html".into()))
                .title("Empty")
                .inner_size(480.0, 720.0)
                .build()?;
            let mut tray = TrayIconBuilder::new();
            if let Some(icon) = app.default_window_icon() {
                tray = tray.icon(icon.clone());
            }
            tray.build(app)?;
            Ok(())
        })
        .build(tauri::generate_context!(
            "crates/xtask/bench/empty-app/tauri.conf.json"
        ))?;
    app.run(|_, event| {
        if let RunEvent::ExitRequested {
            code: None, api, ..
        } = event
        {
            api.prevent_exit();
        }
    });
    Ok(())
}
