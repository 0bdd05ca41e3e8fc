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
    #[arg(long, value_delimiter = ',', value_parser = ["service", "streams", "desktop"])]
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
    // One build for each profile, so that what is compared is compiled alike.
    build(
        root,
        "build the service",
        &["--profile", "release", "--features", "xtask/bench"],
        &["--package", "service", "--package", "xtask", "--bins"],
    )?;
    build(
        root,
        "build the app",
        &["--profile", "app"],
        &["--package", "workspace", "--bins", "--example", "empty-app"],
    )?;
    say::heading("Measure");
    let step = "bench";
    let program: PathBuf = root
        .target("release")
        .join(format!("bench{}", std::env::consts::EXE_SUFFIX));
    let mut measure = Command::new(program);
    measure
        .current_dir(root.path())
        .env("E2E_APP", root.target("app/workspace"))
        .env("BENCH_EMPTY_APP", root.target("app/examples/empty-app"))
        .args(&arguments.only);
    let measured = process::watched(root, step, &mut measure)?.succeeded(step)?;
    say::done(step, measured.took, "done");
    Ok(())
}

fn build(root: &Root, step: &str, how: &[&str], what: &[&str]) -> Result<(), Error> {
    let mut command = cargo(root);
    command.arg("build").args(how).args(what);
    let built = process::quietly(root, step, &mut command)?.succeeded(step)?;
    say::done(step, built.took, "as released");
    Ok(())
}
