//! axe-core in a page: what a person with a screen reader, a keyboard or weak eyes would trip over.

use std::fmt::Debug;

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::{browser::Browser, node::axe};

/// Chromium's own commands, past W3C WebDriver: looks of a page.
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
    /// Shows pages in this theme: `light` or `dark`.
    pub async fn prefer(&self, theme: &str) {
        let command = DevTools {
            command: "Emulation.setEmulatedMedia",
            parameters: json!({
                "features": [
                    { "name": "prefers-color-scheme", "value": theme },
                    // Colours are measured, not on their way to what they will be.
                    { "name": "prefers-reduced-motion", "value": "reduce" },
                ],
            }),
        };
        self.page()
            .client()
            .issue_cmd(command)
            .await
            .expect("the theme");
    }

    /// What is not accessible in the page in front: WCAG 2.2 A and AA, and axe's best practices.
    pub async fn barriers(&self) -> Vec<String> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             {};
             axe.run(document, {{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }})
               .then((found) => done(found.violations.flatMap((rule) =>
                 rule.nodes.map((node) => `${{rule.id}}: ${{node.target}}: ${{node.failureSummary}}`))),
                 (error) => done(['axe: ' + error]));",
            axe()
        );
        let found = self
            .page()
            .client()
            .execute_async(&script, Vec::new())
            .await
            .expect("axe-core in the page");
        serde_json::from_value(found).expect("a list of barriers")
    }

    /// Looks at the page in front in both themes.
    ///
    /// # Panics
    /// If something stands in anybody's way.
    pub async fn is_accessible(&self, what: &str) {
        for theme in ["light", "dark"] {
            self.prefer(theme).await;
            let barriers = self.barriers().await;
            assert!(
                barriers.is_empty(),
                "{what}, {theme}:\n{}",
                barriers.join("\n")
            );
        }
    }
}
