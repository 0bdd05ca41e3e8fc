//! The sample organization, Acme, and its people. Made once; kept in `target/run`.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use rand::distr::{Alphanumeric, SampleString};

use super::service::data;
use crate::{error::Error, root::Root, say};

/// Somebody of the sample organization.
pub struct Person {
    /// Their address.
    pub email: &'static str,
    /// Their name.
    pub name: &'static str,
    /// Their role.
    pub role: &'static str,
}

/// The people.
pub const PEOPLE: [Person; 3] = [
    Person {
        email: "mira@acme.example",
        name: "Mira Okafor",
        role: "admin",
    },
    Person {
        email: "sam@acme.example",
        name: "Sam Lindqvist",
        role: "supervisor",
    },
    Person {
        email: "ana@acme.example",
        name: "Ana Duarte",
        role: "agent",
    },
];

/// Makes the people where they are not there yet, and gives the password of all three.
///
/// The password is written last, so its file says that everything before it was done.
pub fn people(root: &Root) -> Result<String, Error> {
    let kept = root.target("run/password");
    if let Ok(password) = fs::read_to_string(&kept) {
        return Ok(password.trim().to_owned());
    }
    let data = data(root);
    if data.exists() {
        fs::remove_dir_all(&data).map_err(Error::file(&data))?;
    }
    fs::create_dir_all(&data).map_err(Error::file(&data))?;
    let password = password();
    for person in &PEOPLE {
        add(root, &data, person, &password)?;
    }
    keep(&kept, &password)?;
    say::line("   Made the sample organization Acme with three people.");
    Ok(password)
}

fn add(root: &Root, data: &Path, person: &Person, password: &str) -> Result<(), Error> {
    let mut child = Command::new(root.program("unified-login"))
        .args([
            "user",
            "add",
            "--organization",
            "Acme",
            "--create-organization",
        ])
        .args(["--email", person.email, "--name", person.name])
        .args(["--role", person.role, "--password-stdin"])
        .arg("--data")
        .arg(data)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(Error::file(root.program("unified-login")))?;
    if let Some(mut input) = child.stdin.take() {
        // A program that ended early says why below.
        let _ = writeln!(input, "{password}");
    }
    let output = child
        .wait_with_output()
        .map_err(Error::file(root.program("unified-login")))?;
    if output.status.success() {
        return Ok(());
    }
    Err(Error::Stuck(format!(
        "{} could not be added.\n{}{}",
        person.email,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )))
}

fn keep(path: &Path, password: &str) -> Result<(), Error> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(Error::file(path))?;
    writeln!(file, "{password}").map_err(Error::file(path))
}

/// A new password: 95 bits from the operating system's generator.
fn password() -> String {
    Alphanumeric.sample_string(&mut rand::rng(), 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_enough_and_differ() {
        let (one, other) = (password(), password());
        assert_eq!(one.len(), 16);
        assert_ne!(one, other);
    }
}
