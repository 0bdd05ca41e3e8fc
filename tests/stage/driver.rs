//! One window under W3C WebDriver: the app's own (WebKit) or a browser's page (Chromium).

use std::{
    path::Path,
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    network::free_port,
    program::Program,
    wait::{LIMIT, LONG, until, within},
};

/// Finds what can be pressed by the name that a screen reader would say; while a question is asked
/// over the page, only in it.
const NAMED: &str = "
    const name = arguments[0];
    const page = [...document.querySelectorAll('dialog[open]')].pop() ?? document;
    const all = [...page.querySelectorAll('button, a[href], summary, input[type=submit]')];
    const shown = all.filter((one) => !one.disabled && one.checkVisibility());
    const text = (one) => (one.getAttribute('aria-label') || one.innerText || one.value || '').trim();
    return shown.find((one) => text(one) === name)
        ?? shown.find((one) => text(one).startsWith(name)) ?? null;";

/// A web element reference (W3C WebDriver §12).
#[derive(Deserialize)]
struct WebElement {
    #[serde(rename = "element-6066-11e4-a52e-4f735466cecf")]
    id: String,
}

/// A window that can be read and pressed. Dropping it ends its driver.
pub struct Window {
    client: Client,
    driver: Program,
    clicks: AtomicU32,
}

impl Window {
    /// Starts a driver and, with it, a session that has these capabilities.
    pub async fn open(
        name: &str,
        logs: &Path,
        mut driver: Command,
        capabilities: Capabilities,
    ) -> Self {
        let port = free_port();
        driver.arg(format!("--port={port}"));
        let driver = Program::start(name, logs, &mut driver);
        until(name, LIMIT, async || {
            tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .ok()
        })
        .await;
        let address = format!("http://127.0.0.1:{port}");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let session = builder.connect(&address);
        let client = tokio::time::timeout(LONG, session)
            .await
            .unwrap_or_else(|_| panic!("{name}: no session in time"))
            .unwrap_or_else(|error| panic!("{name}: no session: {error}"));
        Self {
            client,
            driver,
            clicks: AtomicU32::new(0),
        }
    }

    /// The driver's protocol, for what is not here.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// What the driver, and for the app the app itself, has said.
    pub fn log(&self) -> String {
        self.driver.log()
    }

    /// All text that is shown.
    pub async fn text(&self) -> String {
        let script = "return document.body ? document.body.innerText : ''";
        self.script(script)
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until the page shows this text.
    pub async fn shows(&self, text: &str) {
        self.shows_within(text, LIMIT).await;
    }

    /// Waits longer, or less.
    pub async fn shows_within(&self, text: &str, limit: Duration) {
        let mut last = String::new();
        let found = within(limit, async || {
            last = self.text().await;
            last.contains(text).then_some(())
        })
        .await;
        assert!(
            found.is_some(),
            "the window does not show {text:?} but:\n{last}"
        );
    }

    /// Waits for an element that is shown.
    pub async fn element(&self, css: &str) -> Element {
        until(&format!("{css} in the window"), LIMIT, async || {
            let element = self.client.find(Locator::Css(css)).await.ok()?;
            element.is_displayed().await.ok()?.then_some(element)
        })
        .await
    }

    /// Presses the button or link that has this name, as a person does: a browser opens another
    /// program for a person's click, not for a script's.
    pub async fn press(&self, name: &str) {
        until(&format!("{name:?} to press"), LIMIT, async || {
            self.try_press(name).await.then_some(())
        })
        .await;
    }

    /// The same, if it is there now.
    pub async fn try_press(&self, name: &str) -> bool {
        let pressed = async {
            let found = self.client.execute(NAMED, vec![Value::from(name)]).await;
            let element: WebElement = serde_json::from_value(found.ok()?).ok()?;
            let element = Element::from_element_id(self.client.clone(), element.id.into());
            element.click().await.ok()
        };
        let pressed = pressed.await.is_some();
        self.clicks.fetch_add(pressed.into(), Ordering::Relaxed);
        pressed
    }

    /// Waits for a frame in the page and goes into it.
    pub async fn enter(&self, css: &str) {
        until(&format!("the frame {css}"), LIMIT, async || {
            let frame = self.client.find(Locator::Css(css)).await.ok()?;
            frame.enter_frame().await.ok()
        })
        .await;
    }

    /// Goes back to the page around all frames.
    pub async fn leave(&self) {
        let window = self.client.window().await.expect("the window in front");
        self.client
            .switch_to_window(window)
            .await
            .expect("its whole page");
    }

    /// How often something was pressed here, by name.
    pub fn clicks(&self) -> u32 {
        self.clicks.load(Ordering::Relaxed)
    }

    /// Types into a field.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.element(css).await;
        field.clear().await.expect("an empty field");
        field.send_keys(text).await.expect("a filled field");
    }

    /// Runs a script in the page; null while the page is changing.
    pub async fn script(&self, script: &str) -> Value {
        self.client
            .execute(script, Vec::new())
            .await
            .unwrap_or(Value::Null)
    }

    /// A picture of the page.
    pub async fn picture(&self) -> Vec<u8> {
        self.client.screenshot().await.expect("a screenshot")
    }

    /// Ends the session: the app is quit by its driver, a browser stays.
    pub async fn close(mut self) {
        self.end().await;
    }

    /// The same, where the window is kept as a thing of the past.
    pub(crate) async fn end(&mut self) {
        // A driver that does not answer is stopped all the same.
        let _ = tokio::time::timeout(LIMIT, self.client.clone().close()).await;
        self.driver.stop().await;
    }

    /// The process of the driver.
    pub fn driver(&mut self) -> &mut Program {
        &mut self.driver
    }
}
