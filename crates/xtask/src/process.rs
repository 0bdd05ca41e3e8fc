//! Running programs: quietly with progress, or in the background until stopped by process id.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
    time::{Duration, Instant},
};

use crate::{error::Error, interrupt, root::Root, say};

/// How often a program that takes long is spoken of.
const EVERY: Duration = Duration::from_secs(4);
/// How long nothing is said at all.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long a program has to end once it is asked to.
const FAREWELL: Duration = Duration::from_secs(8);

/// What a program left behind.
pub struct Finished {
    /// It ended with success.
    pub success: bool,
    /// Everything it wrote, both streams in the order of arrival.
    pub output: String,
    /// The same, in a file.
    pub log: PathBuf,
    /// How long it ran.
    pub took: Duration,
}

impl Finished {
    /// Its end, or the error that says why it failed.
    pub fn succeeded(self, step: &str) -> Result<Self, Error> {
        if self.success {
            return Ok(self);
        }
        Err(Error::Failed {
            step: step.to_owned(),
            tail: tail(&self.output, 30),
            log: self.log,
        })
    }
}

/// The last lines of an output, without Cargo's machine-readable ones.
pub fn tail(output: &str, count: usize) -> String {
    let lines: Vec<&str> = output
        .lines()
        .filter(|line| !line.starts_with('{'))
        .collect();
    let from = lines.len().saturating_sub(count);
    let mut text = String::new();
    for line in lines.iter().skip(from) {
        text.push_str("   | ");
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// Runs a program to its end with its output in a log file, and a line now and then meanwhile.
pub fn quietly(root: &Root, step: &str, command: &mut Command) -> Result<Finished, Error> {
    to_the_end(root, step, command, false)
}

/// Runs a program to its end and shows what it writes.
pub fn watched(root: &Root, step: &str, command: &mut Command) -> Result<Finished, Error> {
    to_the_end(root, step, command, true)
}

fn to_the_end(
    root: &Root,
    step: &str,
    command: &mut Command,
    show: bool,
) -> Result<Finished, Error> {
    let log = log_file(root, step)?;
    let mut file = File::create(&log).map_err(Error::file(&log))?;
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| missing(command, &error))?;
    let (sender, lines) = mpsc::channel();
    if let Some(stream) = child.stdout.take() {
        forward(stream, sender.clone());
    }
    if let Some(stream) = child.stderr.take() {
        forward(stream, sender);
    }

    let mut output = String::new();
    let mut latest = String::from("started");
    let mut next_word = PATIENCE;
    let mut ended: Option<(ExitStatus, Instant)> = None;
    loop {
        match lines.recv_timeout(Duration::from_millis(100)) {
            Ok(line) => {
                writeln!(file, "{line}").map_err(Error::file(&log))?;
                if show {
                    say::line(&format!("   {line}"));
                    next_word = started.elapsed() + EVERY;
                }
                if !line.trim().is_empty() && !line.starts_with('{') {
                    latest.clone_from(&line);
                }
                output.push_str(&line);
                output.push('\n');
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                let status = child.wait().map_err(Error::file(&log))?;
                ended.get_or_insert((status, Instant::now()));
                break;
            }
        }
        if interrupt::pressed() {
            stop(&mut child);
            return Err(Error::Interrupted);
        }
        if started.elapsed() >= next_word {
            say::progress(step, started.elapsed(), &latest);
            next_word = started.elapsed() + EVERY;
        }
        // A grandchild may keep the streams open for ever: the child's own end counts.
        match ended {
            None => {
                if let Some(status) = child.try_wait().map_err(Error::file(&log))? {
                    ended = Some((status, Instant::now()));
                }
            }
            Some((_, when)) if when.elapsed() > Duration::from_secs(2) => break,
            Some(_) => {}
        }
    }
    Ok(Finished {
        success: ended.is_some_and(|(status, _)| status.success()),
        output,
        log,
        took: started.elapsed(),
    })
}

/// Reads a stream line by line, whatever bytes are in it.
fn forward(stream: impl Read + Send + 'static, to: Sender<String>) {
    thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes).is_ok_and(|n| n > 0) {
            let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
            bytes.clear();
            if to.send(line).is_err() {
                break;
            }
        }
    });
}

/// A program in the background. Dropping it stops it.
pub struct Running {
    child: Child,
    log: PathBuf,
}

impl Running {
    /// Starts a program with its output in a log file.
    pub fn start(root: &Root, name: &str, command: &mut Command) -> Result<Self, Error> {
        let log = log_file(root, name)?;
        let file = File::create(&log).map_err(Error::file(&log))?;
        let other = file.try_clone().map_err(Error::file(&log))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(other)
            .spawn()
            .map_err(|error| missing(command, &error))?;
        Ok(Self { child, log })
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Where its output goes.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Whether it has ended by itself.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// The last lines that it wrote.
    pub fn tail(&self) -> String {
        tail(&fs::read_to_string(&self.log).unwrap_or_default(), 15)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        stop(&mut self.child);
    }
}

/// Asks a child to end, and ends it if it does not.
fn stop(child: &mut Child) {
    if matches!(child.try_wait(), Ok(Some(_))) {
        return;
    }
    ask_to_end(child);
    let asked = Instant::now();
    while asked.elapsed() < FAREWELL {
        if matches!(child.try_wait(), Ok(Some(_))) {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    // It may have ended in between.
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(unix)]
fn ask_to_end(child: &Child) {
    use rustix::process::{Pid, Signal, kill_process};
    if let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // It may have ended in between.
        let _ = kill_process(pid, Signal::TERM);
    }
}

#[cfg(not(unix))]
fn ask_to_end(child: &mut Child) {
    let _ = child.kill();
}

fn log_file(root: &Root, name: &str) -> Result<PathBuf, Error> {
    let folder = root.target("xtask");
    fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    let name: String = name
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect();
    Ok(folder.join(format!("{name}.log")))
}

fn missing(command: &Command, error: &std::io::Error) -> Error {
    Error::Missing {
        program: command.get_program().to_string_lossy().into_owned(),
        hint: error.to_string(),
    }
}

/// Cargo, the one that runs us.
pub fn cargo(root: &Root) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(root.path());
    command
}

/// npm, in one of the repository's folders.
pub fn npm(root: &Root, folder: &str) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command
        .current_dir(root.join(folder))
        .env("npm_config_fund", "false")
        .env("npm_config_audit", "false")
        .env("npm_config_update_notifier", "false");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_the_end_without_machine_lines() {
        let output = "one\n{\"reason\":\"x\"}\ntwo\nthree\n";
        assert_eq!(tail(output, 2), "   | two\n   | three\n");
    }
}
