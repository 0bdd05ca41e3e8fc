//! Work that is done to its end, whoever still waits for it.

use std::{future, panic};

use crate::state::Service;

/// Does `work` in a task of its own and waits for it. A handler is dropped when its client hangs
/// up; between a change that is durable and the word of it nothing may be dropped.
pub(crate) async fn to_completion<T: Send + 'static>(
    app: &Service,
    work: impl Future<Output = T> + Send + 'static,
) -> T {
    match app.tasks.spawn(work).await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => panic::resume_unwind(panic),
            // Only the end of the runtime cancels it, and of whoever waits here.
            Err(_) => future::pending().await,
        },
    }
}
