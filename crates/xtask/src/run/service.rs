//! The service on its embedded default, here on this computer.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use super::address::{ADMIN_LISTEN, ISSUER, LISTEN};
use crate::{error::Error, interrupt, process::Running, root::Root};

const LIMIT: Duration = Duration::from_secs(30);

/// Its data folder.
pub fn data(root: &Root) -> PathBuf {
    root.target("run/service")
}

/// Starts it and waits until it is ready.
pub fn start(root: &Root) -> Result<Running, Error> {
    for address in [LISTEN, ADMIN_LISTEN] {
        // Somebody else's service there would take our people's passwords.
        is_free(address)?;
    }
    let mut service = Running::start(
        root,
        "service",
        Command::new(root.program("unified-login"))
            .arg("serve")
            .arg("--data")
            .arg(data(root))
            .args(["--issuer", ISSUER])
            .args(["--listen", LISTEN])
            .args(["--admin-listen", ADMIN_LISTEN]),
    )?;
    let started = Instant::now();
    while !ready() {
        if interrupt::pressed() {
            return Err(Error::Interrupted);
        }
        if service.ended().is_some() || started.elapsed() > LIMIT {
            return Err(Error::Stuck(format!(
                "the service did not start.\n{}The whole log: {}",
                service.tail(),
                service.log().display()
            )));
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(service)
}

/// An error if somebody listens there already.
pub fn is_free(address: &str) -> Result<(), Error> {
    TcpListener::bind(address).map_err(|error| {
        Error::Stuck(format!(
            "{address} is taken by another program ({error}); stop it and run this again"
        ))
    })?;
    Ok(())
}

fn ready() -> bool {
    ask("/health/ready").is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

fn ask(path: &str) -> Option<String> {
    let address: SocketAddr = LISTEN.parse().ok()?;
    let second = Duration::from_secs(1);
    let mut stream = TcpStream::connect_timeout(&address, second).ok()?;
    stream.set_read_timeout(Some(second)).ok()?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {LISTEN}\r\nConnection: close\r\n\r\n"
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}
