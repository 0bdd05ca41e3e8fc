//! What can go wrong with keys.

use std::path::PathBuf;

use thiserror::Error;

/// The keys cannot be used.
#[derive(Debug, Error)]
pub enum KeysError {
    /// The file cannot be read or written.
    #[error("UL-1131: {path} cannot be used")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// The file is not one of ours, or of a newer version.
    #[error("UL-1132: {path} is damaged or from a newer version; restore it from a backup")]
    Unreadable {
        /// Which.
        path: PathBuf,
    },
    /// Others than the owner may read the file.
    #[error("UL-1133: {path} may be read by others than its owner; make its mode 0600")]
    Exposed {
        /// Which.
        path: PathBuf,
    },
    /// A key cannot be made or used.
    #[error("UL-1134: a key cannot be {0}")]
    Key(&'static str),
    /// All 256 names of MAC keys are in use.
    #[error("UL-1135: too many rotations in the life of a session; wait before the next one")]
    TooMany,
}
