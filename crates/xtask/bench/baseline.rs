//! The baselines: an axum handler that does nothing, and node-oidc-provider in memory.

use std::{
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

use axum::{Router, http::header::CONTENT_TYPE, response::IntoResponse, routing::post};
use serde::Deserialize;

/// What this program is told to be the empty handler.
pub const ROLE: &str = "empty-handler";

/// A baseline's process. Dropping it stops it.
pub struct Baseline {
    child: Child,
    address: SocketAddr,
    /// Refresh tokens to begin with.
    pub tokens: Vec<String>,
}

#[derive(Deserialize)]
struct Started {
    address: SocketAddr,
    #[serde(default)]
    tokens: Vec<String>,
}

impl Baseline {
    /// This program again, as an empty handler with an async runtime like the service's.
    pub fn empty_handler() -> Self {
        let own = std::env::current_exe().expect("this program's path");
        Self::start(Command::new(own).arg(ROLE))
    }

    /// node-oidc-provider with so many sessions.
    pub fn provider(sessions: usize) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/npm");
        Self::start(
            Command::new("node")
                .current_dir(folder)
                .env("NODE_ENV", "production")
                .arg("bench-provider.mjs")
                .arg(sessions.to_string()),
        )
    }

    fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a started baseline");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output"))
            .read_line(&mut line)
            .expect("its address");
        let started: Started = serde_json::from_str(&line).expect("its address");
        Self {
            child,
            address: started.address,
            tokens: started.tokens,
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Baseline {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Answers as long as a renewal's answer is, and does nothing for it.
async fn renewal() -> impl IntoResponse {
    const BODY: &str = concat!(
        r#"{"access_token":""#,
        include_str!("sample_token.txt"),
        r#"","id_token":""#,
        include_str!("sample_token.txt"),
        r#"","token_type":"Bearer","expires_in":300,"refresh_token":"ulr1.0","scope":"openid"}"#
    );
    ([(CONTENT_TYPE, "application/json")], BODY)
}

/// Answers as long as a session check's answer is, and does nothing for it.
async fn check() -> impl IntoResponse {
    const BODY: &str = r#"{"active":true,"scope":"openid profile email offline_access","client_id":"bench","token_type":"Bearer","exp":1700000000,"iat":1700000000,"sub":"0190c1d2-0000-7000-8000-000000000000","aud":"http://id.acme.localhost:7400","iss":"http://id.acme.localhost:7400","jti":"0190c1d2-0000-7000-8000-000000000000","sid":"0190c1d2-0000-7000-8000-000000000000"}"#;
    ([(CONTENT_TYPE, "application/json")], BODY)
}

/// Serves until this process is stopped.
pub fn serve() {
    // A runtime as the service has it: one worker for each core.
    let server = std::thread::spawn(|| {
        tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .expect("a runtime")
            .block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
                    .await
                    .expect("a port");
                let address = listener.local_addr().expect("its address");
                let mut out = std::io::stdout();
                writeln!(out, r#"{{"address":"{address}"}}"#).expect("a reader");
                out.flush().expect("a reader");
                let routes = Router::new()
                    .route("/oauth/token", post(renewal))
                    .route("/oauth/introspect", post(check));
                axum::serve(listener, routes).await.expect("a server");
            });
    });
    server.join().expect("a server that runs");
}
