//! What can go wrong in a store.

use thiserror::Error;

/// A failed read or write. Nothing was changed unless the variant says otherwise.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The same name or address is taken already: ask for another one.
    #[error("{0} is already in use")]
    Conflict(&'static str),
    /// There is no room left on the disk: free some, nothing was changed.
    #[error("the disk that holds the database is full")]
    DiskFull,
    /// The database cannot be reached or is busy: try again later.
    #[error("the database is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A stored value cannot be read: written by a newer version, or damaged.
    #[error("a stored {0} cannot be read")]
    Unreadable(&'static str),
}
