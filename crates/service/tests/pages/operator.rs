//! The operator's program, as it is run from a shell.

use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

fn unified_login(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unified-login"));
    command.args(arguments).arg("--data").arg(data);
    command
}

fn run(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = unified_login(data, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const ADD: [&str; 11] = [
    "user",
    "add",
    "--organization",
    "Acme",
    "--email",
    "mira@acme.example",
    "--name",
    "Mira Okafor",
    "--role",
    "admin",
    "--password-stdin",
];

#[test]
fn people_are_added_once_and_with_a_good_password() {
    let data = tempfile::tempdir().unwrap();
    let output = run(data.path(), &ADD, "velvet tram seven\n");
    assert!(!output.status.success());
    assert!(
        complained(&output).contains("UL-1220"),
        "{}",
        complained(&output)
    );
    let create = [&ADD[..], &["--create-organization"]].concat();
    let output = run(data.path(), &create, "short\n");
    assert!(
        complained(&output).contains("UL-1224"),
        "{}",
        complained(&output)
    );
    let output = run(data.path(), &create, "velvet tram seven\n");
    assert!(output.status.success(), "{}", complained(&output));
    assert!(said(&output).contains("Added mira@acme.example to Acme."));
    let output = run(data.path(), &ADD, "velvet tram seven\n");
    assert!(
        complained(&output).contains("UL-1222"),
        "{}",
        complained(&output)
    );
}

#[test]
fn an_unknown_key_stops_the_service_and_names_the_nearest() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("unified-login.toml");
    std::fs::write(&file, "[limits]\nlockout_minuts = 5\n").unwrap();
    let config = ["config", "check", "--config", file.to_str().unwrap()];
    let output = run(data.path(), &config, "");
    assert!(!output.status.success());
    let text = complained(&output);
    assert!(
        text.contains("did you mean `limits.lockout_minutes`?"),
        "{text}"
    );
}

#[test]
fn the_environment_goes_before_the_file_and_is_checked_too() {
    let data = tempfile::tempdir().unwrap();
    let check = |key: &str, value: &str| {
        let mut command = unified_login(data.path(), &["config", "check"]);
        command.env(key, value).output().unwrap()
    };
    let output = check("UNIFIED_LOGIN__ISSUER", "https://login.example");
    assert!(
        said(&output).contains("https://login.example"),
        "{}",
        complained(&output)
    );
    let output = check("UNIFIED_LOGIN__MAIL__FORM", "x");
    assert!(
        complained(&output).contains("did you mean `mail.from`?"),
        "{}",
        complained(&output)
    );
}

#[test]
fn the_shown_defaults_can_be_used_as_they_are() {
    let data = tempfile::tempdir().unwrap();
    let output = run(data.path(), &["config", "show-defaults"], "");
    let file = data.path().join("unified-login.toml");
    std::fs::write(&file, &output.stdout).unwrap();
    let check = ["config", "check", "--config", file.to_str().unwrap()];
    assert!(run(data.path(), &check, "").status.success());
}

/// A service that was started by its program, and is stopped in order.
#[cfg(unix)]
struct Served {
    child: std::process::Child,
    address: String,
    admin_address: String,
}

#[cfg(unix)]
impl Served {
    fn start(data: &Path, filter: &str) -> Self {
        let ports = [
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--admin-listen",
            "127.0.0.1:0",
        ];
        let log = std::fs::File::create(data.join("log")).unwrap();
        let child = unified_login(data, &ports)
            .env("UNIFIED_LOGIN__LOG__FILTER", filter)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let listening = data.join("listening.json");
        let until = Instant::now() + Duration::from_secs(20);
        let read: serde_json::Value = loop {
            if let Ok(text) = std::fs::read_to_string(&listening) {
                break serde_json::from_str(&text).unwrap();
            }
            assert!(Instant::now() < until, "the service starts");
            std::thread::sleep(Duration::from_millis(20));
        };
        let address = |name: &str| read[name].as_str().unwrap().to_owned();
        Self {
            child,
            address: address("address"),
            admin_address: address("admin_address"),
        }
    }

    /// What it wrote to its standard output, and its log.
    fn stop(self, data: &Path) -> (String, String) {
        let stopped = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        assert!(stopped.unwrap().success());
        let output = self.child.wait_with_output().unwrap();
        assert!(output.status.success());
        (
            said(&output),
            std::fs::read_to_string(data.join("log")).unwrap(),
        )
    }
}

#[cfg(unix)]
fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(work)
}

#[cfg(unix)]
#[test]
fn the_service_says_where_it_listens_and_stops_in_order() {
    let data = tempfile::tempdir().unwrap();
    let served = Served::start(data.path(), "info");
    block_on(async {
        for path in ["health/live", "health/ready", "metrics"] {
            let url = format!("http://{}/{path}", served.admin_address);
            let answer = reqwest::get(url).await.unwrap();
            assert!(answer.status().is_success(), "{path}");
        }
        let public = reqwest::get(format!("http://{}/metrics", served.address));
        assert_eq!(
            public.await.unwrap().status(),
            404,
            "metrics are for the operator"
        );
    });
    let (output, log) = served.stop(data.path());
    assert!(output.is_empty());
    assert!(
        log.lines().all(|line| line.starts_with('{')),
        "JSON lines only: {log}"
    );
    assert!(log.contains("mail is written to a folder"), "{log}");
    assert!(log.contains("\"stopped\""), "{log}");
}

#[cfg(unix)]
#[test]
fn the_log_holds_no_secrets_however_much_is_logged() {
    let data = tempfile::tempdir().unwrap();
    let served = Served::start(data.path(), "trace");
    block_on(async {
        let client = reqwest::Client::new();
        let base = format!("http://{}", served.address);
        let page = client
            .get(format!("{base}/reset-password?token=secret-in-query"))
            .header("cookie", "__Host-ul-session=secret-in-cookie")
            .header("authorization", "Bearer secret-in-header");
        assert_eq!(page.send().await.unwrap().status(), 410);
        let form = [
            ("email", "mira@acme.example"),
            ("password", "secret-in-form"),
        ];
        let page = client.post(format!("{base}/sign-in")).form(&form);
        assert_eq!(page.send().await.unwrap().status(), 422);
    });
    let (_, log) = served.stop(data.path());
    assert!(
        log.contains("\"route\":\"/reset-password\""),
        "requests are logged"
    );
    for line in log.lines() {
        assert!(!line.contains("secret-in-"), "{line}");
    }
}

#[test]
fn every_key_is_described() {
    let described = include_str!("../../../../docs/operating.md");
    let mut table = String::new();
    let mut keys = 0;
    for line in service::config::SHOWN_DEFAULTS.lines() {
        let line = line.trim_start_matches("# ");
        if line.starts_with('[') {
            table = line.trim_matches(['[', ']']).to_owned();
        } else if let Some((key, _)) = line.split_once(" = ") {
            let name = match table.as_str() {
                "" | "clients" => key.to_owned(),
                table => format!("{table}.{key}"),
            };
            assert!(described.contains(&format!("| `{name}` |")), "{name}");
            keys += 1;
        }
    }
    assert!(keys > 20, "the keys are found: {keys}");
}

#[test]
fn rotated_keys_are_noted_in_the_audit_log_and_rotated_also_without_one() {
    let data = tempfile::tempdir().unwrap();
    let database = data.path().join("unified-login.db");
    let keys = || std::fs::read(data.path().join("keys.json")).unwrap();
    let rotate = || {
        let output = run(data.path(), &["keys", "rotate"], "");
        assert!(output.status.success(), "{}", complained(&output));
        said(&output)
    };
    rotate();
    assert!(!database.exists(), "nothing is made that was not there");

    let create = [&ADD[..], &["--create-organization"]].concat();
    let output = run(data.path(), &create, "velvet tram seven\n");
    assert!(output.status.success(), "{}", complained(&output));
    let (before, action) = (keys(), b"keys.rotated");
    let is_noted = || {
        let file = std::fs::read(&database).unwrap();
        file.windows(action.len()).any(|part| part == action)
    };
    assert!(!is_noted());
    assert!(!rotate().contains("audit log"));
    assert!(is_noted());
    assert_ne!(keys(), before);

    std::fs::write(&database, "no database".repeat(1000)).unwrap();
    let before = keys();
    assert!(rotate().contains("The audit log could not be told"));
    assert_ne!(keys(), before);
}
