//! The pages that act as `HubSpot`, Zendesk and Salesforce do (`tests/crm`), and one that attacks,
//! each on a site of its own, all on one port, chosen by the `Host` header.

use std::{
    fs,
    net::Ipv4Addr,
    path::{Component, Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use axum::{
    Json, Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::OnceCell, task::JoinHandle};

use crate::program::output;

/// The hosts: their name is the first label of their origin.
pub const CRMS: [&str; 3] = ["hubspot", "zendesk", "salesforce"];

/// What a site that is not Salesforce serves in its place: it would show that it ran.
const FOREIGN_SCRIPT: &str = "document.documentElement.dataset.foreignScript = 'ran';\n";

/// The running pages. Dropping them closes their port.
pub struct CrmHosts {
    port: u16,
    task: JoinHandle<()>,
}

#[derive(Clone)]
struct Pages {
    folder: PathBuf,
    settings: Value,
}

impl CrmHosts {
    /// Builds the pages where they are older than their sources, and serves them on `port` (any
    /// free one if 0) for the widget of `Acme` at the origin `widget`.
    pub async fn start(port: u16, widget: &str) -> Self {
        let folder = pages().await;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .unwrap_or_else(|error| panic!("port {port} for the CRM pages: {error}"));
        let port = listener.local_addr().expect("its number").port();
        let settings = json!({
            "widget": widget.trim_end_matches('/'),
            "organization": "acme",
            "evil": format!("http://evil.localhost:{port}"),
        });
        let router = Router::new()
            .route("/settings.json", get(settings_of))
            .fallback(page)
            .with_state(Pages { folder, settings });
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self { port, task }
    }

    /// The origin of a host: of `hubspot`, `zendesk`, `salesforce` or `evil`.
    pub fn origin(&self, host: &str) -> String {
        format!("http://{host}.localhost:{}", self.port)
    }

    /// A host's page, with what it is asked to do: `page("zendesk", "user=ben&sandbox=strict")`.
    pub fn page(&self, host: &str, query: &str) -> String {
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}/{mark}{query}", self.origin(host))
    }
}

impl Drop for CrmHosts {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The folder of the built pages; built once by each process that needs it.
async fn pages() -> PathBuf {
    static BUILT: OnceCell<PathBuf> = OnceCell::const_new();
    BUILT
        .get_or_init(|| async {
            tokio::task::spawn_blocking(build)
                .await
                .expect("the pages' build")
        })
        .await
        .clone()
}

fn build() -> PathBuf {
    let sources = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("crm");
    let npm = |arguments: &[&str]| {
        output(
            Command::new("npm").args(arguments).current_dir(&sources),
            b"",
        );
    };
    let built = sources.join("dist");
    let since = changed(&built.join("hubspot.html"));
    if since.is_none() || since < newest(&sources) {
        if !sources.join("node_modules").is_dir() {
            npm(&["ci", "--no-audit", "--no-fund"]);
        }
        npm(&["run", "build"]);
    }
    built
}

fn changed(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}

/// When the newest source was changed.
fn newest(folder: &Path) -> Option<SystemTime> {
    fs::read_dir(folder)
        .ok()?
        .flatten()
        .filter(|entry| entry.file_name() != "node_modules" && entry.file_name() != "dist")
        .filter_map(|entry| {
            let path = entry.path();
            if path.is_dir() {
                newest(&path)
            } else {
                changed(&path)
            }
        })
        .max()
}

async fn settings_of(State(pages): State<Pages>) -> Json<Value> {
    Json(pages.settings)
}

async fn page(State(pages): State<Pages>, headers: HeaderMap, request: Request) -> Response {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .and_then(|host| host.split_once('.'))
        .map_or("", |(label, _)| label);
    if !CRMS.contains(&host) && host != "evil" {
        return StatusCode::NOT_FOUND.into_response();
    }
    let path = request.uri().path();
    if path.starts_with("/support/") && host != "salesforce" {
        return answer("text/javascript", FOREIGN_SCRIPT.into());
    }
    let file = file_of(host, request.uri());
    let kind = match file.extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        _ => "application/octet-stream",
    };
    fs::read(pages.folder.join(file)).map_or_else(
        |_| StatusCode::NOT_FOUND.into_response(),
        |content| answer(kind, content),
    )
}

/// The file that an address names; nothing outside the folder can be named.
fn file_of(host: &str, address: &Uri) -> PathBuf {
    match address.path() {
        "/" => format!("{host}.html").into(),
        path if path.starts_with("/calling-integration-popup-ui/") => "hubspot-window.html".into(),
        path => Path::new(path)
            .components()
            .filter(|part| matches!(part, Component::Normal(_)))
            .collect(),
    }
}

fn answer(kind: &'static str, content: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, content).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_nothing_outside_the_folder() {
        let file = |address: &'static str| file_of("zendesk", &Uri::from_static(address));
        assert_eq!(file("/"), Path::new("zendesk.html"));
        assert_eq!(
            file("/assets/../../../etc/passwd"),
            Path::new("assets/etc/passwd")
        );
        assert_eq!(
            file("/calling-integration-popup-ui/62515?usesCallingWindow=false"),
            Path::new("hubspot-window.html")
        );
    }
}
