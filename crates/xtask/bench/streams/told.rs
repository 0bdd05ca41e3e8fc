//! From a sign-out to the tabs that are told of it, and what a tab costs.

use std::time::{Duration, Instant};

use futures_util::{StreamExt, stream};
use stage::{Service, client};
use tokio::task::{JoinHandle, spawn_local};

use super::{
    person::{self, Browser},
    tab::Tab,
};
use crate::{
    budget::{Budget, Table, percentile},
    usage,
};

const TABS: usize = 10_000;
/// How often one person with all the tabs signs out.
const ROUNDS: usize = 5;
/// How many people have the tabs when there are many, who all sign out at once.
const PEOPLE: usize = 50;
/// How many tabs connect at once.
const AT_ONCE: usize = 100;

/// Where in the milliseconds since the sign-out each tab stands.
type Waited = Vec<f64>;

/// Measures one person with all the tabs, over and over, and then many people.
pub async fn measure(service: &Service, id: u32, table: &mut Table) {
    println!("== Event streams: {TABS} open tabs");
    let http = client();
    let people = person::add(service, PEOPLE);
    // What the first tabs need once is not a tab's.
    let ana = Browser::sign_in(&http, service, &people[0]).await;
    round(&http, service, std::slice::from_ref(&ana), AT_ONCE).await;
    usage::settled(id).await;
    let before = usage::memory(id);

    let (mut each, mut last, mut memory) = (Vec::new(), Vec::new(), 0.0);
    for number in 0..ROUNDS {
        let ana = [Browser::sign_in(&http, service, &people[0]).await];
        let tabs = open(service, &ana, TABS).await;
        if number == 0 {
            usage::settled(id).await;
            memory = (usage::memory(id) - before) * 1024.0 / f64::from(10_000);
        }
        let waited = sign_out(&http, service, &ana, tabs).await;
        last.push(percentile(&waited, 100));
        each.extend(waited);
    }
    let most = percentile(&last, 100);
    println!(
        "   of one person, {ROUNDS} sign-outs: half of the tabs told within {:.0} ms, 99 of 100 \
         within {:.0} ms; the last one of each after {:.0} ms (median), {most:.0} ms (most)",
        percentile(&each, 50),
        percentile(&each, 99),
        percentile(&last, 50),
    );
    let what = "sign-out → the last of 10,000 tabs told, the slowest of 5, against its budget";
    table.add(what, "ms", most, 300.0, Budget::AtMost(1.0));
    let what = "memory for each open tab (PSS), against its budget";
    table.add(what, "KiB", memory, 12.0, Budget::AtMost(1.0));

    let mut everybody = Vec::new();
    for email in &people {
        everybody.push(Browser::sign_in(&http, service, email).await);
    }
    let waited = round(&http, service, &everybody, TABS).await;
    println!(
        "   of {PEOPLE} people who sign out at once: half within {:.0} ms, 99 of 100 within {:.0} \
         ms, the last after {:.0} ms",
        percentile(&waited, 50),
        percentile(&waited, 99),
        percentile(&waited, 100),
    );
}

async fn round(
    http: &reqwest::Client,
    service: &Service,
    people: &[Browser],
    tabs: usize,
) -> Waited {
    let tabs = open(service, people, tabs).await;
    sign_out(http, service, people, tabs).await
}

/// Opens so many tabs, dealt out among these people.
async fn open(service: &Service, people: &[Browser], count: usize) -> Vec<Tab> {
    let owners = people.iter().cycle().take(count);
    stream::iter(owners)
        .map(async |person| Tab::open(service, &person.cookie).await.expect("a stream"))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await
}

/// Signs everybody out at once; how long each tab has waited for the word of it.
async fn sign_out(
    http: &reqwest::Client,
    service: &Service,
    people: &[Browser],
    tabs: Vec<Tab>,
) -> Waited {
    let told: Vec<JoinHandle<Instant>> = tabs
        .into_iter()
        .map(|mut tab| {
            spawn_local(async move { tab.hears("\"ended\"").await.expect("the word of the end") })
        })
        .collect();
    // Every task has come to wait by now.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let begun = Instant::now();
    let sign_outs = people.iter().map(|person| person.sign_out(http, service));
    futures_util::future::join_all(sign_outs).await;
    let mut waited = Vec::new();
    for tab in told {
        let told = tab.await.expect("a tab that was told");
        waited.push((told - begun).as_secs_f64() * 1e3);
    }
    waited
}
