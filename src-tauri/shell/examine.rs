//! `workspace --doctor`: examines what a sign-in needs, and prints it.

use std::{io::Write, process::ExitCode};

use crate::{
    doctor,
    session::keychain::Keychain,
    settings::Settings,
    shell::{arguments::Arguments, scheme},
    words::Catalogue,
};

/// Examines, prints, and answers whether all is well.
pub fn run(settings: &Settings, arguments: &Arguments) -> ExitCode {
    let keychain = Keychain::platform(&settings.keychain_service);
    let findings =
        tauri::async_runtime::block_on(doctor::examine(settings, &keychain, scheme::handler()));
    let words = Catalogue::english();
    let report = if arguments.json {
        format!("{:#}\n", doctor::json(&findings, &words))
    } else {
        doctor::text(&findings, &words)
    };
    let printed = std::io::stdout().write_all(report.as_bytes());
    if printed.is_ok() && doctor::all_well(&findings) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
