//! What can go wrong in a store.

use thiserror::Error;

/// A failed read or write. Nothing was changed unless the variant says otherwise.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The same name or address is taken already: ask for another one.
    #[error("{0} is already in use")]
    Conflict(&'static str),
    /// What the change is about is not there.
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// The user may not sign in: no session is started.
    #[error("the user is disabled")]
    Disabled,
    /// The organization would have no Admin who may sign in: nothing was changed.
    #[error("that is the organization's last admin")]
    LastAdmin,
    /// There is no room left on the disk: free some, nothing was changed.
    #[error("the disk that holds the database is full")]
    DiskFull,
    /// The database cannot be reached or is busy: try again later. If a commit was under way when
    /// the connection broke, the change may have been made; every change may be repeated.
    #[error("the database is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A stored value cannot be read: written by a newer version, or damaged.
    #[error("a stored {0} cannot be read")]
    Unreadable(&'static str),
    /// The database was made by a newer version of this program: use that version, or restore a
    /// backup made before the upgrade.
    #[error("the database was made by a newer version of this program (schema version {0})")]
    Newer(i64),
    /// The file is no database of this program, or damaged: restore a backup.
    #[error("the database is damaged, or not a database of this program")]
    Damaged(#[source] Box<dyn std::error::Error + Send + Sync>),
}
