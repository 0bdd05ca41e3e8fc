//! Programs of other people that run on Node: a strict client, a foreign issuer, axe-core.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::program::output;

/// The folder with the lock file.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("npm")
}

/// A command that runs one of the scripts there.
pub fn node(script: &str) -> Command {
    install();
    let mut command = Command::new("node");
    command.current_dir(folder()).arg(script);
    command
}

/// The accessibility rules, as a script for a page.
pub fn axe() -> String {
    install();
    fs::read_to_string(folder().join("node_modules/axe-core/axe.min.js")).expect("axe-core")
}

/// Installs what the lock file says, once.
fn install() {
    let folder = folder();
    if !folder.join("node_modules/.package-lock.json").is_file() {
        output(
            Command::new("npm")
                .args(["ci", "--no-audit", "--no-fund"])
                .current_dir(&folder),
            b"",
        );
    }
}
