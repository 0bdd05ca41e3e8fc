//! What must be on the machine: the one list of Debian packages, and what other systems need.

use std::{
    collections::BTreeSet,
    path::Path,
    process::{Command, Stdio},
};

use crate::{error::Error, process, root::Root, say};

/// To build the app and run it on a desktop.
const RUN: &[&str] = &[
    "build-essential",
    "dbus-x11",
    "desktop-file-utils",
    "gnome-keyring",
    "libayatana-appindicator3-dev",
    "libwebkit2gtk-4.1-dev",
    "pkg-config",
    "xdg-utils",
];

/// To take the journey with nobody at the keyboard: a display, a browser, drivers.
const STAGE: &[&str] = &[
    "chromium",
    "chromium-driver",
    "dbus-daemon",
    "imagemagick",
    "libglib2.0-bin",
    "libsecret-tools",
    "openbox",
    "webkit2gtk-driver",
    "wmctrl",
    "xvfb",
];

/// For the checks of `cargo xtask test`: Python's tools, and clocks that are wrong on purpose.
const CHECKS: &[&str] = &["faketime", "python3-pip"];

/// The second browser of the end-to-end tests. Some systems have it under another name or not at
/// all, so its tests are skipped where it cannot be had.
const FIREFOX: &str = "firefox-esr";

/// What a command is going to do, and so what it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Open the app on this desktop.
    Run,
    /// Drive it on a virtual one.
    Stage,
    /// Check everything.
    Test,
}

impl Purpose {
    /// The Debian packages needed.
    pub fn packages(self) -> Vec<&'static str> {
        let lists: &[&[&str]] = match self {
            Self::Run => &[RUN],
            Self::Stage => &[RUN, STAGE],
            Self::Test => &[RUN, STAGE, CHECKS],
        };
        lists.concat()
    }
}

/// Says what is missing, and installs it where that can be done by name.
pub fn install(root: &Root, purpose: Purpose) -> Result<(), Error> {
    check_node()?;
    if !Path::new("/etc/debian_version").exists() {
        for need in elsewhere() {
            say::line(&format!("   This system needs {need}."));
        }
        return Ok(());
    }
    let missing = missing(&purpose.packages());
    if missing.is_empty() {
        say::line("   Debian packages: all here.");
        return Ok(());
    }
    say::line(&format!(
        "   Debian packages to install: {}",
        missing.join(" ")
    ));
    process::quietly(root, "apt-get update", apt().arg("update"))?.succeeded("apt-get update")?;
    let install = process::quietly(
        root,
        "apt-get install",
        apt().args(["install", "--yes"]).args(&missing),
    )?
    .succeeded("apt-get install")?;
    say::done(
        "apt-get install",
        install.took,
        &format!("{} packages", missing.len()),
    );
    Ok(())
}

/// Sees to Firefox, or says why there is none.
pub fn firefox(root: &Root) -> Result<Option<String>, Error> {
    let runs = Command::new(FIREFOX)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if runs {
        return Ok(None);
    }
    if !Path::new("/etc/debian_version").exists() {
        return Ok(Some(format!("this system has no `{FIREFOX}`")));
    }
    // Without the network an older list of packages may still do.
    process::quietly(root, "apt-get update", apt().arg("update"))?;
    let step = "apt-get install firefox-esr";
    let installed = process::quietly(root, step, apt().args(["install", "--yes", FIREFOX]))?;
    Ok((!installed.success).then(|| format!("no package `{FIREFOX}` can be installed here")))
}

fn apt() -> Command {
    let mut command = if is_root() {
        Command::new("apt-get")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.args(["--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
        sudo
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

/// Those of `wanted` that dpkg does not have installed.
fn missing(wanted: &[&'static str]) -> Vec<&'static str> {
    let listing = Command::new("dpkg-query")
        .args(["--show", "--showformat", "${Package} ${db:Status-Status}\n"])
        .args(wanted)
        .stderr(Stdio::null())
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    not_installed(wanted, &listing)
}

fn not_installed(wanted: &[&'static str], listing: &str) -> Vec<&'static str> {
    let installed: BTreeSet<&str> = listing
        .lines()
        .filter_map(|line| line.strip_suffix(" installed"))
        .collect();
    wanted
        .iter()
        .copied()
        .filter(|name| !installed.contains(name))
        .collect()
}

/// What systems without apt need; the person installs it.
fn elsewhere() -> &'static [&'static str] {
    if cfg!(target_os = "macos") {
        &["the Xcode command line tools (`xcode-select --install`)"]
    } else if cfg!(windows) {
        &[
            "the Visual Studio Build Tools with \"Desktop development with C++\"",
            "the WebView2 runtime (part of Windows 11)",
        ]
    } else {
        &[
            "WebKitGTK 4.1 and Ayatana AppIndicator 3 with their development files, \
           a Secret Service (gnome-keyring or KWallet) and xdg-utils, by your distribution's names",
        ]
    }
}

fn check_node() -> Result<(), Error> {
    let hint = "install Node.js 20 or newer, with npm";
    let absent = || Error::Missing {
        program: "node".to_owned(),
        hint: hint.to_owned(),
    };
    let output = Command::new("node")
        .arg("--version")
        .output()
        .map_err(|_| absent())?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match major(&version) {
        Some(major) if major >= 20 => Ok(()),
        _ => Err(Error::Missing {
            program: format!("node 20 (this is {version})"),
            hint: hint.to_owned(),
        }),
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn only_packages_that_are_fully_installed_count_as_here() {
        let listing = "xvfb installed\nopenbox config-files\n";
        assert_eq!(
            not_installed(&["xvfb", "openbox", "wmctrl"], listing),
            ["openbox", "wmctrl"]
        );
    }

    #[test]
    fn every_purpose_needs_what_the_smaller_one_needs_and_nothing_twice() {
        for (small, large) in [
            (Purpose::Run, Purpose::Stage),
            (Purpose::Stage, Purpose::Test),
        ] {
            let large = large.packages();
            assert!(small.packages().iter().all(|name| large.contains(name)));
            let unique: BTreeSet<_> = large.iter().collect();
            assert_eq!(unique.len(), large.len());
        }
    }

    #[test]
    fn node_versions_are_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("rubbish"), None);
    }
}
