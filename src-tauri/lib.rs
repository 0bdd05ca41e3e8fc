//! The Workspace desktop app: a desktop session of its own, signed in through the system browser.

pub mod issuer;
pub mod session;
pub mod settings;

/// Starts the app and runs it until it is quit.
pub fn run() -> std::process::ExitCode {
    let context = tauri::generate_context!();
    let built = tauri::Builder::default().build(context);
    drop(built);
    std::process::ExitCode::SUCCESS
}
