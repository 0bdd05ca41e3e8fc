//! A program of the stage: its log in a file, stopped by its own process id.

use std::{
    ffi::OsStr,
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};

use crate::wait::{LIMIT, until};

/// A running program. Dropping it kills it.
pub struct Program {
    name: String,
    child: Child,
    log: PathBuf,
}

impl Program {
    /// Starts a program; what it says goes to `<logs>/<name>.log`, after what an earlier one said.
    pub fn start(name: &str, logs: &Path, command: &mut Command) -> Self {
        Self::start_with_input(name, logs, command, b"")
    }

    /// Starts a program and gives it something to read.
    pub fn start_with_input(name: &str, logs: &Path, command: &mut Command, input: &[u8]) -> Self {
        let log = logs.join(format!("{name}.log"));
        let file = File::options()
            .create(true)
            .append(true)
            .open(&log)
            .expect("a log file");
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(file.try_clone().expect("the log file twice"))
            .stderr(file)
            .spawn()
            .unwrap_or_else(|error| panic!("{name} does not start: {error}"));
        if let Some(mut stdin) = child.stdin.take() {
            // A program that reads nothing may have gone already.
            let _ = stdin.write_all(input);
        }
        Self {
            name: name.to_owned(),
            child,
            log,
        }
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Everything it has said.
    pub fn log(&self) -> String {
        let bytes = std::fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Whether it has ended, and how.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("its own child")
    }

    /// Waits until it has ended by itself.
    pub async fn end(&mut self, limit: Duration) -> ExitStatus {
        let what = format!("{} to end", self.name);
        until(&what, limit, async || self.ended()).await
    }

    /// Asks it to stop (SIGTERM) and waits.
    pub async fn stop(&mut self) -> ExitStatus {
        self.signal(Signal::TERM);
        self.end(LIMIT).await
    }

    /// Kills it (SIGKILL): no destructor runs.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn signal(&mut self, signal: Signal) {
        // A program that was waited for has given its id back.
        if self.ended().is_none() {
            let _ = kill_process(Pid::from_child(&self.child), signal);
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // What the desk's own furniture says has never explained anything.
        let telling = !["bus", "display", "openbox", "xdg-open"].contains(&self.name.as_str());
        if telling && std::thread::panicking() {
            let log = self.log();
            let tail: Vec<&str> = log.lines().rev().take(25).collect();
            println!("--- last words of {}:", self.name);
            for line in tail.iter().rev() {
                println!("{line}");
            }
        }
        self.kill();
    }
}

/// Runs a program to its end and gives what it printed.
pub fn output(command: &mut Command, input: &[u8]) -> String {
    let name = command.get_program().to_owned();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{} does not start: {error}", name.display()));
    if let Some(mut stdin) = child.stdin.take() {
        let _ = stdin.write_all(input);
    }
    let output = child.wait_with_output().expect("its own child");
    assert!(
        output.status.success(),
        "{} {}: {}",
        name.display(),
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Where a program under test is: what the variable says, else the folder that holds the running
/// test.
pub fn built(variable: &str, name: impl AsRef<OsStr>) -> PathBuf {
    let name = Path::new(&name).with_extension(std::env::consts::EXE_EXTENSION);
    let path = std::env::var_os(variable).map_or_else(
        || {
            let own = std::env::current_exe().expect("the test's own path");
            own.ancestors()
                .skip(1)
                .map(|folder| folder.join(&name))
                .find(|path| path.is_file())
                .unwrap_or_else(|| panic!("{} is not built; set {variable}", name.display()))
        },
        PathBuf::from,
    );
    assert!(path.is_file(), "{} is not there", path.display());
    path
}
