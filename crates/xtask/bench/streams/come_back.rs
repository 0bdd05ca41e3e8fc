//! A thousand tabs whose service is restarted: until all are back, and no answer that fails.

use std::time::{Duration, Instant};

use rand::RngExt;
use stage::{ANA, Service, client};
use tokio::task::spawn_local;

use super::{
    person::Browser,
    tab::{Refused, Tab},
};
use crate::budget::{Budget, Table, percentile};

const CLIENTS: usize = 1_000;
/// As our pages come back: at first within this, twice as long each time, by chance below it.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// How long it may take from when the service listens again.
const BACK_WITHIN: f64 = 10_000.0;

/// Measures it.
pub async fn measure(service: &mut Service, table: &mut Table) {
    println!("== {CLIENTS} clients whose service is restarted");
    let ana = Browser::sign_in(&client(), service, ANA.email).await;
    let mut tabs = Vec::new();
    for _ in 0..CLIENTS {
        tabs.push(Tab::open(service, &ana.cookie).await.expect("a stream"));
    }
    let port = service.port();
    let issuer = service.issuer().to_owned();
    let begun = Instant::now();
    let coming: Vec<_> = tabs
        .into_iter()
        .map(|tab| {
            let (issuer, cookie) = (issuer.clone(), ana.cookie.clone());
            spawn_local(async move {
                tab.closes().await;
                come_back(port, &issuer, &cookie).await
            })
        })
        .collect();
    service.stop().await;
    let stopped = begun.elapsed();
    service.run(None).await;
    let listens = Instant::now();
    let (mut after, mut tries, mut failed) = (Vec::new(), 0, 0);
    let mut open = Vec::new();
    for client in coming {
        let back = client.await.expect("a client that came back");
        after.push(back.at.saturating_duration_since(listens).as_secs_f64() * 1e3);
        tries += back.tries;
        failed += back.failed;
        open.push(back.tab);
    }
    println!(
        "   stopped in {:.0} ms, listening again after {:.0} ms; half back {:.0} ms after that, \
         all {:.0} ms; {tries} tries, {failed} answers that failed",
        stopped.as_secs_f64() * 1e3,
        (listens - begun).as_secs_f64() * 1e3,
        percentile(&after, 50),
        percentile(&after, 100),
    );
    assert_eq!(failed, 0, "answers failed");
    table.add(
        "restart → the last of 1,000 clients back, against 10 s",
        "ms",
        percentile(&after, 100),
        BACK_WITHIN,
        Budget::AtMost(1.0),
    );
}

struct Back {
    at: Instant,
    tries: u32,
    failed: u32,
    tab: Tab,
}

async fn come_back(port: u16, issuer: &str, cookie: &str) -> Back {
    let (mut tries, mut failed, mut longest) = (0, 0, FIRST_PAUSE);
    loop {
        let pause = longest.mul_f64(rand::rng().random::<f64>());
        tokio::time::sleep(pause).await;
        longest = (longest * 2).min(LONGEST_PAUSE);
        tries += 1;
        match Tab::open_at(port, issuer, cookie).await {
            Ok(tab) => {
                let at = Instant::now();
                return Back {
                    at,
                    tries,
                    failed,
                    tab,
                };
            }
            Err(Refused::Gone) => {}
            Err(Refused::Answer(answer)) => {
                println!("   {answer}");
                failed += 1;
            }
        }
    }
}
