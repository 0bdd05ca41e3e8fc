//! Work that is done to its end, whoever still waits for it.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use tokio::runtime::Handle;
use tokio_util::task::TaskTracker;

use crate::state::Service;

/// Does `work`, also where nobody waits for it any longer. A handler is dropped when its client
/// hangs up; between a change that is durable and the word of it nothing may be dropped.
pub(crate) async fn to_completion<T: Send + 'static>(
    app: &Service,
    work: impl Future<Output = T> + Send + 'static,
) -> T {
    Completed::of(app.tasks.clone(), work).await
}

/// Work that goes on as a task of its own when it is dropped. Almost none is, so it is not made one
/// from the beginning: that would cost more than all else that is done around a renewal.
struct Completed<W: Future<Output: Send> + Send + 'static> {
    tasks: TaskTracker,
    work: Option<Pin<Box<W>>>,
}

impl<W: Future<Output: Send> + Send + 'static> Completed<W> {
    fn of(tasks: TaskTracker, work: W) -> Self {
        let work = Some(Box::pin(work));
        Self { tasks, work }
    }
}

impl<W: Future<Output: Send> + Send + 'static> Future for Completed<W> {
    type Output = W::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<W::Output> {
        // Taken out meanwhile: what panics does not go on.
        let Some(mut work) = self.work.take() else {
            return Poll::Pending;
        };
        let done = work.as_mut().poll(context);
        if done.is_pending() {
            self.work = Some(work);
        }
        done
    }
}

impl<W: Future<Output: Send> + Send + 'static> Drop for Completed<W> {
    fn drop(&mut self) {
        // The end of the runtime is the end of its work, too.
        if let Some(work) = self.work.take()
            && let Ok(runtime) = Handle::try_current()
        {
            self.tasks.spawn_on(work, &runtime);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use futures_util::{FutureExt, poll};
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn work_is_done_whether_or_not_its_handler_waits() {
        let tasks = TaskTracker::new();
        assert_eq!(Completed::of(tasks.clone(), async { 7 }).await, 7);

        let (durable, is_durable) = oneshot::channel();
        let (tell, told) = oneshot::channel();
        let mut work = Completed::of(tasks.clone(), async move {
            is_durable.await.unwrap();
            tell.send(()).unwrap();
        });
        assert!(poll!(&mut work).is_pending());
        drop(work);
        durable.send(()).unwrap();
        told.await.unwrap();
        tasks.close();
        tasks.wait().await;
    }

    #[tokio::test]
    async fn what_has_panicked_does_not_go_on() {
        let tasks = TaskTracker::new();
        let work = Completed::of(tasks.clone(), async { panic!("by its test") });
        assert!(
            std::panic::AssertUnwindSafe(work)
                .catch_unwind()
                .await
                .is_err()
        );
        assert!(tasks.is_empty());
    }
}
