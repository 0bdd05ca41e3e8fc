//! The whole journey with nobody at the keyboard, on a virtual desktop of its own.

use std::process::Command;

use crate::{
    error::Error,
    packages::{self, Purpose},
    process::{self, cargo},
    root::Root,
    run::interface,
    say,
};

/// Builds what the journey needs and takes it. Screenshots and a transcript: `target/tour/`.
pub fn tour(root: &Root) -> Result<(), Error> {
    say::heading("What the tour needs");
    packages::install(root, Purpose::Stage)?;
    say::heading("Build");
    interface(root)?;
    let step = "build";
    let mut command = cargo(root);
    command.args([
        "build",
        "--package",
        "service",
        "--package",
        "workspace",
        "--package",
        "end-to-end",
        "--bins",
    ]);
    let built = process::quietly(root, step, &mut command)?.succeeded(step)?;
    say::done(step, built.took, "service, app, tour");
    say::heading("Tour");
    take(root)
}

/// Takes the journey with what is built.
pub fn take(root: &Root) -> Result<(), Error> {
    let step = "tour";
    let mut journey = Command::new(root.program("tour"));
    journey.current_dir(root.path()).arg(root.target("tour"));
    let taken = process::watched(root, step, &mut journey)?.succeeded(step)?;
    say::done(step, taken.took, "screenshots are in target/tour/");
    Ok(())
}
