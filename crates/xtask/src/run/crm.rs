//! The pages that act as `HubSpot`, Zendesk and Salesforce do, and the service's leave for them to
//! show the widget.

use std::{
    net::TcpStream,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use super::{address, service::data};
use crate::{
    error::Error,
    interrupt,
    process::{self, Running},
    root::Root,
};

/// They are built at the first start.
const LIMIT: Duration = Duration::from_mins(2);

/// Lets the three pages show the widget of the sample organization. May be said again.
pub fn allow(root: &Root) -> Result<(), Error> {
    for (name, crm, origin) in address::CRMS {
        let mut command = Command::new(root.program("unified-login"));
        command
            .args(["crm", "allow", "--organization", "Acme"])
            .args(["--crm", crm, "--origin", origin])
            .arg("--data")
            .arg(data(root));
        let step = format!("let {name} show the widget");
        process::quietly(root, &step, &mut command)?.succeeded(&step)?;
    }
    Ok(())
}

/// Starts the pages and waits until they answer.
pub fn start(root: &Root) -> Result<Running, Error> {
    super::service::is_free(address::CRM_LISTEN)?;
    let mut pages = Running::start(
        root,
        "crm",
        Command::new(root.program("crm")).args([address::CRM_PORT, address::WIDGET]),
    )?;
    let started = Instant::now();
    while TcpStream::connect(address::CRM_LISTEN).is_err() {
        if interrupt::pressed() {
            return Err(Error::Interrupted);
        }
        if pages.ended().is_some() || started.elapsed() > LIMIT {
            return Err(Error::Stuck(format!(
                "the CRM pages did not start.\n{}The whole log: {}",
                pages.tail(),
                pages.log().display()
            )));
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(pages)
}
