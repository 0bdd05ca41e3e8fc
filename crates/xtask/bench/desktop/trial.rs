//! One of the two apps: started cold, looked at, closed to the tray.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use stage::{AppOptions, Desk, LONG, until};

use super::screen::Screen;
use crate::usage;

/// An app on trial.
pub struct Trial {
    program: PathBuf,
    environment: Vec<(String, String)>,
}

/// A started app. Dropping it stops it.
pub struct Started {
    child: Child,
    window: u32,
    took: Duration,
}

/// Memory in MiB.
pub struct Memory {
    /// With the window open.
    pub open: f64,
    /// Closed to the tray.
    pub closed: f64,
}

impl Trial {
    /// Ours, with the settings that its person signed in under.
    pub fn workspace(options: &AppOptions) -> Self {
        Self {
            program: stage::built("E2E_APP", "workspace"),
            environment: vec![
                ("WORKSPACE_ISSUER".to_owned(), options.issuer.clone()),
                (
                    "WORKSPACE_KEYCHAIN_SERVICE".to_owned(),
                    stage::KEYCHAIN_SERVICE.to_owned(),
                ),
            ],
        }
    }

    /// The empty one.
    pub fn empty() -> Self {
        Self {
            program: stage::built("BENCH_EMPTY_APP", "empty-app"),
            environment: Vec::new(),
        }
    }

    /// Starts it and waits for its first paint.
    pub async fn start(&self, desk: &Desk, screen: &Screen) -> Started {
        // Numbers of windows are used again, so the last app's must be gone.
        until("an empty display", LONG, async || {
            screen.windows().is_empty().then_some(())
        })
        .await;
        let begin = Instant::now();
        let child = command(desk, &self.program, &self.environment)
            .spawn()
            .expect("a started app");
        let mut started = Started {
            child,
            window: 0,
            took: Duration::ZERO,
        };
        // A short look every millisecond: the limit of what is told apart.
        while begin.elapsed() < LONG {
            if let Some(&window) = screen.windows().first()
                && screen.is_painted(window)
            {
                started.took = begin.elapsed();
                started.window = window;
                return started;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        panic!("{} painted nothing", self.program.display());
    }

    /// Memory with the window open, then closed to the tray.
    pub async fn memory(&self, desk: &Desk, screen: &Screen) -> Memory {
        let started = self.start(desk, screen).await;
        let id = started.child.id();
        usage::settled(id).await;
        let open = usage::memory(id);
        let status = desk
            .command("wmctrl")
            .args(["-i", "-c", &started.window.to_string()])
            .status()
            .expect("wmctrl");
        assert!(status.success(), "the window cannot be closed");
        until("the window to be gone", LONG, async || {
            (!screen.windows().contains(&started.window)).then_some(())
        })
        .await;
        until("the webview to be gone", LONG, async || {
            (!usage::has(id, "WebKitWebProces")).then_some(())
        })
        .await;
        usage::settled(id).await;
        Memory {
            open,
            closed: usage::memory(id),
        }
    }
}

impl Started {
    /// How long it took to the first paint.
    pub fn milliseconds(&self) -> f64 {
        self.took.as_secs_f64() * 1e3
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(desk: &Desk, program: &PathBuf, environment: &[(String, String)]) -> Command {
    let mut command = desk.command(program);
    command
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}
