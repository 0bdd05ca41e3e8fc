//! Event streams: ten thousand open tabs that are told of a sign-out, and a thousand that come back
//! after the service was restarted.

mod come_back;
mod person;
mod tab;
mod told;

use tokio::task::LocalSet;

use crate::{budget::Table, seed, usage};

/// Measures both.
pub async fn measure(table: &mut Table) {
    raise_limit_of_files();
    let mut service = seed::start().await;
    let id = usage::child("unified-login");
    let local = LocalSet::new();
    local.run_until(told::measure(&service, id, table)).await;
    local
        .run_until(come_back::measure(&mut service, table))
        .await;
}

/// Every tab is a socket here and another one in the service, which takes over our limit.
fn raise_limit_of_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let known = getrlimit(Resource::Nofile);
    let all = Rlimit {
        current: known.maximum,
        maximum: known.maximum,
    };
    setrlimit(Resource::Nofile, all).expect("the own limit raised");
    let enough = known.maximum.is_none_or(|most| most > 10_500);
    assert!(enough, "10,000 tabs need more open files: ulimit -Hn 20000");
}
