//! Generates the permissions of the window's commands and embeds the built window.

use std::{path::Path, process::ExitCode};

use tauri_build::{AppManifest, Attributes};

/// Everything the window can ask for; each needs its permission in `capabilities/window.json`.
const COMMANDS: &[&str] = &[
    "view",
    "sign_in",
    "sign_in_on_loopback",
    "cancel_sign_in",
    "paste_code",
    "sign_out",
    "retry",
    "open_page",
    "dismiss_notice",
    "quit",
];

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed=ui/desktop/dist");
    if !Path::new("ui/desktop/dist/index.html").exists() {
        eprintln!(
            "The app's window is not built yet. Run: npm --prefix ui ci && npm --prefix ui run build"
        );
        return ExitCode::FAILURE;
    }
    let attributes = Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        eprintln!("{error:#}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
