//! Building the test programs once, and running each.

use std::{
    cell::OnceCell,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use super::{Checkout, Outcome, checks::EVERYTHING};
use crate::{
    error::Error,
    process::{self, cargo},
    say, tools,
};

/// The package whose tests need a whole desktop.
const END_TO_END: &str = "tests";

/// A compiled test target.
#[derive(Debug, PartialEq, Eq)]
pub struct TestProgram {
    /// Its package's folder.
    folder: PathBuf,
    /// The target's name.
    name: String,
    /// The program.
    executable: PathBuf,
}

impl TestProgram {
    fn is_end_to_end(&self, root: &Path) -> bool {
        self.folder == root.join(END_TO_END)
    }
}

/// The programs, once they are built.
#[derive(Default)]
pub struct Shelf(OnceCell<Vec<TestProgram>>);

/// Builds every program and every test, with fault points, in one go: what tests and programs
/// have in common is compiled once.
pub fn build(checkout: &Checkout) -> Result<Outcome, Error> {
    let mut command = cargo(&checkout.root);
    command
        .arg("build")
        .args(EVERYTHING)
        .args(["--bins", "--tests"])
        .arg("--message-format=json-render-diagnostics");
    let finished = process::quietly(&checkout.root, "build", &mut command)?.succeeded("build")?;
    let programs = programs(&finished.output);
    say::line(&format!("   {} test programs", programs.len()));
    // A second build, by another step, finds the same programs.
    let _ = checkout.programs.0.set(programs);
    Ok(Outcome::one_passed())
}

pub fn unit(checkout: &Checkout) -> Result<Outcome, Error> {
    run(checkout, |program| {
        !program.is_end_to_end(checkout.root.path())
    })
}

pub fn end_to_end(checkout: &Checkout) -> Result<Outcome, Error> {
    run(checkout, |program| {
        program.is_end_to_end(checkout.root.path())
    })
}

fn run(checkout: &Checkout, wanted: impl Fn(&TestProgram) -> bool) -> Result<Outcome, Error> {
    if checkout.programs.0.get().is_none() {
        build(checkout)?;
    }
    let mut sum = Outcome::default();
    let programs = checkout.programs.0.get().map_or(&[][..], Vec::as_slice);
    for program in programs.iter().filter(|program| wanted(program)) {
        let folder = program
            .folder
            .strip_prefix(checkout.root.path())
            .unwrap_or(&program.folder)
            .display()
            .to_string();
        let step = match folder.as_str() {
            "" => program.name.clone(),
            _ => format!("{folder} {}", program.name),
        };
        let mut command = Command::new(&program.executable);
        command
            .current_dir(&program.folder)
            .env("CARGO_MANIFEST_DIR", &program.folder)
            .env(
                "E2E_GECKODRIVER",
                tools::GECKODRIVER.program(&checkout.root),
            )
            .arg("--show-output");
        let finished = process::quietly(&checkout.root, &step, &mut command)?;
        let mut outcome = Outcome::read(&finished.output, finished.success);
        let mut finished = finished;
        let again = failed_tests(&finished.output);
        if program.is_end_to_end(checkout.root.path()) && !again.is_empty() {
            say::line(&format!("   failed, tried once more: {}", again.join(", ")));
            let passed = outcome.passed;
            command.arg("--exact").args(&again);
            finished = process::quietly(&checkout.root, &step, &mut command)?;
            outcome = Outcome::read(&finished.output, finished.success);
            outcome.passed += passed;
        }
        if outcome.failed > 0 {
            outcome.problems.push(format!(
                "{}   The whole output: {}",
                process::tail(failures(&finished.output), 120),
                finished.log.display()
            ));
        }
        say::done(&step, finished.took, &outcome.to_string());
        sum.add(outcome);
    }
    Ok(sum)
}

/// The names of the tests that failed. A whole desktop has parts that are not ours and now and then
/// do not start in time: such a test is tried once more, alone, and the output says so.
fn failed_tests(output: &str) -> Vec<String> {
    let failed = output.lines().filter_map(|line| {
        let line = line.strip_prefix("test ")?;
        line.strip_suffix(" ... FAILED").map(str::to_owned)
    });
    failed.collect()
}

/// The part of a test program's output that is about failures.
fn failures(output: &str) -> &str {
    output
        .find("\nfailures:\n")
        .map_or(output, |place| &output[place..])
}

/// The test programs in Cargo's machine-readable messages.
fn programs(messages: &str) -> Vec<TestProgram> {
    messages
        .lines()
        .filter(|line| line.starts_with('{'))
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter_map(|message: Value| program(&message))
        .collect()
}

fn program(message: &Value) -> Option<TestProgram> {
    if !message.pointer("/profile/test")?.as_bool()? {
        return None;
    }
    let manifest = Path::new(message.get("manifest_path")?.as_str()?);
    Some(TestProgram {
        folder: manifest.parent()?.to_path_buf(),
        name: message.pointer("/target/name")?.as_str()?.to_owned(),
        executable: message.get("executable")?.as_str()?.into(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    const MESSAGES: &str = r#"
{"reason":"compiler-artifact","manifest_path":"/c/crates/store/Cargo.toml","target":{"name":"store"},"profile":{"test":false},"executable":null}
{"reason":"compiler-artifact","manifest_path":"/c/crates/store/Cargo.toml","target":{"name":"store"},"profile":{"test":true},"executable":"/t/store-1"}
{"reason":"compiler-artifact","manifest_path":"/c/tests/Cargo.toml","target":{"name":"journeys"},"profile":{"test":true},"executable":"/t/journeys-2"}
   Compiling something
{"reason":"build-finished","success":true}
"#;

    #[test]
    fn test_programs_are_found_and_told_apart() {
        let programs = programs(MESSAGES);
        let names: Vec<&str> = programs.iter().map(|program| &*program.name).collect();
        assert_eq!(names, ["store", "journeys"]);
        let end_to_end: Vec<bool> = programs
            .iter()
            .map(|program| program.is_end_to_end(Path::new("/c")))
            .collect();
        assert_eq!(end_to_end, [false, true]);
    }

    #[test]
    fn only_failed_tests_are_tried_again() {
        let output = "test a ... ok\ntest m::b ... FAILED\n\ntest result: FAILED. 1 passed\n";
        assert_eq!(failed_tests(output), ["m::b"]);
    }

    #[test]
    fn only_failures_are_shown_of_a_failed_program() {
        let output = "test a ... ok\n\nfailures:\n\n---- b\nboom\n";
        assert!(!failures(output).contains("test a"));
        assert!(failures(output).contains("boom"));
    }

    #[test]
    fn every_test_target_of_the_workspace_is_built_by_the_test_command() {
        let root = crate::root::Root::find().unwrap();
        let output = cargo(&root)
            .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
            .output()
            .unwrap();
        let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
        let targets: Vec<&Value> = metadata["packages"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|package| package["targets"].as_array().unwrap())
            .filter(|target| target["kind"][0] == "test")
            .collect();
        assert!(!targets.is_empty());
        for target in targets {
            assert_eq!(target["test"], true, "{} is switched off", target["name"]);
        }
    }
}
