//! The cookie modes are what they say: a mode that is not would make a row of the matrix a lie.

use axum::{
    Router,
    http::{HeaderMap, HeaderValue, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use stage::{Browser, Cookies, Desk, LIMIT, firefox_is_missing, skip, until};
use tokio::{net::TcpListener, task::JoinHandle};

/// A page on one site, and a frame from another that says which cookies reach its server.
struct Sites {
    port: u16,
    task: JoinHandle<()>,
}

const FRAME: &str = "
<!doctype html><title>frame</title><p id=cookies>COOKIES</p>
<button onclick=\"document.requestStorageAccess().then(() => location.reload(), () => { document.body.dataset.refused = '1' })\">Ask</button>";

impl Sites {
    async fn serve() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let page = format!(
            "<!doctype html><title>page</title><iframe src=\"http://cti.acme.localhost:{port}/frame\"></iframe>"
        );
        let router = Router::new()
            .route("/frame", get(frame))
            .route("/", get(|| async { Html(page) }));
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self { port, task }
    }

    fn of(&self, host: &str) -> String {
        format!("http://{host}:{}", self.port)
    }
}

impl Drop for Sites {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn frame(headers: HeaderMap) -> Response {
    let mut names: Vec<&str> = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split("; "))
        .filter_map(|pair| pair.split_once('=').map(|(name, _)| name))
        .collect();
    names.sort_unstable();
    let mut answer =
        Html(FRAME.replace("COOKIES", &format!("[{}]", names.join(" ")))).into_response();
    let framed = headers
        .get("sec-fetch-dest")
        .is_some_and(|value| value == "iframe");
    let cookie = if framed {
        "__Host-own=1; Path=/; Secure; SameSite=None; Partitioned"
    } else {
        "__Host-site=1; Path=/; Secure; SameSite=None"
    };
    answer
        .headers_mut()
        .insert(header::SET_COOKIE, HeaderValue::from_static(cookie));
    answer
}

/// What the frame's server gets: at first, at the second load, and after asking for more.
async fn seen(browser: &Browser, sites: &Sites, mode: Cookies) -> [String; 3] {
    let (page, widget) = (
        sites.of("zendesk.localhost"),
        sites.of("cti.acme.localhost"),
    );
    browser.visit(&format!("{widget}/frame")).await;
    browser.visit(&page).await;
    let first = cookies(browser).await;
    browser.reload().await;
    let second = cookies(browser).await;
    browser.answer_storage_access(&page, &widget, mode).await;
    browser.page().enter("iframe").await;
    browser.page().press("Ask").await;
    let third = until("an answer", LIMIT, async || {
        let refused = "return document.body.dataset.refused ?? ''";
        if browser.page().script(refused).await == "1" {
            return Some("refused".to_owned());
        }
        browser.page().leave().await;
        let now = cookies(browser).await;
        browser.page().enter("iframe").await;
        (now != second || second.contains("site")).then_some(now)
    })
    .await;
    [first, second, third]
}

async fn cookies(browser: &Browser) -> String {
    browser.page().enter("iframe").await;
    let text = browser.page().element("#cookies").await.text().await;
    browser.page().leave().await;
    text.expect("the frame's text")
}

#[tokio::test]
async fn in_chromium_a_frame_has_the_cookies_that_each_mode_lets_it_have() {
    for (mode, expected) in [
        (
            Cookies::Allowed,
            [
                "[__Host-site]",
                "[__Host-own __Host-site]",
                "[__Host-own __Host-site]",
            ],
        ),
        (Cookies::Blocked, ["[]", "[__Host-own]", "refused"]),
        (
            Cookies::Partitioned,
            ["[]", "[__Host-own]", "[__Host-own __Host-site]"],
        ),
    ] {
        let desk = Desk::with(mode).await;
        let sites = Sites::serve().await;
        let browser = Browser::open(&desk, &sites.of("cti.acme.localhost")).await;
        let seen = seen(&browser, &sites, mode).await;
        assert_eq!(seen, expected, "{mode}");
    }
}

#[tokio::test]
async fn in_firefox_a_frame_has_the_cookies_that_each_mode_lets_it_have() {
    if let Some(reason) = firefox_is_missing() {
        return skip(&reason);
    }
    for (mode, expected) in [
        (
            Cookies::Allowed,
            [
                "[__Host-site]",
                "[__Host-own __Host-site]",
                "[__Host-own __Host-site]",
            ],
        ),
        (Cookies::Blocked, ["[]", "[__Host-own]", "refused"]),
        (
            Cookies::Partitioned,
            ["[]", "[__Host-own]", "[__Host-own __Host-site]"],
        ),
    ] {
        let desk = Desk::with(mode).await;
        let sites = Sites::serve().await;
        let browser = Browser::firefox(&desk, &sites.of("cti.acme.localhost")).await;
        let seen = seen(&browser, &sites, mode).await;
        assert_eq!(seen, expected, "{mode}");
    }
}
