//! Tells where the built surfaces are: part of a release, read from disk in development.

use std::{env, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let root = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let ui = Path::new(&root).join("../../ui");
    let ui = ui.canonicalize().unwrap_or(ui);
    println!("cargo::rustc-env=UNIFIED_LOGIN_UI={}", ui.display());
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        for surface in ["workspace", "dashboard", "cti"] {
            let built = ui.join(surface).join("dist");
            println!("cargo::rerun-if-changed={}", built.display());
        }
    }
}
