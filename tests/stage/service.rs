//! The session service: the real program, its own data folder, people in it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use crate::{
    network::{client, free_port},
    people::{ANA, MIRA, Person, SAM},
    program::{Program, built, output},
    wait::{LONG, until},
};

/// The host name of every issuer here; each has its own port.
pub const HOST: &str = "id.acme.localhost";

/// Every host name of a service: its own and the surfaces'.
pub const HOSTS: [&str; 4] = [
    HOST,
    "workspace.acme.localhost",
    "dashboard.acme.localhost",
    "cti.acme.localhost",
];

/// How a service differs from the usual.
#[derive(Clone, Debug, Default)]
pub struct ServiceOptions {
    /// The port in the issuer's address, where it is not the service's own (a proxy in front).
    pub public_port: Option<u16>,
    /// Lines for the configuration file.
    pub config: String,
    /// Fault points, armed at the first start only.
    pub faults: Option<String>,
}

/// A running service. Dropping it kills it and removes its data.
pub struct Service {
    program: Option<Program>,
    port: u16,
    admin_port: u16,
    issuer: String,
    folder: TempDir,
    data: PathBuf,
}

impl Service {
    /// A new service with the sample organization.
    pub async fn start() -> Self {
        Self::with(ServiceOptions::default()).await
    }

    /// A new service with options.
    pub async fn with(options: ServiceOptions) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("service-")
            .tempdir()
            .expect("a folder for the service");
        let data = folder.path().join("data");
        fs::create_dir(&data).expect("a data folder");
        fs::write(folder.path().join("config.toml"), &options.config).expect("a configuration");
        let port = free_port();
        let public = options.public_port.unwrap_or(port);
        let mut service = Self {
            program: None,
            port,
            admin_port: free_port(),
            issuer: format!("http://{HOST}:{public}"),
            folder,
            data,
        };
        for person in [MIRA, SAM, ANA] {
            service.add(person);
        }
        service.run(options.faults.as_deref()).await;
        service
    }

    /// The issuer's address.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// An address of the service.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.issuer)
    }

    /// The origin of a surface: of `workspace`, `dashboard` or `cti`.
    pub fn origin(&self, surface: &str) -> String {
        self.issuer.replacen("//id.", &format!("//{surface}."), 1)
    }

    /// How many event streams are open at it.
    pub async fn open_streams(&self) -> u32 {
        let address = format!("http://127.0.0.1:{}/metrics", self.admin_port);
        let answer = client().get(address).send().await.expect("the metrics");
        let text = answer.text().await.expect("their text");
        let mut lines = text.lines();
        let value = lines.find_map(|line| line.strip_prefix("unified_login_event_streams "));
        value.and_then(|value| value.parse().ok()).unwrap_or(0)
    }

    /// Lets a CRM's page show the widget.
    pub fn let_show(&self, crm: &str, origin: &str) {
        let mut command = self.command(&["crm", "allow", "--organization", "Acme"]);
        command.args(["--crm", crm, "--origin", origin]);
        output(&mut command, b"");
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Everything it has said.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("service.log")).unwrap_or_default()
    }

    /// A command of its own program on its own data.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(built("E2E_SERVICE", "unified-login"));
        command.args(words);
        command
            .arg("--config")
            .arg(self.folder.path().join("config.toml"))
            .arg("--data")
            .arg(&self.data);
        command
    }

    fn add(&self, person: Person) {
        let mut command = self.command(&[
            "user",
            "add",
            "--organization",
            "Acme",
            "--create-organization",
            "--email",
            person.email,
            "--name",
            person.name,
            "--role",
            person.role,
            "--password-stdin",
        ]);
        output(&mut command, format!("{}\n", person.password).as_bytes());
    }

    /// Starts it (again), on the same port.
    pub async fn run(&mut self, faults: Option<&str>) {
        self.begin(faults);
        self.ready().await;
    }

    /// Starts it without waiting: a fault may end it before it is ready.
    pub fn begin(&mut self, faults: Option<&str>) {
        let mut command = self.command(&["serve"]);
        command
            .args(["--issuer", &self.issuer])
            .arg("--listen")
            .arg(format!("127.0.0.1:{}", self.port))
            .arg("--admin-listen")
            .arg(format!("127.0.0.1:{}", self.admin_port));
        if let Some(faults) = faults {
            command.env("UNIFIED_LOGIN_FAULTS", faults);
        }
        self.program = Some(Program::start("service", self.folder.path(), &mut command));
    }

    async fn ready(&mut self) {
        let client = client();
        let address = format!("http://127.0.0.1:{}/health/ready", self.port);
        let program = self.program.as_mut().expect("a started service");
        until("the service to be ready", LONG, async || {
            if let Some(status) = program.ended() {
                panic!("the service has ended with {status}:\n{}", program.log());
            }
            let answer = client.get(&address).send().await.ok()?;
            answer.status().is_success().then_some(())
        })
        .await;
    }

    /// Stops it as an operator does.
    pub async fn stop(&mut self) {
        if let Some(mut program) = self.program.take() {
            program.stop().await;
        }
    }

    /// Kills it as a power cut does.
    pub fn kill(&mut self) {
        if let Some(mut program) = self.program.take() {
            program.kill();
        }
    }

    /// Whether a fault has ended it.
    pub fn has_died(&mut self) -> bool {
        self.program
            .as_mut()
            .is_none_or(|program| program.ended().is_some())
    }

    /// Copies its data, as a nightly backup does. The service must not be running.
    pub fn back_up(&self) -> TempDir {
        let backup = tempfile::tempdir().expect("a folder for the backup");
        copy(&self.data, backup.path());
        backup
    }

    /// Puts the database of a backup back. Keys are not part of it: they are kept elsewhere.
    pub fn restore(&self, backup: &TempDir) {
        let keys = fs::read(self.data.join("keys.json")).expect("the keys");
        fs::remove_dir_all(&self.data).expect("the data removed");
        fs::create_dir(&self.data).expect("a data folder");
        copy(backup.path(), &self.data);
        fs::write(self.data.join("keys.json"), keys).expect("the keys put back");
    }

    /// Mails it has written, oldest first.
    pub fn mails(&self) -> Vec<String> {
        let mut files: Vec<PathBuf> = fs::read_dir(self.data.join("mail"))
            .into_iter()
            .flatten()
            .flatten()
            .map(|file| file.path())
            .collect();
        files.sort_by_key(|file| fs::metadata(file).and_then(|file| file.modified()).ok());
        files
            .iter()
            .filter_map(|file| fs::read_to_string(file).ok())
            .collect()
    }
}

fn copy(from: &Path, to: &Path) {
    output(
        Command::new("cp").arg("-a").arg(from.join(".")).arg(to),
        b"",
    );
}
