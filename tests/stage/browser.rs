//! The person's own browser, already open: a driver attaches to it and leaves it open.

use std::{fs, time::Duration};

use fantoccini::wd::{Capabilities, WindowHandle};
use serde_json::json;
use url::Url;

use crate::{
    desk::Desk,
    driver::Window,
    program::Program,
    wait::{LIMIT, LONG, until, within},
};

/// Whose browser it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, the desk's default browser.
    Chromium,
    /// Firefox ESR.
    Firefox,
}

impl Engine {
    /// The name of its processes, as the kernel keeps it.
    fn process(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox-esr",
        }
    }
}

/// The running browser.
pub struct Browser {
    window: Window,
    engine: Engine,
    opener: Option<Program>,
}

/// One of its pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab(WindowHandle);

impl Browser {
    /// A browser that ends with this driver.
    pub(crate) fn driven(window: Window, engine: Engine) -> Self {
        Self {
            window,
            engine,
            opener: None,
        }
    }

    /// Whose browser it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Waits until somebody has opened the browser, and attaches to it.
    pub async fn attach(desk: &Desk) -> Self {
        let file = desk.profile().join("DevToolsActivePort");
        let port: u16 = until("the browser to be opened", LONG, async || {
            let text = fs::read_to_string(&file).ok()?;
            let port = text.lines().next()?.parse().ok()?;
            std::net::TcpStream::connect(("127.0.0.1", port)).ok()?;
            Some(port)
        })
        .await;
        let mut capabilities = Capabilities::new();
        capabilities.insert("browserName".into(), json!("chrome"));
        capabilities.insert(
            "goog:chromeOptions".into(),
            json!({ "debuggerAddress": format!("127.0.0.1:{port}") }),
        );
        let window = Window::open(
            "chromedriver",
            &desk.logs(),
            desk.command("chromedriver"),
            capabilities,
        )
        .await;
        Self::driven(window, Engine::Chromium)
    }

    /// Opens the browser as a person does, on a page.
    pub async fn open(desk: &Desk, address: &str) -> Self {
        // It stays as long as the browser that it started.
        let opener = Program::start(
            "xdg-open",
            &desk.logs(),
            desk.command("xdg-open").arg(address),
        );
        let mut browser = Self::attach(desk).await;
        browser.opener = Some(opener);
        browser
    }

    /// The page in front of the driver.
    pub fn page(&self) -> &Window {
        &self.window
    }

    /// Waits for a page whose address passes, and goes to it.
    pub async fn find(&self, what: &str, passes: impl Fn(&Url) -> bool) -> Tab {
        let client = self.window.client();
        until(what, LIMIT, async || {
            for handle in client.windows().await.ok()?.into_iter().rev() {
                if client.switch_to_window(handle.clone()).await.is_err() {
                    continue;
                }
                if client.current_url().await.is_ok_and(|url| passes(&url)) {
                    return Some(Tab(handle));
                }
            }
            None
        })
        .await
    }

    /// Waits for the page at this path.
    pub async fn find_path(&self, path: &str) -> Tab {
        self.find(&format!("a page at {path}"), |url| url.path() == path)
            .await
    }

    /// A new, empty page.
    pub async fn new_tab(&self) -> Tab {
        let client = self.window.client();
        let opened = client.new_window(true).await.expect("a new page");
        client
            .switch_to_window(opened.handle.clone())
            .await
            .expect("the new page");
        Tab(opened.handle)
    }

    /// Looks at a page, wherever it is.
    pub async fn look_at(&self, tab: &Tab) {
        self.window
            .client()
            .switch_to_window(tab.0.clone())
            .await
            .expect("the page is still there");
    }

    /// The page in front.
    pub async fn current(&self) -> Tab {
        let client = self.window.client();
        Tab(client.window().await.expect("a page"))
    }

    /// Looks at a page that is none of these, if there is one.
    pub async fn go_to_other(&self, known: &[&Tab]) -> bool {
        let client = self.window.client();
        let handles = client.windows().await.unwrap_or_default();
        for handle in handles {
            if !known.iter().any(|tab| tab.0 == handle) {
                return client.switch_to_window(handle).await.is_ok();
            }
        }
        false
    }

    /// Goes to a page again, and brings it to the front.
    pub async fn go_to(&self, tab: &Tab) {
        self.look_at(tab).await;
        if self.engine == Engine::Chromium {
            // Its driver looks at a page without showing it.
            self.devtools("Page.bringToFront", json!({})).await;
        }
    }

    /// Opens an address in the page in front.
    pub async fn visit(&self, address: &str) {
        self.window
            .client()
            .goto(address)
            .await
            .unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    /// Closes the page in front and leaves the others.
    pub async fn close_tab(&self) {
        let client = self.window.client();
        client.close_window().await.expect("a page to close");
        let first = client.windows().await.expect("pages").swap_remove(0);
        client.switch_to_window(first).await.expect("another page");
    }

    /// Closes the page in front; the last one takes the browser with it. Waits for that: a browser
    /// that is still leaving would be taken for the next one.
    pub async fn close_page(self, desk: &Desk) {
        let _ = self.window.client().close_window().await;
        self.detach().await;
        within(LIMIT, async || {
            let processes = desk.processes();
            (!processes.iter().any(|(_, name)| name == "chromium")).then_some(())
        })
        .await;
    }

    /// Closes the browser as a person does at the end of the day, and waits until it has gone.
    pub async fn quit(&mut self, desk: &Desk) {
        if self.engine == Engine::Chromium {
            // Its driver is told that it was cut off; the browser has closed all the same.
            let closing = self.try_devtools("Browser.close", json!({}));
            let _ = tokio::time::timeout(LIMIT, closing).await;
        }
        let name = self.engine.process();
        self.opener.take();
        self.window.end().await;
        until("the browser to have gone", LIMIT, async || {
            let processes = desk.processes();
            (!processes.iter().any(|(_, process)| process == name)).then_some(())
        })
        .await;
    }

    /// The address of the page in front.
    pub async fn address(&self) -> Url {
        self.window
            .client()
            .current_url()
            .await
            .expect("an address")
    }

    /// Waits until the page in front is at this path.
    pub async fn arrives_at(&self, path: &str) {
        self.arrives_within(path, LIMIT).await;
    }

    async fn arrives_within(&self, path: &str, limit: Duration) {
        until(&format!("the browser at {path}"), limit, async || {
            let url = self.window.client().current_url().await.ok()?;
            (url.path() == path).then_some(())
        })
        .await;
    }

    /// Goes back, as the browser's own button does.
    pub async fn back(&self) {
        self.window.client().back().await.expect("a page before");
    }

    /// Loads the page in front again.
    pub async fn reload(&self) {
        self.window.client().refresh().await.expect("a page again");
    }

    /// How many windows and tabs are open.
    pub async fn pages(&self) -> usize {
        self.window
            .client()
            .windows()
            .await
            .map_or(0, |all| all.len())
    }

    /// Takes the driver away; Chromium stays open.
    pub async fn detach(mut self) {
        self.opener.take();
        self.window.close().await;
    }
}
