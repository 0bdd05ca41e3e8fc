//! Waiting in tests: for a condition, with a limit.

#![allow(clippy::expect_used)]

use std::time::Duration;

/// What comes of it, if it comes at all.
pub async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future)
        .await
        .expect("within twenty seconds")
}
