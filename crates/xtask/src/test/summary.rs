//! The table at the end, and the closing line.

use std::time::Duration;

use super::Outcome;
use crate::{error::Error, say};

/// A step and how it came out.
pub struct Row {
    /// The step.
    pub step: &'static str,
    /// How long it took.
    pub took: Duration,
    /// How it came out.
    pub outcome: Outcome,
}

/// Tells all rows and the sum. An error if anything failed.
pub fn tell(rows: &[Row]) -> Result<(), Error> {
    say::heading("Summary");
    let mut sum = Outcome::default();
    for row in rows {
        say::line(&format!(
            "   {:13} {:>12}   {}",
            row.step,
            say::seconds(row.took),
            row.outcome
        ));
    }
    let whole: Duration = rows.iter().map(|row| row.took).sum();
    say::line(&format!("   {:13} {:>12}", "all", say::seconds(whole)));
    for row in rows {
        for skipped in &row.outcome.skipped {
            say::line(&format!(
                "   skipped: {} ({}): {}",
                skipped.name, row.step, skipped.reason
            ));
        }
        for figure in &row.outcome.figures {
            say::line(&format!("   {}: {figure}", row.step));
        }
        if row.outcome.failed > 0 {
            say::line(&format!("   failed: {}", row.step));
        }
        sum.passed += row.outcome.passed;
        sum.failed += row.outcome.failed;
    }
    sum.skipped
        .extend(rows.iter().flat_map(|row| &row.outcome.skipped).map(copy));
    say::line("");
    say::line(&sum.to_string());
    if sum.failed > 0 || sum.passed == 0 {
        return Err(Error::Told);
    }
    Ok(())
}

fn copy(skipped: &super::counts::Skipped) -> super::counts::Skipped {
    super::counts::Skipped {
        name: skipped.name.clone(),
        reason: skipped.reason.clone(),
    }
}
