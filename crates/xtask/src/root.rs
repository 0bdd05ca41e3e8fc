//! Where the repository is, and where what is made goes.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::error::Error;

/// The repository.
#[derive(Clone, Debug)]
pub struct Root {
    path: PathBuf,
    target: PathBuf,
}

impl Root {
    /// Finds the repository this program was built from.
    pub fn find() -> Result<Self, Error> {
        let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let path = crate_folder
            .ancestors()
            .nth(2)
            .unwrap_or(crate_folder)
            .to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(
            || path.join("target"),
            |folder| path.join(PathBuf::from(folder)),
        );
        fs::create_dir_all(&target).map_err(Error::file(&target))?;
        Ok(Self { path, target })
    }

    /// The repository's own folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A folder or file of the repository.
    pub fn join(&self, relative: &str) -> PathBuf {
        self.path.join(relative)
    }

    /// A place for what is made.
    pub fn target(&self, relative: &str) -> PathBuf {
        self.target.join(relative)
    }

    /// A program of a debug build.
    pub fn program(&self, name: &str) -> PathBuf {
        self.target("debug")
            .join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }
}
