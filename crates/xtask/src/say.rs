//! What the person at the terminal reads. The only place that prints.
#![allow(
    clippy::print_stdout,
    reason = "this is a command line, and this module is its voice"
)]

use std::{io::Write, time::Duration};

/// A line as it is.
pub fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    // Nobody reads any more: nothing to do about it.
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// The beginning of a part.
pub fn heading(text: &str) {
    line(&format!("\n== {text}"));
}

/// Something is still going on.
pub fn progress(step: &str, so_far: Duration, latest: &str) {
    let latest: String = latest.trim().chars().take(90).collect();
    line(&format!("   {step} · {} · {latest}", seconds(so_far)));
}

/// Something is done.
pub fn done(step: &str, took: Duration, result: &str) {
    line(&format!("   {step} · {} · {result}", seconds(took)));
}

/// What went wrong.
pub fn problem(text: &str) {
    line(&format!("\nProblem: {text}"));
}

/// A length of time as people read it.
pub fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    match whole {
        0..=9 => format!("{:.1} s", time.as_secs_f64()),
        10..=119 => format!("{whole} s"),
        _ => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_the_unit_that_fits() {
        assert_eq!(seconds(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(75)), "75 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }
}
