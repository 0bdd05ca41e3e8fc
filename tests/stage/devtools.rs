//! Chromium's own commands, past W3C WebDriver: looks of a page, permissions, sleep, networks.

use std::fmt::Debug;

use fantoccini::{error::CmdError, wd::WebDriverCompatibleCommand};
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::{
    browser::{Browser, Engine},
    cookies::Cookies,
};

/// One command of Chromium's debugging protocol.
#[derive(Debug)]
struct DevTools {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _request: &Url) -> (Method, Option<String>) {
        let body = json!({ "cmd": self.command, "params": self.parameters });
        (Method::POST, Some(body.to_string()))
    }
}

impl Browser {
    /// Gives Chromium one of its own commands, for the page in front.
    pub async fn devtools(&self, command: &'static str, parameters: Value) -> Value {
        self.try_devtools(command, parameters)
            .await
            .unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// The same, where an answer may not come.
    pub(crate) async fn try_devtools(
        &self,
        command: &'static str,
        parameters: Value,
    ) -> Result<Value, CmdError> {
        let command = DevTools {
            command,
            parameters,
        };
        self.page().client().issue_cmd(command).await
    }

    /// Shows pages in this theme: `light` or `dark`.
    pub async fn prefer(&self, theme: &str) {
        let features = json!([
            { "name": "prefers-color-scheme", "value": theme },
            // Colours are measured, not on their way to what they will be.
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await;
    }

    /// Answers, before it is asked, whether a frame may have its site's cookies in a page: as the
    /// mode says. Firefox has its answer from its preferences.
    pub async fn answer_storage_access(&self, page: &str, frame: &str, mode: Cookies) {
        let (Engine::Chromium, Some(granted)) = (self.engine(), mode.answer()) else {
            return;
        };
        let parameters = json!({
            "permission": { "name": "storage-access" },
            "setting": if granted { "granted" } else { "denied" },
            "origin": page,
            "embeddedOrigin": frame,
        });
        self.devtools("Browser.setPermission", parameters).await;
    }

    /// Puts the page in front to sleep, as a laptop's lid does, or wakes it.
    pub async fn sleeps(&self, asleep: bool) {
        let state = if asleep { "frozen" } else { "active" };
        self.devtools("Page.setWebLifecycleState", json!({ "state": state }))
            .await;
    }

    /// Takes the network from the page in front, or gives it back.
    pub async fn offline(&self, offline: bool) {
        self.devtools("Network.enable", json!({})).await;
        let parameters = json!({
            "offline": offline,
            "latency": 0,
            "downloadThroughput": -1,
            "uploadThroughput": -1,
        });
        self.devtools("Network.emulateNetworkConditions", parameters)
            .await;
    }

    /// Forgets every cookie, as a person who tidies up does.
    pub async fn forget_cookies(&self) {
        self.devtools("Network.clearBrowserCookies", json!({}))
            .await;
    }
}
