//! Every state of a surface or of the app's window as a page of its own, served on loopback.

use std::{fs, path::PathBuf, process::Command};

use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::program::output;

/// The pages. Dropping them closes their port.
pub struct Stories {
    address: String,
    task: JoinHandle<()>,
}

impl Stories {
    /// Builds the pages from the source of `desktop`, `workspace`, `dashboard` or `cti`, and serves
    /// them.
    pub async fn serve(surface: &str) -> Self {
        let ui = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../ui");
        if !ui.join("node_modules").is_dir() {
            output(
                Command::new("npm")
                    .args(["ci", "--no-audit", "--no-fund"])
                    .current_dir(&ui),
                b"",
            );
        }
        let surface = ui.join(surface);
        output(
            Command::new("npm")
                .args(["run", "build:stories"])
                .current_dir(&surface),
            b"",
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let router = Router::new()
            .fallback(file)
            .with_state(surface.join("dist-stories"));
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self {
            address: format!("http://127.0.0.1:{port}/stories.html"),
            task,
        }
    }

    /// The page that lists all states.
    pub fn list(&self) -> &str {
        &self.address
    }
}

impl Drop for Stories {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn file(State(folder): State<PathBuf>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let kind = match path.rsplit_once('.') {
        Some((_, "html")) => "text/html; charset=utf-8",
        Some((_, "js")) => "text/javascript",
        Some((_, "css")) => "text/css",
        Some((_, "svg")) => "image/svg+xml",
        _ => "application/octet-stream",
    };
    fs::read(folder.join(path)).map_or_else(
        |_| StatusCode::NOT_FOUND.into_response(),
        |content| ([(header::CONTENT_TYPE, kind)], content).into_response(),
    )
}
