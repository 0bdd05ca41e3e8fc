//! A tab's event stream: one connection, read as it comes.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

use stage::Service;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// As a browser waits for an answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// A stream that has been opened.
pub struct Tab {
    stream: TcpStream,
    read: String,
}

/// Why there is no stream.
#[derive(Debug)]
pub enum Refused {
    /// Nobody listens, or who did has gone: a browser tries again.
    Gone,
    /// An answer that is no stream.
    Answer(String),
}

impl Tab {
    /// Opens it and waits until it has been greeted.
    pub async fn open(service: &Service, cookie: &str) -> Result<Self, Refused> {
        Self::open_at(service.port(), service.issuer(), cookie).await
    }

    /// The same, while the service itself is busy elsewhere.
    pub async fn open_at(port: u16, issuer: &str, cookie: &str) -> Result<Self, Refused> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let stream = TcpStream::connect(address).await;
        let mut tab = Self {
            stream: stream.map_err(|_| Refused::Gone)?,
            read: String::new(),
        };
        let host = issuer.trim_start_matches("http://");
        let head = format!(
            "GET /events HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n\
             Sec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\n\r\n"
        );
        let sent = tab.stream.write_all(head.as_bytes()).await;
        sent.map_err(|_| Refused::Gone)?;
        if tab.hears("\r\n\r\n").await.is_none() {
            return Err(Refused::Gone);
        }
        if !tab.read.starts_with("HTTP/1.1 200") {
            return Err(Refused::Answer(tab.read));
        }
        let greeted = tab.hears("event: hello").await;
        greeted.map(|_| tab).ok_or(Refused::Gone)
    }

    /// Waits for these words; when they came, or `None` once it has been closed without them.
    pub async fn hears(&mut self, words: &str) -> Option<Instant> {
        let mut part = [0; 2048];
        loop {
            if self.read.contains(words) {
                return Some(Instant::now());
            }
            let reading = tokio::time::timeout(PATIENCE, self.stream.read(&mut part));
            let length = reading.await.expect("words in time").unwrap_or(0);
            if length == 0 {
                return None;
            }
            self.read
                .push_str(&String::from_utf8_lossy(&part[..length]));
        }
    }

    /// Waits until it is closed.
    pub async fn closes(mut self) {
        let mut part = [0; 2048];
        while self
            .stream
            .read(&mut part)
            .await
            .is_ok_and(|length| length > 0)
        {}
    }
}
