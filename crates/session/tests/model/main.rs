//! A checked model of everybody who takes part in a session: two browser tabs, a widget, the
//! desktop app, the service, and, in scenarios of their own, a thief with a copied keychain record,
//! an operator who restores an older backup, and people on calls with an admin who ends sessions.
//!
//! Every order of events is tried, breadth first, until no new state turns up. The network never
//! forgets: a message once sent may arrive at any later moment, any number of times, in any
//! order, or never. Either side may be killed at any step. What is decided is decided by the
//! crate's own functions, through [`rules::Rules`]; breaking one of them on purpose must give a
//! counterexample (`broken_on_purpose.rs`), or the model would prove nothing.
//!
//! Read on in this order: `world` (what there is), `service`, `desktop`, `browser`, `thief` (what
//! each may do next), `calls`, `properties` and `call_properties` (what must hold), `fair_weather` (what must come about),
//! `witnesses` (that it is not about nothing), `explorer` (how it is searched).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

mod broken_calls;
mod broken_on_purpose;
mod browser;
mod call_properties;
mod calls;
mod desktop;
mod explorer;
mod fair_weather;
mod message;
mod mutants;
mod properties;
mod rules;
mod scenario;
mod service;
mod thief;
mod told;
mod witnesses;
mod world;

use std::{
    fmt,
    io::{self, Write},
    thread,
    time::Instant,
};

use explorer::explore;
use rules::Rules;
use scenario::Scenario;
use witnesses::WITNESSES;

/// Fewer states than this would mean that the model has lost some of what it models.
const AT_LEAST: usize = 100_000;

#[test]
fn the_rules_hold_in_every_order_of_events_losses_and_kills() {
    let begun = Instant::now();
    let explored = thread::scope(|scope| {
        Scenario::ALL
            .map(|scenario| {
                scope.spawn(move || explore(&Rules::REAL, &scenario, fair_weather::missed))
            })
            .map(|search| search.join().expect("a search that ends"))
    });
    let mut total = 0;
    let mut witnessed = [false; WITNESSES.len()];
    for (scenario, explored) in Scenario::ALL.iter().zip(explored) {
        say(format_args!(
            "{:>9} states: {}",
            explored.states, scenario.name
        ));
        if let Some(counterexample) = explored.counterexample {
            panic!("{counterexample}");
        }
        total += explored.states;
        for (seen, here) in witnessed.iter_mut().zip(explored.witnessed) {
            *seen |= here;
        }
    }
    say(format_args!(
        "{total:>9} states explored in {:.1?}",
        begun.elapsed()
    ));
    for ((moment, _), seen) in WITNESSES.iter().zip(witnessed) {
        assert!(seen, "never came to: {moment}");
    }
    assert!(total >= AT_LEAST, "only {total} states");
}

/// Past the test harness, which keeps what a passing test prints to itself.
fn say(line: fmt::Arguments<'_>) {
    writeln!(io::stdout(), "{line}").expect("standard output");
}
