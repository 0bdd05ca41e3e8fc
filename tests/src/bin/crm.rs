//! The pages that act as `HubSpot`, Zendesk and Salesforce do, until the program is ended.
//!
//! `crm <port> <origin of the widget>`

// A command line has to say why it cannot go on.
#![allow(clippy::print_stdout, clippy::expect_used)]

use stage::{CRMS, CrmHosts};

#[tokio::main]
async fn main() {
    let mut words = std::env::args().skip(1);
    let port = words.next().and_then(|word| word.parse().ok());
    let widget = words.next();
    let (Some(port), Some(widget)) = (port, widget) else {
        println!("crm <port> <origin of the widget>");
        return;
    };
    let hosts = CrmHosts::start(port, &widget).await;
    for crm in CRMS {
        println!("{}", hosts.origin(crm));
    }
    std::future::pending::<()>().await;
}
