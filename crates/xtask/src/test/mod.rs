//! Everything that can be checked, in one command. Goes on to the end whatever fails.

mod checks;
mod counts;
mod programs;
mod summary;

use std::time::Instant;

use clap::Args;

use crate::{error::Error, process, root::Root, say};

pub use counts::Outcome;

/// What to check.
#[derive(Args)]
pub struct Arguments {
    /// Only these steps.
    #[arg(long, value_delimiter = ',', value_parser = names())]
    only: Vec<String>,
    /// All but these steps.
    #[arg(long, value_delimiter = ',', value_parser = names())]
    skip: Vec<String>,
    /// Say the steps, and do none.
    #[arg(long)]
    list: bool,
}

/// A step: its name, what it is, and how it is done.
struct Step {
    name: &'static str,
    about: &'static str,
    take: fn(&Checkout) -> Result<Outcome, Error>,
}

/// The quick ones first, so that a slip of the pen is known in a minute.
const STEPS: &[Step] = &[
    Step {
        name: "packages",
        about: "what must be on the machine",
        take: checks::packages,
    },
    Step {
        name: "npm",
        about: "npm ci in ui, tests/npm and tests/crm",
        take: checks::npm_packages,
    },
    Step {
        name: "rustfmt",
        about: "cargo fmt --check",
        take: checks::rustfmt,
    },
    Step {
        name: "prettier",
        about: "prettier --check",
        take: checks::prettier,
    },
    Step {
        name: "eslint",
        about: "eslint",
        take: checks::eslint,
    },
    Step {
        name: "svelte-check",
        about: "types of the interface",
        take: checks::svelte_check,
    },
    Step {
        name: "ui-build",
        about: "surfaces, window and CRM hosts",
        take: checks::interface,
    },
    Step {
        name: "ui-test",
        about: "tests of the browser SDK and the surfaces",
        take: checks::interface_tests,
    },
    Step {
        name: "deny",
        about: "licences, sources, banned crates",
        take: checks::deny,
    },
    Step {
        name: "shear",
        about: "dependencies that nothing uses",
        take: checks::shear,
    },
    Step {
        name: "clippy",
        about: "clippy, warnings denied",
        take: checks::clippy,
    },
    Step {
        name: "build",
        about: "service, app and tests with fault points",
        take: programs::build,
    },
    Step {
        name: "unit",
        about: "unit, property and model tests",
        take: programs::unit,
    },
    Step {
        name: "end-to-end",
        about: "real browsers, window, keychain, tray",
        take: programs::end_to_end,
    },
];

/// What the steps work on.
struct Checkout {
    root: Root,
    programs: programs::Shelf,
}

impl Checkout {
    /// Runs a check that either passes or does not.
    fn check(&self, step: &str, command: &mut std::process::Command) -> Result<Outcome, Error> {
        let finished = process::quietly(&self.root, step, command)?;
        Ok(if finished.success {
            Outcome::one_passed()
        } else {
            Outcome::one_failed(format!(
                "{}   The whole output: {}",
                process::tail(&finished.output, 40),
                finished.log.display()
            ))
        })
    }
}

/// Takes the steps and tells the sum.
pub fn test(root: &Root, arguments: &Arguments) -> Result<(), Error> {
    let chosen: Vec<&Step> = STEPS
        .iter()
        .filter(|step| is_chosen(step.name, &arguments.only, &arguments.skip))
        .collect();
    if arguments.list {
        for step in chosen {
            say::line(&format!("{:13} {}", step.name, step.about));
        }
        return Ok(());
    }
    let checkout = Checkout {
        root: root.clone(),
        programs: programs::Shelf::default(),
    };
    let mut rows = Vec::new();
    for (place, step) in chosen.iter().enumerate() {
        say::heading(&format!(
            "{}/{} {}: {}",
            place + 1,
            chosen.len(),
            step.name,
            step.about
        ));
        let started = Instant::now();
        let outcome = match (step.take)(&checkout) {
            Err(Error::Interrupted) => return Err(Error::Interrupted),
            Err(error) => Outcome::one_failed(error.to_string()),
            Ok(outcome) => outcome,
        };
        for problem in &outcome.problems {
            say::line(&format!("\n   FAILED {}\n{problem}", step.name));
        }
        say::done(step.name, started.elapsed(), &outcome.to_string());
        rows.push(summary::Row {
            step: step.name,
            took: started.elapsed(),
            outcome,
        });
    }
    summary::tell(&rows)
}

fn is_chosen(name: &str, only: &[String], skip: &[String]) -> bool {
    (only.is_empty() || only.iter().any(|other| other == name))
        && !skip.iter().any(|other| other == name)
}

fn names() -> clap::builder::PossibleValuesParser {
    STEPS
        .iter()
        .map(|step| step.name)
        .collect::<Vec<_>>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_choice_every_step_is_taken() {
        assert!(STEPS.iter().all(|step| is_chosen(step.name, &[], &[])));
    }

    #[test]
    fn skip_wins_over_only() {
        let names = |text: &str| vec![text.to_owned()];
        assert!(is_chosen("unit", &names("unit"), &[]));
        assert!(!is_chosen("clippy", &names("unit"), &[]));
        assert!(!is_chosen("unit", &names("unit"), &names("unit")));
    }

    #[test]
    fn steps_that_need_the_interface_come_after_it_is_built() {
        let place = |name| STEPS.iter().position(|step| step.name == name);
        // The app's sources include the built interface.
        assert!(place("ui-build") < place("clippy"));
        assert!(place("npm") < place("prettier"));
        assert!(place("build") < place("unit"));
    }
}
