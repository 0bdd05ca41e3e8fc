//! The measures of the design's budgets, each as a ratio to a baseline in the same run.
//!
//! Rule: the baseline is measured with the same client, the same load and the same observer as
//! ours; load stays on loopback and is bounded in count and time. Built and started by
//! `cargo xtask bench`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a program for the terminal: what cannot be measured ends it, loudly"
)]

mod answer;
mod baseline;
mod budget;
mod checks;
mod desktop;
mod load;
mod renewals;
mod seed;
mod streams;
mod usage;

use std::time::Duration;

use budget::Table;

/// How long each server is under load.
const LOAD: Duration = Duration::from_secs(10);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [role] = words.as_slice()
        && role == baseline::ROLE
    {
        baseline::serve();
        return;
    }
    let wanted = |part: &str| words.is_empty() || words.iter().any(|word| word == part);
    let mut table = Table::default();
    if wanted("service") {
        let service = seed::service().await;
        renewals::measure(&service, &mut table).await;
        checks::measure(&service, &mut table).await;
    }
    if wanted("streams") {
        streams::measure(&mut table).await;
    }
    if wanted("desktop") {
        desktop::measure(&mut table).await;
    }
    println!("\n{table}");
}
