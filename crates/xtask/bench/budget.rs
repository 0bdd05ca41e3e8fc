//! What was measured against what it may be.

use std::fmt;

/// What a ratio may be.
#[derive(Clone, Copy, Debug)]
pub enum Budget {
    /// No more than this many times the baseline.
    AtMost(f64),
    /// No less than this many times the baseline.
    AtLeast(f64),
}

/// One measure.
#[derive(Debug)]
struct Row {
    what: String,
    ours: String,
    baseline: String,
    ratio: f64,
    budget: Budget,
}

/// All measures, in the order they were taken.
#[derive(Debug, Default)]
pub struct Table(Vec<Row>);

impl Table {
    /// Adds a measure of two numbers in one unit.
    pub fn add(&mut self, what: &str, unit: &str, ours: f64, baseline: f64, budget: Budget) {
        let told = |number: f64| format!("{} {unit}", readable(number));
        let row = Row {
            what: what.to_owned(),
            ours: told(ours),
            baseline: told(baseline),
            ratio: ours / baseline,
            budget,
        };
        println!("   {row}");
        self.0.push(row);
    }
}

/// The number that so many of a hundred are not above.
pub fn percentile(numbers: &[f64], percent: usize) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

fn readable(number: f64) -> String {
    match number {
        number if number >= 100.0 => format!("{number:.0}"),
        number if number >= 10.0 => format!("{number:.1}"),
        number => format!("{number:.2}"),
    }
}

impl Budget {
    fn is_met(self, ratio: f64) -> bool {
        match self {
            Self::AtMost(limit) => ratio <= limit,
            Self::AtLeast(limit) => ratio >= limit,
        }
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(limit) => write!(formatter, "≤ {limit} ×"),
            Self::AtLeast(limit) => write!(formatter, "≥ {limit} ×"),
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.budget.is_met(self.ratio) {
            "met"
        } else {
            "NOT MET"
        };
        write!(
            formatter,
            "| {} | {} | {} | {:.2} × | {} | {verdict} |",
            self.what, self.ours, self.baseline, self.ratio, self.budget
        )
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "| measure | ours | baseline | ratio | budget | |\n|---|---|---|---|---|---|"
        )?;
        for row in &self.0 {
            writeln!(formatter, "{row}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_numbers() {
        let numbers: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        for (percent, number) in [(50, 100.0), (99, 198.0), (100, 200.0)] {
            assert!((percentile(&numbers, percent) - number).abs() < f64::EPSILON);
        }
    }

    #[test]
    fn a_budget_is_met_at_its_limit_and_not_past_it() {
        assert!(Budget::AtMost(1.25).is_met(1.25));
        assert!(!Budget::AtMost(1.25).is_met(1.26));
        assert!(Budget::AtLeast(5.0).is_met(5.0));
        assert!(!Budget::AtLeast(5.0).is_met(4.9));
    }
}
