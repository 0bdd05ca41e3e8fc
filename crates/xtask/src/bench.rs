//! The measures of the design's budgets: builds what is measured, as it is released, and measures.

use std::{path::PathBuf, process::Command};

use clap::Args;

use crate::{
    error::Error,
    packages::{self, Purpose},
    process::{self, cargo, npm},
    root::Root,
    run::interface,
    say,
};

/// What to measure.
#[derive(Args)]
pub struct Arguments {
    /// Only these parts.
    #[arg(long, value_delimiter = ',', value_parser = ["service", "desktop"])]
    only: Vec<String>,
}

/// Builds and measures. The table is the end of the output.
pub fn bench(root: &Root, arguments: &Arguments) -> Result<(), Error> {
    if !cfg!(target_os = "linux") {
        return Err(Error::Stuck(
            "the measures read Linux's own counts of processor time and memory".to_owned(),
        ));
    }
    say::heading("What the measures need");
    packages::install(root, Purpose::Stage)?;
    let step = "npm ci in tests/npm";
    process::quietly(root, step, npm(root, "tests/npm").arg("ci"))?.succeeded(step)?;
    say::heading("Build, as released");
    interface(root)?;
    let step = "release build";
    // One build, so that what they have in common is compiled once, and alike.
    let mut command = cargo(root);
    command
        .args(["build", "--release", "--features", "xtask/bench"])
        .args(["--package", "service", "--bin", "unified-login"])
        .args(["--package", "workspace", "--bin", "workspace"])
        .args(["--example", "empty-app"])
        .args(["--package", "xtask", "--bin", "bench"]);
    let built = process::quietly(root, step, &mut command)?.succeeded(step)?;
    say::done(step, built.took, "service, app, baselines");
    say::heading("Measure");
    let step = "bench";
    let program: PathBuf = root
        .target("release")
        .join(format!("bench{}", std::env::consts::EXE_SUFFIX));
    let mut measure = Command::new(program);
    measure.current_dir(root.path()).args(&arguments.only);
    let measured = process::watched(root, step, &mut measure)?.succeeded(step)?;
    say::done(step, measured.took, "done");
    Ok(())
}
