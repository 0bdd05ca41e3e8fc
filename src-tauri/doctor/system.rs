//! Checks of what the operating system says: link handler, browser, proxy.

use std::time::Duration;

use tokio::process::Command;
use url::Url;

use super::{Check, Finding};
use crate::session::message::Message;

const LIMIT: Duration = Duration::from_secs(5);

/// Who opens links of our scheme, as each sign-in asks it too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkHandler {
    /// This very program.
    This,
    /// Another one, or this one from another place: it runs this.
    Another(String),
    /// Nobody.
    Nobody,
    /// The platform tells only a running app.
    AskedAtSignIn,
}

/// Whether links of our scheme open this app.
pub fn scheme(handler: LinkHandler) -> Finding {
    match handler {
        LinkHandler::This => Check::Scheme.fine(Message::plain("doctor-scheme-fine")),
        LinkHandler::Another(runs) => {
            Check::Scheme.wrong(Message::plain("doctor-scheme-taken").with("handler", runs))
        }
        LinkHandler::Nobody => Check::Scheme.wrong(Message::plain("doctor-scheme-nobody")),
        LinkHandler::AskedAtSignIn => {
            Check::Scheme.skipped(Message::plain("doctor-asked-at-sign-in"))
        }
    }
}

/// Whether there is a browser to sign in with.
pub async fn browser() -> Finding {
    if !cfg!(target_os = "linux") {
        return Check::Browser.skipped(Message::plain("doctor-asked-at-sign-in"));
    }
    match default_handler("https").await {
        Ok(Some(handler)) => {
            Check::Browser.fine(Message::plain("doctor-browser-fine").with("handler", handler))
        }
        Ok(None) => Check::Browser.wrong(Message::plain("doctor-browser-nobody")),
        Err(detail) => {
            Check::Browser.wrong(Message::plain("doctor-xdg-missing").with("detail", detail))
        }
    }
}

/// The desktop file that opens links of a scheme.
async fn default_handler(scheme: &str) -> Result<Option<String>, String> {
    let asked = Command::new("xdg-mime")
        .args(["query", "default", &format!("x-scheme-handler/{scheme}")])
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(LIMIT, asked)
        .await
        .map_err(|_| "xdg-mime does not answer".to_owned())?
        .map_err(|error| format!("xdg-mime: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// Whether the proxy settings can be read. Names and passwords in them are not shown.
pub fn proxy(variable: impl Fn(&str) -> Option<String>) -> Finding {
    let mut shown = Vec::new();
    for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"] {
        let value = variable(name)
            .or_else(|| variable(&name.to_lowercase()))
            .filter(|value| !value.is_empty());
        let Some(value) = value else { continue };
        let with_scheme = if value.contains("://") {
            value
        } else {
            format!("http://{value}")
        };
        match Url::parse(&with_scheme) {
            Ok(url) if url.has_host() => {
                let host = url.host_str().unwrap_or_default();
                let port = url
                    .port()
                    .map(|port| format!(":{port}"))
                    .unwrap_or_default();
                shown.push(format!("{name}={}://{host}{port}", url.scheme()));
            }
            _ => {
                return Check::Proxy.wrong(Message::plain("doctor-proxy-wrong").with("name", name));
            }
        }
    }
    if shown.is_empty() {
        Check::Proxy.fine(Message::plain("doctor-proxy-none"))
    } else {
        Check::Proxy.fine(Message::plain("doctor-proxy-fine").with("proxies", shown.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Outcome;

    #[test]
    fn a_proxy_is_shown_without_its_password_and_nonsense_is_named() {
        let found = proxy(|name| {
            (name == "HTTPS_PROXY").then(|| "http://mira:secret@proxy.example:3128".to_owned())
        });
        let shown = format!("{found:?}");
        assert!(shown.contains("proxy.example:3128"), "{shown}");
        assert!(!shown.contains("secret"), "{shown}");
        let found = proxy(|name| (name == "http_proxy").then(|| "http://".to_owned()));
        assert!(matches!(found.outcome, Outcome::Wrong(_)));
        assert!(matches!(proxy(|_| None).outcome, Outcome::Fine(_)));
    }
}
