//! A frame of the widget in a CRM page, and its window.

use axum::http::Method;
use serde_json::{Value, json};

use super::{Answer, Browser, CTI, ID, World};

/// A frame of the widget in a CRM page: its cookies are apart from its browser's others.
pub struct Frame<'a>(pub Browser<'a>);

impl<'a> Frame<'a> {
    pub fn new(world: &'a World) -> Self {
        Self(world.browser())
    }

    pub async fn send(&self, path: &str, body: &Value) -> Answer {
        let referrer = format!("{CTI}/hubspot/acme");
        let headers = [
            ("sec-fetch-dest", "empty"),
            ("sec-fetch-site", "same-origin"),
            ("sec-fetch-storage-access", "none"),
            ("origin", CTI),
            ("referer", &referrer),
            ("content-type", "application/json"),
        ];
        let url = format!("{CTI}{path}");
        self.0
            .send(Method::POST, &url, &headers, &body.to_string())
            .await
    }

    pub async fn begin(&self) -> Value {
        let begun = self.send("/embed/attempts", &json!({})).await;
        assert_eq!(begun.status, 201, "{begun:?}");
        begun.json()
    }

    pub async fn wait(&self, attempt: &Value) -> Answer {
        let path = format!("/embed/attempts/{}/wait", text(&attempt["attempt"]));
        self.send(&path, &json!({"wait": attempt["wait"]})).await
    }

    pub async fn session(&self) -> Value {
        let referrer = format!("{CTI}/hubspot/acme");
        let headers = [
            ("sec-fetch-dest", "empty"),
            ("sec-fetch-site", "same-origin"),
            ("referer", referrer.as_str()),
        ];
        let url = format!("{CTI}/session");
        self.0.send(Method::GET, &url, &headers, "").await.json()
    }
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

pub async fn confirm(window: &Browser<'_>, attempt: &Value) -> Answer {
    let body = json!({"attempt": attempt["attempt"], "hand": attempt["hand"]});
    window
        .tell(Method::POST, CTI, "/window/confirm", &body)
        .await
}

/// The window, from the handshake to its last page.
pub async fn go_through(window: &Browser<'_>, attempt: &Value, email: &str) -> String {
    let next = confirm(window, attempt).await.json();
    let opened = window.open(&format!("{CTI}{}", text(&next["next"]))).await;
    if opened.at().starts_with(ID) {
        return window.fill_in(&opened, email).await.at();
    }
    opened.at()
}
