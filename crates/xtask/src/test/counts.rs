//! How a step came out, and reading it from a test program's words.

use std::fmt;

/// How a step came out.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Checks and tests that passed.
    pub passed: u32,
    /// Checks and tests that failed.
    pub failed: u32,
    /// Those not done, each with its reason.
    pub skipped: Vec<Skipped>,
    /// What went wrong, in full.
    pub problems: Vec<String>,
    /// Figures that tests measured and the summary repeats.
    pub figures: Vec<String>,
}

/// A test that was not done.
#[derive(Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Which.
    pub name: String,
    /// Why.
    pub reason: String,
}

impl Outcome {
    /// A check that passed.
    pub fn one_passed() -> Self {
        Self {
            passed: 1,
            ..Self::default()
        }
    }

    /// A check that failed.
    pub fn one_failed(problem: String) -> Self {
        Self {
            failed: 1,
            problems: vec![problem],
            ..Self::default()
        }
    }

    /// A check that was not done.
    pub fn one_skipped(name: &str, reason: &str) -> Self {
        Self {
            skipped: vec![Skipped {
                name: name.to_owned(),
                reason: reason.to_owned(),
            }],
            ..Self::default()
        }
    }

    /// Takes another outcome in.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped.extend(other.skipped);
        self.problems.extend(other.problems);
        self.figures.extend(other.figures);
    }

    /// Reads what a test program wrote. A program that ends badly without a failed test (a crash,
    /// an abort) counts as one failure.
    pub fn read(output: &str, success: bool) -> Self {
        let mut outcome = Self::default();
        let mut among_successes = false;
        let mut running = "";
        // A test that finds out only when it runs counts as passed in its program's own words.
        let mut skipped_itself = 0;
        for line in output.lines() {
            match line {
                "successes:" => among_successes = true,
                "failures:" => among_successes = false,
                _ => {}
            }
            if let Some(name) = line.strip_prefix("---- ") {
                running = name.strip_suffix(" stdout ----").unwrap_or(name);
            }
            if let Some(result) = line.strip_prefix("test result: ") {
                outcome.passed += count(result, " passed");
                outcome.failed += count(result, " failed");
            } else if let Some((name, rest)) = ignored(line) {
                outcome.skipped.push(Skipped {
                    name: name.to_owned(),
                    reason: rest.to_owned(),
                });
            } else if among_successes && is_figure(line) {
                outcome.figures.push(line.trim().to_owned());
            } else if among_successes && let Some(reason) = line.strip_prefix("skipped: ") {
                outcome.skipped.push(Skipped {
                    name: running.to_owned(),
                    reason: reason.to_owned(),
                });
                skipped_itself += 1;
            }
        }
        outcome.passed = outcome.passed.saturating_sub(skipped_itself);
        if !success && outcome.failed == 0 {
            outcome.failed = 1;
        }
        outcome
    }
}

impl Outcome {
    /// Reads what Vitest wrote, once for each package.
    pub fn read_vitest(output: &str, success: bool) -> Self {
        let mut outcome = Self::default();
        for line in output.lines() {
            // `      Tests  1 failed | 11 passed | 2 skipped (14)`
            if let Some(result) = line.trim_start().strip_prefix("Tests  ") {
                let result = result.replace(" | ", ";").replace(" (", ";");
                outcome.passed += count(&result, " passed");
                outcome.failed += count(&result, " failed");
                for _ in 0..count(&result, " skipped") {
                    outcome.skipped.push(Skipped {
                        name: "a test of ui".to_owned(),
                        reason: "see target/xtask/ui-test.log".to_owned(),
                    });
                }
            }
        }
        if !success && outcome.failed == 0 {
            outcome.failed = 1;
        }
        outcome
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)?;
        if !self.skipped.is_empty() {
            write!(formatter, ", {} skipped", self.skipped.len())?;
        }
        Ok(())
    }
}

/// What a passing test prints that begins with a number (states explored, kills survived), and the
/// rows of a table. The lines of a numbered list or of a backtrace are none.
fn is_figure(line: &str) -> bool {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let numbers_a_line = rest.starts_with(':') || rest.starts_with(". ");
    line.starts_with('|') || (rest.len() < line.len() && !numbers_a_line)
}

/// The number before `word` in `ok. 5 passed; 0 failed; 1 ignored`.
fn count(result: &str, word: &str) -> u32 {
    result
        .split(';')
        .find_map(|part| part.strip_suffix(word))
        .and_then(|part| part.rsplit(' ').next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

/// The name and reason in `test name ... ignored, the reason`.
fn ignored(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix("test ")?.split_once(" ... ignored")?;
    Some((name, rest.strip_prefix(", ").unwrap_or("no reason given")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_reasons_are_read() {
        let output = "running 3 tests\n\
            test one ... ok\n\
            test two ... ignored, needs a smart card\n\
            \nsuccesses:\n\n---- one stdout ----\n   120345 states explored\nand more\n| a | row |\n\
            1. the person signs in\n   0: core::panicking::panic_fmt\n\
            test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n";
        let outcome = Outcome::read(output, true);
        assert_eq!((outcome.passed, outcome.failed), (2, 0));
        assert_eq!(outcome.skipped[0].reason, "needs a smart card");
        assert_eq!(outcome.figures, ["120345 states explored", "| a | row |"]);
    }

    #[test]
    fn a_test_that_skips_itself_is_not_counted_as_passed() {
        let output = "running 2 tests\ntest one ... ok\ntest two ... ok\n\nsuccesses:\n\n\
            ---- two stdout ----\nskipped: no such browser\n\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n";
        let outcome = Outcome::read(output, true);
        assert_eq!((outcome.passed, outcome.failed), (1, 0));
        assert_eq!(outcome.skipped[0].name, "two");
        assert_eq!(outcome.skipped[0].reason, "no such browser");
    }

    #[test]
    fn vitest_is_read_once_for_each_package() {
        let output = " Test Files  1 passed (1)\n      Tests  12 passed (12)\n\
            \n      Tests  1 failed | 3 passed | 1 skipped (5)\n";
        let outcome = Outcome::read_vitest(output, false);
        assert_eq!((outcome.passed, outcome.failed), (15, 1));
        assert_eq!(outcome.skipped.len(), 1);
    }

    #[test]
    fn a_crash_is_a_failure() {
        assert_eq!(Outcome::read("running 3 tests\n", false).failed, 1);
    }

    #[test]
    fn failures_are_counted_once() {
        let output = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured\n";
        let outcome = Outcome::read(output, false);
        assert_eq!((outcome.passed, outcome.failed), (12, 3));
    }

    #[test]
    fn the_words_are_those_that_machines_read() {
        let mut outcome = Outcome::one_passed();
        assert_eq!(outcome.to_string(), "1 passed, 0 failed");
        outcome.add(Outcome::one_skipped("x", "y"));
        assert_eq!(outcome.to_string(), "1 passed, 0 failed, 1 skipped");
    }
}
