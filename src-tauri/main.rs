// A release build on Windows has no console window of its own.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]
//! Starts the desktop app.

fn main() -> std::process::ExitCode {
    workspace_app::run()
}
