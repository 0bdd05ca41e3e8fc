//! What can go wrong with a session.

use store::StoreError;
use thiserror::Error;

/// A session could not be started, checked or ended.
#[derive(Debug, Error)]
pub enum SessionsError {
    /// The store failed; nothing was changed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A user or organization that the session needs is not there.
    #[error("the session's {0} does not exist")]
    Missing(&'static str),
}
