//! Waiting for a condition with a limit.

use std::time::{Duration, Instant};

/// What a person would call "at once", with room for a busy machine.
pub const LIMIT: Duration = Duration::from_secs(20);
/// For starting large programs.
pub const LONG: Duration = Duration::from_mins(1);

const BETWEEN_LOOKS: Duration = Duration::from_millis(15);

/// Looks until the condition gives something.
///
/// # Panics
/// When the limit has passed: the test has failed.
pub async fn until<T>(what: &str, limit: Duration, look: impl AsyncFnMut() -> Option<T>) -> T {
    within(limit, look)
        .await
        .unwrap_or_else(|| panic!("waited {} s in vain: {what}", limit.as_secs()))
}

/// Looks until the condition gives something, or the limit has passed.
pub async fn within<T>(limit: Duration, mut look: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        // A look may hang as well as find nothing: a driver that waits for a window that has gone.
        let left = limit.saturating_sub(start.elapsed()).max(BETWEEN_LOOKS);
        if let Ok(Some(found)) = tokio::time::timeout(left, look()).await {
            return Some(found);
        }
        if start.elapsed() >= limit {
            return None;
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}
