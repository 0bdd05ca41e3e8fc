//! Why a command could not go on, in words for the person who typed it.

use std::path::PathBuf;

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Ctrl-C.
    #[error("stopped")]
    Interrupted,
    /// The command has already said what is wrong.
    #[error("not everything passed")]
    Told,
    /// A program is not installed.
    #[error("`{program}` is not here: {hint}")]
    Missing {
        /// The program.
        program: String,
        /// What to do about it.
        hint: String,
    },
    /// A program ran and failed.
    #[error("{step} failed.\n{tail}\nThe whole output: {log}")]
    Failed {
        /// What it was doing.
        step: String,
        /// The last lines it wrote.
        tail: String,
        /// Where the whole output is.
        log: PathBuf,
    },
    /// A program did not get as far as it should, in time.
    #[error("{0}")]
    Stuck(String),
    /// A file or folder could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// Ctrl-C cannot be heard here.
    #[error("cannot listen for Ctrl-C: {0}")]
    Signals(#[from] ctrlc::Error),
}

impl Error {
    /// An input or output error at `path`.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}
