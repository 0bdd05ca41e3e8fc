//! Serves the pages that act as HubSpot, Zendesk and Salesforce do, until it is stopped.
//!
//! `crm_hosts [port] [origin of the widget]`: 7410 and the widget of `cargo xtask run` unless told
//! otherwise.

#![allow(clippy::print_stdout)]

use stage::{CRMS, CrmHosts};

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let port = arguments
        .next()
        .and_then(|port| port.parse().ok())
        .unwrap_or(7410);
    let widget = arguments
        .next()
        .unwrap_or_else(|| "http://cti.acme.localhost:7400".to_owned());
    let hosts = CrmHosts::start(port, &widget).await;
    for host in CRMS {
        println!("{}", hosts.page(host, ""));
    }
    println!("{}", hosts.page("evil", ""));
    std::future::pending::<()>().await;
}
