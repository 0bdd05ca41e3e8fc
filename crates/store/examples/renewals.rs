//! Measures durable renewals: how many a second, and the processor time of each.
//!
//! `cargo run --release -p store --example renewals -- [sessions] [concurrent] [seconds]`
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "../tests/suite/sample.rs"]
#[allow(dead_code)]
mod sample;

use std::{
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use session::{Kind, Presented, SessionId};
use store::{Renewed, Sessions, SqliteStore};

#[tokio::main(worker_threads = 2)]
async fn main() {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse().unwrap());
    let sessions: usize = arguments.next().unwrap_or(10_000);
    let concurrent: usize = arguments.next().unwrap_or(64);
    let time = Duration::from_secs(arguments.next().unwrap_or(5) as u64);

    let folder = tempfile::tempdir_in(std::env::current_dir().unwrap()).unwrap();
    let store = SqliteStore::open(folder.path().join("db")).await.unwrap();
    let store = Arc::new(store);
    let begun = Instant::now();
    let ids = Arc::new(start_sessions(&store, sessions).await);
    println!("{sessions} sessions started in {:?}", begun.elapsed());

    let (cpu, begun) = (processor_time(), Instant::now());
    let tasks = (0..concurrent).map(|task| {
        let (store, ids) = (Arc::clone(&store), Arc::clone(&ids));
        // Each task has sessions of its own, taken in an order that jumps about.
        let own: Vec<_> = (task..ids.len()).step_by(concurrent).collect();
        tokio::spawn(async move {
            let mut renewed = 0_u64;
            let mut generations = vec![0; own.len()];
            let mut slot = 0;
            while begun.elapsed() < time {
                slot = (slot + 7919) % own.len();
                let renewal = sample::renewal(ids[own[slot]], generations[slot], sample::start());
                let (answer, _) = store.renew(renewal).await.unwrap();
                assert!(matches!(
                    answer,
                    Renewed::Presented(Presented::Renewed(_), _)
                ));
                generations[slot] += 1;
                renewed += 1;
            }
            renewed
        })
    });
    let tasks: Vec<_> = tasks.collect();
    let mut renewed = 0;
    for task in tasks {
        renewed += task.await.unwrap();
    }
    let (cpu, elapsed) = (processor_time().saturating_sub(cpu), begun.elapsed());
    let each = cpu / u32::try_from(renewed).unwrap();
    println!("{renewed} renewals in {elapsed:?}, {concurrent} at a time");
    println!("processor time of each: {each:?}");
    store.close().await;
}

async fn start_sessions(store: &Arc<SqliteStore>, count: usize) -> Vec<SessionId> {
    let mira = sample::somebody(store.as_ref()).await;
    let tasks = (0..256).map(|task| {
        let (store, mira) = (Arc::clone(store), mira.clone());
        tokio::spawn(async move {
            let mut ids = Vec::new();
            for _ in (task..count).step_by(256) {
                let new = sample::session_of(&mira, Kind::Desktop);
                store.start(&new).await.unwrap();
                ids.push(new.record.session.id);
            }
            ids
        })
    });
    let tasks: Vec<_> = tasks.collect();
    let mut ids = Vec::new();
    for task in tasks {
        ids.extend(task.await.unwrap());
    }
    ids
}

/// Of all threads of this process, user and system; zero where there is no `/proc`.
fn processor_time() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<_> = after_name.split_whitespace().collect();
    let ticks: u64 = fields
        .get(11..13)
        .into_iter()
        .flatten()
        .map(|ticks| ticks.parse::<u64>().unwrap_or_default())
        .sum();
    Duration::from_millis(ticks * 10)
}
