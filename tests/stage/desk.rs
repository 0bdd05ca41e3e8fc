//! A person's computer: display, session bus, keychain, window manager, default browser.

use std::{ffi::OsString, fs, os::unix::fs::PermissionsExt, path::PathBuf, process::Command};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

use crate::{
    cookies::Cookies,
    login::{bus, display, homes},
    policy::Policy,
    program::{Program, output},
    wait::{LIMIT, until},
};

/// Desks take turns: the browser's policy is the machine's, and two cores carry one desktop.
static TURN: Mutex<()> = Mutex::const_new(());

/// One person's computer. Dropping it stops everything that was started on it.
pub struct Desk {
    environment: Vec<(OsString, OsString)>,
    bus: zbus::Connection,
    // In the order of their ends.
    window_manager: Option<Program>,
    keyring: Option<Program>,
    bus_daemon: Option<Program>,
    display: Option<Program>,
    policy: Option<Policy>,
    cookies: Cookies,
    folder: TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Desk {
    /// Sets up a new computer, nothing on it but a browser.
    pub async fn set_up() -> Self {
        Self::with(Cookies::Usual).await
    }

    /// The same, with a browser that treats cookies of frames in this way.
    pub async fn with(cookies: Cookies) -> Self {
        let turn = TURN.lock().await;
        let folder = tempfile::Builder::new()
            .prefix("desk-")
            .tempdir()
            .expect("a folder for the desk");
        let root = folder.path();
        let mut environment = homes(root);
        fs::create_dir_all(root.join("logs")).expect("a folder for logs");

        let display = display(root).await;
        environment.push(("DISPLAY".into(), display.1.into()));
        // The bus starts services with its own environment, so it comes after everything else.
        let (bus_daemon, address) = bus(root, &environment).await;
        environment.push(("DBUS_SESSION_BUS_ADDRESS".into(), address.clone().into()));
        let bus = zbus::connection::Builder::address(address.as_str())
            .build()
            .await
            .expect("the session bus");
        let mut desk = Self {
            environment,
            bus,
            window_manager: None,
            keyring: None,
            bus_daemon: Some(bus_daemon),
            display: Some(display.0),
            policy: Policy::set(cookies),
            cookies,
            folder,
            _turn: turn,
        };
        desk.start_keychain().await;
        desk.window_manager = Some(Program::start(
            "openbox",
            &desk.logs(),
            &mut desk.command("openbox"),
        ));
        desk.install_browser();
        desk
    }

    /// A command that runs on this computer.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(self.home());
        command
    }

    /// The session bus.
    pub fn bus(&self) -> &zbus::Connection {
        &self.bus
    }

    /// Hands a command line to the app over the bus, as a second launch does once it runs.
    pub async fn hand_over_by_bus(&self, program: &str, word: &str) {
        let bus = zbus::fdo::DBusProxy::new(&self.bus)
            .await
            .expect("the bus itself");
        let names = bus.list_names().await.expect("the names on the bus");
        let name = names
            .iter()
            .find(|name| name.ends_with("SingleInstance"))
            .expect("the running app on the bus");
        let path = format!("/{}", name.replace('.', "/").replace('-', "_"));
        self.bus
            .call_method(
                Some(name.as_str()),
                path.as_str(),
                Some("org.SingleInstance.DBus"),
                "ExecuteCallback",
                &(vec![program, word], ""),
            )
            .await
            .expect("the app takes the call");
    }

    /// Forbids programs to take a name on the bus, so that two of them do not find each other.
    pub async fn forbid_name(&self, name: &str) {
        let rule = format!(
            "<busconfig><policy context=\"mandatory\"><deny own=\"{name}\"/></policy></busconfig>"
        );
        let path = self.folder.path().join("run/bus.d/forbidden.conf");
        fs::write(path, rule).expect("a rule of the bus");
        let bus = zbus::fdo::DBusProxy::new(&self.bus)
            .await
            .expect("the bus itself");
        bus.reload_config().await.expect("the rule read");
    }

    /// The person's home folder.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Where programs of this desk write what they say.
    pub fn logs(&self) -> PathBuf {
        self.folder.path().join("logs")
    }

    /// The browser's profile.
    pub fn profile(&self) -> PathBuf {
        self.folder.path().join("profile")
    }

    /// How its browsers treat cookies of frames.
    pub fn cookies(&self) -> Cookies {
        self.cookies
    }

    /// Whether the browser opens the app by itself. Without, tests go the loopback way.
    pub fn opens_deep_links(&self) -> bool {
        self.policy.is_some()
    }

    async fn start_keychain(&mut self) {
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--foreground", "--unlock", "--components=secrets"]);
        self.keyring = Some(Program::start_with_input(
            "keyring",
            &self.logs(),
            &mut command,
            crate::keychain::PASSWORD,
        ));
        until("the keychain on the bus", LIMIT, async || {
            crate::keychain::is_open(&self.bus).await.then_some(())
        })
        .await;
    }

    /// Chromium, as the handler of web addresses. It chooses its own debugging port and writes it
    /// into its profile.
    fn install_browser(&self) {
        let bin = self.folder.path().join("bin");
        fs::create_dir_all(&bin).expect("a folder for the browser");
        let wrapper = bin.join("browser");
        let script = format!(
            "#!/bin/sh\nunset LD_PRELOAD FAKETIME TAURI_AUTOMATION TAURI_WEBVIEW_AUTOMATION\nexec chromium --no-sandbox --disable-gpu --disable-quic --no-first-run \
             --no-default-browser-check --disable-background-networking \
             --disable-component-update --disable-sync --use-fake-ui-for-media-stream --use-fake-device-for-media-stream --password-store=basic --lang=en-US \
             --window-size=1000,800 --user-data-dir='{}' --remote-debugging-port=0 \"$@\" \
             >>'{}' 2>&1\n",
            self.profile().display(),
            self.logs().join("chromium.log").display(),
        );
        fs::write(&wrapper, script).expect("the browser's wrapper");
        fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o700)).expect("its mode");
        let applications = self.home().join(".local/share/applications");
        fs::create_dir_all(&applications).expect("a folder for applications");
        let entry = format!(
            "[Desktop Entry]\nType=Application\nName=Chromium\nExec={} %u\n\
             MimeType=x-scheme-handler/http;x-scheme-handler/https;text/html;\n",
            wrapper.display()
        );
        fs::write(applications.join("browser.desktop"), entry).expect("the browser's entry");
        output(
            self.command("update-desktop-database").arg(&applications),
            b"",
        );
        for scheme in ["http", "https"] {
            output(
                self.command("xdg-mime").args([
                    "default",
                    "browser.desktop",
                    &format!("x-scheme-handler/{scheme}"),
                ]),
                b"",
            );
        }
    }

    /// Ends the processes of this name that live on this computer.
    pub fn end(&self, name: &str) {
        for (id, _) in self.processes().iter().filter(|process| process.1 == name) {
            let _ = kill_process(*id, Signal::KILL);
        }
    }

    /// The processes that live on this computer, whoever started them: id and name.
    pub fn processes(&self) -> Vec<(Pid, String)> {
        let mark = format!("HOME={}\0", self.home().display());
        let mut found = Vec::new();
        for process in fs::read_dir("/proc").expect("processes").flatten() {
            let path = process.path();
            let id = process.file_name().to_str().and_then(|id| id.parse().ok());
            let environment = fs::read(path.join("environ")).unwrap_or_default();
            if environment
                .windows(mark.len())
                .any(|window| window == mark.as_bytes())
                && let Some(id) = id.and_then(Pid::from_raw)
            {
                let name = fs::read_to_string(path.join("comm")).unwrap_or_default();
                found.push((id, name.trim().to_owned()));
            }
        }
        found
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // What others started here: the browser by the app, portals by the bus.
        for (id, _) in self.processes() {
            let _ = kill_process(id, Signal::KILL);
        }
        // The documents portal leaves its mount behind, which would keep the folder.
        let mount = self.folder.path().join("run/doc");
        let _ = Command::new("fusermount3").arg("-uz").arg(mount).output();
        drop(self.window_manager.take());
        drop(self.keyring.take());
        drop(self.bus_daemon.take());
        drop(self.display.take());
    }
}
