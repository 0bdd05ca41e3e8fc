//! The desktop app: the real program, on a desk.

use std::{path::PathBuf, process::Command, time::Duration};

use fantoccini::wd::Capabilities;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::{
    desk::Desk,
    driver::Window,
    program::{Program, built},
    wait::{LIMIT, LONG, until, within},
};

/// The keychain's name for the app's records in these tests.
pub const KEYCHAIN_SERVICE: &str = "com.unifiedlogin.workspace.e2e";

/// How the app is started.
#[derive(Clone, Debug, Default)]
pub struct AppOptions {
    /// The issuer it signs in at.
    pub issuer: String,
    /// Further words on its command line.
    pub words: Vec<String>,
    /// Further environment.
    pub environment: Vec<(String, String)>,
}

impl AppOptions {
    /// The app as a person starts it, for this issuer.
    pub fn at(issuer: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            ..Self::default()
        }
    }

    /// Without a window, in the tray.
    #[must_use]
    pub fn minimized(mut self) -> Self {
        self.words.push("--minimized".to_owned());
        self
    }

    /// With renewals this often.
    #[must_use]
    pub fn renewing_every(self, time: Duration) -> Self {
        self.with("WORKSPACE_RENEW_EVERY_MS", time.as_millis().to_string())
    }

    /// With fault points armed.
    #[must_use]
    pub fn with_faults(self, faults: &str) -> Self {
        self.with("UNIFIED_LOGIN_FAULTS", faults)
    }

    /// With a clock that is wrong, as `faketime` writes it (`+3h`).
    #[must_use]
    pub fn with_wrong_clock(self, offset: &str) -> Self {
        let library = format!(
            "/usr/lib/{}-linux-gnu/faketime/libfaketimeMT.so.1",
            std::env::consts::ARCH
        );
        assert!(
            std::path::Path::new(&library).is_file(),
            "the package faketime is missing"
        );
        self.with("LD_PRELOAD", library)
            .with("FAKETIME", offset)
            .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .with("DONT_FAKE_MONOTONIC", "1")
    }

    /// With another variable in its environment.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.environment.push((name.to_owned(), value.into()));
        self
    }
}

/// The running app.
pub enum App {
    /// Its window is under a driver, which has started this process.
    Driven(Window, Option<Pid>),
    /// It runs by itself.
    Alone(Program),
}

impl App {
    /// Starts the app with its window under a driver.
    pub async fn open(desk: &Desk, options: &AppOptions) -> Self {
        // One that is still leaving would take this start over, and leave with it.
        until("the last app to have gone", LIMIT, async || {
            process(desk).is_none().then_some(())
        })
        .await;
        let mut driver = desk.command("WebKitWebDriver");
        environment(&mut driver, options);
        // Without both, the request for a session never ends.
        driver.env("TAURI_AUTOMATION", "true");
        driver.env("TAURI_WEBVIEW_AUTOMATION", "true");
        let mut capabilities = Capabilities::new();
        capabilities.insert(
            "webkitgtk:browserOptions".into(),
            json!({ "binary": path(), "args": options.words }),
        );
        let window = Window::open("app", &desk.logs(), driver, capabilities).await;
        Self::Driven(window, process(desk))
    }

    /// Starts the app by itself.
    pub fn launch(desk: &Desk, options: &AppOptions) -> Self {
        Self::launch_as("app", desk, options)
    }

    /// The same, with a log of another name.
    pub fn launch_as(name: &str, desk: &Desk, options: &AppOptions) -> Self {
        Self::Alone(start(desk, options, name))
    }

    /// Its window. Only a driven app has one here.
    pub fn window(&self) -> &Window {
        match self {
            Self::Driven(window, _) => window,
            Self::Alone(_) => panic!("the app runs without a driver"),
        }
    }

    /// Its process. Only an app by itself has one here.
    pub fn program(&mut self) -> &mut Program {
        match self {
            Self::Driven(window, _) => window.driver(),
            Self::Alone(program) => program,
        }
    }

    /// Everything it has said.
    pub fn log(&self) -> String {
        match self {
            Self::Driven(window, _) => window.log(),
            Self::Alone(program) => program.log(),
        }
    }

    /// How often it has logged this message.
    pub fn said(&self, message: &str) -> usize {
        let field = format!("\"message\":\"{message}\"");
        self.log().matches(&field).count()
    }

    /// Its log, line by line.
    pub fn events(&self) -> Vec<Value> {
        self.log()
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect()
    }

    /// Waits until it has renewed so many more times.
    pub async fn renews(&self, times: usize) {
        let wanted = self.said("renewed") + times;
        until(&format!("{times} renewals"), LIMIT, async || {
            (self.said("renewed") >= wanted).then_some(())
        })
        .await;
    }

    /// The last state it has logged.
    pub fn state(&self) -> Option<String> {
        let events = self.events();
        let states = events
            .iter()
            .filter(|event| event["fields"]["message"] == "state changed");
        let mut states = states.filter_map(|event| event["fields"]["state"].as_str());
        states.next_back().map(str::to_owned)
    }

    /// Checks that in no start of it that is in its log the session ended.
    ///
    /// # Panics
    /// If one did.
    pub fn never_lost(&self) {
        for event in self.events() {
            let state = event["fields"]["state"].as_str().unwrap_or_default();
            assert!(!state.contains("Ended"), "{event}");
        }
    }

    /// Waits for a state.
    pub async fn is(&self, state: &str) {
        let mut last = None;
        let found = within(LIMIT, async || {
            last = self.state();
            last.as_deref()?.contains(state).then_some(())
        })
        .await;
        assert!(
            found.is_some(),
            "the app is not {state} but {last:?}:\n{}",
            self.log()
        );
    }

    /// Stops it, as the end of the person's working day does: no sign-out.
    pub async fn quit(self) {
        match self {
            Self::Driven(window, process) => {
                window.close().await;
                // The driver answers that it has closed the window, which leaves the app in the
                // tray, and only then ends the app: on a busy day it is stopped in between.
                if let Some(id) = process {
                    let _ = kill_process(id, Signal::KILL);
                }
            }
            Self::Alone(mut program) => {
                program.stop().await;
            }
        }
    }
}

/// Starts the app once more with a link, as the operating system does, and waits until that launch
/// has handed it over and left.
pub async fn hand_over(desk: &Desk, options: &AppOptions, link: &str) {
    let mut options = options.clone();
    options.words = vec![link.to_owned()];
    let mut second = start(desk, &options, "second-launch");
    let status = second.end(LONG).await;
    assert!(status.success(), "the second launch: {status}");
}

/// Runs the app's command line to its end and gives what it said.
pub async fn run_to_end(desk: &Desk, options: &AppOptions) -> (bool, String) {
    let mut program = start(desk, options, "command-line");
    let status = program.end(LONG).await;
    (status.success(), program.log())
}

/// The app that runs on this computer.
fn process(desk: &Desk) -> Option<Pid> {
    let processes = desk.processes();
    let app = processes.into_iter().find(|(_, name)| name == "workspace");
    app.map(|(id, _)| id)
}

fn start(desk: &Desk, options: &AppOptions, name: &str) -> Program {
    let mut command = desk.command(path());
    command.args(&options.words);
    environment(&mut command, options);
    Program::start(name, &desk.logs(), &mut command)
}

fn environment(command: &mut Command, options: &AppOptions) {
    command
        .env("WORKSPACE_ISSUER", &options.issuer)
        .env("WORKSPACE_KEYCHAIN_SERVICE", KEYCHAIN_SERVICE)
        .env("WORKSPACE_LOG", "info")
        .envs(
            options
                .environment
                .iter()
                .map(|(name, value)| (name, value)),
        );
}

fn path() -> PathBuf {
    built("E2E_APP", "workspace")
}
