//! The desktop app against an empty Tauri app, on one virtual desktop.

mod link;
mod person;
mod screen;
mod trial;

use stage::{AppOptions, Desk};

use crate::{
    budget::{Budget, Table},
    seed,
};
use screen::Screen;
use trial::Trial;

/// How often each app is started. Odd, so that a median is one of them.
const STARTS: usize = 9;
/// What the link's way is compared with: the budget itself.
const LINK_BUDGET: f64 = 250.0;

/// Measures cold start, memory, and the way from the link to the signed-in person.
pub async fn measure(table: &mut Table) {
    println!("== The desktop app, on a virtual desktop");
    let service = seed::start().await;
    let desk = Desk::set_up().await;
    let options = AppOptions::at(service.issuer());
    person::install_browser(&desk);

    let links = link::measure(&desk, &options, service.issuer()).await;
    table.add(
        "link received → window shows the person, against its budget",
        "ms",
        median(links.received_to_shown),
        LINK_BUDGET,
        Budget::AtMost(1.0),
    );
    println!(
        "   (from the start of the second launch: {:.0} ms)",
        median(links.launched_to_shown)
    );

    // The person is signed in from here on.
    let screen = Screen::of(&desk);
    let ours = Trial::workspace(&options);
    let empty = Trial::empty();
    let (mut our_starts, mut empty_starts) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        our_starts.push(ours.start(&desk, &screen).await.milliseconds());
        empty_starts.push(empty.start(&desk, &screen).await.milliseconds());
    }
    table.add(
        "cold start to first paint, against an empty Tauri app",
        "ms",
        median(our_starts),
        median(empty_starts),
        Budget::AtMost(1.25),
    );

    let our_memory = ours.memory(&desk, &screen).await;
    let empty_memory = empty.memory(&desk, &screen).await;
    table.add(
        "memory with the window open (PSS), against an empty Tauri app",
        "MiB",
        our_memory.open,
        empty_memory.open,
        Budget::AtMost(1.15),
    );
    table.add(
        "memory closed to the tray (PSS), against an empty Tauri app",
        "MiB",
        our_memory.closed,
        empty_memory.closed,
        Budget::AtMost(1.15),
    );
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
