//! Firefox ESR, headless, with its own profile that survives a restart.
//!
//! The desk's default browser stays Chromium: the desktop app signs in there, so Firefox shows
//! browser surfaces in a browser that has nothing to do with the app.

use std::{path::PathBuf, process::Command};

use fantoccini::wd::Capabilities;
use serde_json::{Map, Value, json};

use crate::{
    browser::{Browser, Engine},
    cookies::Cookies,
    desk::Desk,
    driver::Window,
};

/// Where Firefox's driver is: what the variable says, else on the search path.
const DRIVER: &str = "E2E_GECKODRIVER";

/// Why Firefox cannot be driven here, if it cannot.
pub fn firefox_is_missing() -> Option<String> {
    let runs = |program: &PathBuf| {
        let version = Command::new(program).arg("--version").output();
        version.is_ok_and(|output| output.status.success())
    };
    for program in [PathBuf::from("firefox-esr"), driver()] {
        if !runs(&program) {
            return Some(format!("{} is not on this machine", program.display()));
        }
    }
    None
}

fn driver() -> PathBuf {
    std::env::var_os(DRIVER).map_or_else(|| "geckodriver".into(), PathBuf::from)
}

impl Browser {
    /// Opens Firefox on a page. It ends with its driver; its profile stays.
    pub async fn firefox(desk: &Desk, address: &str) -> Self {
        let profile = desk.home().join("firefox");
        std::fs::create_dir_all(&profile).expect("a profile");
        let mut capabilities = Capabilities::new();
        capabilities.insert("browserName".into(), json!("firefox"));
        capabilities.insert(
            "moz:firefoxOptions".into(),
            json!({
                "binary": "/usr/bin/firefox-esr",
                "args": ["-headless", "-profile", profile, "--width=1000", "--height=800"],
                "prefs": preferences(desk.cookies()),
            }),
        );
        let mut command = desk.command(driver());
        command.args(["--log", "error"]);
        let window = Window::open("geckodriver", &desk.logs(), command, capabilities).await;
        let browser = Self::driven(window, Engine::Firefox);
        browser.visit(address).await;
        browser
    }
}

fn preferences(cookies: Cookies) -> Map<String, Value> {
    let mut all = json!({
        "app.update.auto": false,
        "app.update.enabled": false,
        "browser.aboutwelcome.enabled": false,
        "datareporting.policy.dataSubmissionEnabled": false,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "toolkit.telemetry.reportingpolicy.firstRun": false,
        // A question for storage access is answered at once, as the mode says.
        "dom.storage_access.auto_grants": false,
        "dom.storage_access.prompt.testing": true,
        "dom.storage_access.prompt.testing.allow": cookies.answer() == Some(true),
        // A window that a click opens is a window, not a tab.
        "browser.link.open_newwindow.restriction": 2,
    });
    let behaviour = match cookies {
        Cookies::Usual => None,
        Cookies::Allowed => Some(0),
        // Total cookie protection: third-party storage is kept for each site around it.
        Cookies::Blocked | Cookies::Partitioned => Some(5),
    };
    if let Some(behaviour) = behaviour {
        all["network.cookie.cookieBehavior"] = behaviour.into();
    }
    match all {
        Value::Object(all) => all,
        _ => Map::new(),
    }
}
