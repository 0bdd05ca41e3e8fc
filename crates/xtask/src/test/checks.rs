//! The checks that read the sources: format, lints, types, dependencies.

use std::process::Command;

use super::{Checkout, Outcome};
use crate::{
    error::Error,
    packages::{self, Purpose},
    process::{self, cargo, npm},
    tools,
};

/// Pages that act as the CRMs do.
const CRM: &str = "tests/crm";

/// Rust's features for every compilation here. One set, so that nothing is compiled twice.
pub const EVERYTHING: [&str; 3] = ["--workspace", "--all-features", "--locked"];

pub fn packages(checkout: &Checkout) -> Result<Outcome, Error> {
    packages::install(&checkout.root, Purpose::Test)?;
    let mut outcome = Outcome::one_passed();
    // Firefox's tests say why they are skipped, each by its name.
    if let Some(reason) = packages::firefox(&checkout.root)? {
        outcome.add(Outcome::one_skipped("Firefox", &reason));
    } else {
        tools::GECKODRIVER.ready(&checkout.root)?;
    }
    Ok(outcome)
}

pub fn npm_packages(checkout: &Checkout) -> Result<Outcome, Error> {
    let mut outcome = Outcome::default();
    for folder in ["ui", "tests/npm", "tests/crm"] {
        outcome.add(checkout.check(
            &format!("npm ci in {folder}"),
            npm(&checkout.root, folder).arg("ci"),
        )?);
    }
    Ok(outcome)
}

pub fn rustfmt(checkout: &Checkout) -> Result<Outcome, Error> {
    checkout.check(
        "rustfmt",
        cargo(&checkout.root).args(["fmt", "--all", "--check", "--", "--color", "never"]),
    )
}

pub fn prettier(checkout: &Checkout) -> Result<Outcome, Error> {
    let mut outcome = script(checkout, "ui", "prettier", "format:check")?;
    outcome.add(script(
        checkout,
        CRM,
        "prettier of the CRM hosts",
        "format:check",
    )?);
    Ok(outcome)
}

pub fn eslint(checkout: &Checkout) -> Result<Outcome, Error> {
    script(checkout, "ui", "eslint", "lint")
}

pub fn svelte_check(checkout: &Checkout) -> Result<Outcome, Error> {
    let mut outcome = script(checkout, "ui", "svelte-check", "check")?;
    outcome.add(script(checkout, CRM, "types of the CRM hosts", "check")?);
    Ok(outcome)
}

pub fn interface(checkout: &Checkout) -> Result<Outcome, Error> {
    let mut outcome = script(checkout, "ui", "ui-build", "build")?;
    outcome.add(script(checkout, CRM, "pages of the CRM hosts", "build")?);
    Ok(outcome)
}

/// The browser SDK's, the surfaces' and the components' own tests.
pub fn interface_tests(checkout: &Checkout) -> Result<Outcome, Error> {
    let step = "ui-test";
    let mut command = npm(&checkout.root, "ui");
    command.args(["run", "test"]).env("NO_COLOR", "1");
    let finished = process::quietly(&checkout.root, step, &mut command)?;
    let mut outcome = Outcome::read_vitest(&finished.output, finished.success);
    if outcome.failed > 0 {
        outcome.problems.push(process::tail(&finished.output, 80));
    }
    Ok(outcome)
}

fn script(checkout: &Checkout, folder: &str, step: &str, script: &str) -> Result<Outcome, Error> {
    checkout.check(step, npm(&checkout.root, folder).args(["run", script]))
}

pub fn clippy(checkout: &Checkout) -> Result<Outcome, Error> {
    checkout.check(
        "clippy",
        cargo(&checkout.root).arg("clippy").args(EVERYTHING).args([
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]),
    )
}

/// Advisories need a database from outside; without it that part is skipped, and said so.
pub fn deny(checkout: &Checkout) -> Result<Outcome, Error> {
    let program = tools::DENY.ready(&checkout.root)?;
    let deny = |what: &[&str]| {
        let mut command = Command::new(&program);
        command
            .current_dir(checkout.root.path())
            .args(["--locked", "check"])
            .args(what);
        command
    };
    let mut outcome = checkout.check(
        "licences, sources, banned crates",
        &mut deny(&["bans", "licenses", "sources"]),
    )?;
    let step = "advisories";
    let finished = process::quietly(&checkout.root, step, &mut deny(&["advisories"]))?;
    outcome.add(if finished.success {
        Outcome::one_passed()
    } else if has_no_database(&finished.output) {
        Outcome::one_skipped(
            "cargo deny check advisories",
            "the advisory database cannot be fetched from here",
        )
    } else {
        Outcome::one_failed(process::tail(&finished.output, 40))
    });
    Ok(outcome)
}

fn has_no_database(output: &str) -> bool {
    output.contains("failed to fetch advisory database")
}

pub fn shear(checkout: &Checkout) -> Result<Outcome, Error> {
    let program = tools::SHEAR.ready(&checkout.root)?;
    checkout.check(
        "shear",
        Command::new(program)
            .current_dir(checkout.root.path())
            .arg("--locked"),
    )
}
