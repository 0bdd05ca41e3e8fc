//! One change that waits in the writer's queue.

use std::{future::Future, pin::Pin};

use async_trait::async_trait;
use sqlx::SqliteConnection;
use tokio::sync::oneshot;

use super::error::{Failure, concerns_all};
use crate::StoreError;

/// What a change's closure returns.
pub(super) type Applied<'c, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'c>>;

/// A change whatever its answer.
#[async_trait]
pub(super) trait Change: Send {
    /// Applies it inside the writer's transaction. Only a failure of the database itself is
    /// returned; a failure of the change alone is undone and kept for its caller.
    async fn apply(&mut self, connection: &mut SqliteConnection) -> Result<(), StoreError>;
    /// Answers its caller, once the commit has succeeded or failed.
    fn settle(self: Box<Self>, failure: Option<&Failure>);
}

/// How much of the database one change touches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// One statement: if it fails, SQLite undoes it alone.
    Statement,
    /// Several: they get a savepoint.
    Several,
}

/// A closure with a caller that waits for its answer.
pub(super) struct Waiting<T, F> {
    extent: Extent,
    change: Option<F>,
    outcome: Option<Result<T, StoreError>>,
    caller: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Waiting<T, F> {
    pub(super) fn new(
        extent: Extent,
        change: F,
        caller: oneshot::Sender<Result<T, StoreError>>,
    ) -> Self {
        Self {
            extent,
            change: Some(change),
            outcome: None,
            caller,
        }
    }
}

#[async_trait]
impl<T, F> Change for Waiting<T, F>
where
    T: Send,
    F: for<'c> FnOnce(&'c mut SqliteConnection) -> Applied<'c, T> + Send,
{
    async fn apply(&mut self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        let Some(change) = self.change.take() else {
            return Ok(());
        };
        let outcome = match self.extent {
            Extent::Statement => change(connection).await,
            Extent::Several => in_savepoint(connection, change).await,
        };
        match outcome {
            Err(error) if concerns_all(&error) => Err(error),
            outcome => {
                self.outcome = Some(outcome);
                Ok(())
            }
        }
    }

    fn settle(self: Box<Self>, failure: Option<&Failure>) {
        let outcome = match (failure, self.outcome) {
            (Some(failure), _) => Err(failure.clone().into()),
            (None, Some(outcome)) => outcome,
            (None, None) => return,
        };
        // The caller may have gone; the change stands all the same.
        let _ = self.caller.send(outcome);
    }
}

/// Applies a change of several statements whole or not at all, without harm to its neighbours.
pub(super) async fn in_savepoint<T, F>(
    connection: &mut SqliteConnection,
    change: F,
) -> Result<T, StoreError>
where
    F: for<'c> FnOnce(&'c mut SqliteConnection) -> Applied<'c, T>,
{
    sqlx::query("SAVEPOINT change")
        .execute(&mut *connection)
        .await?;
    let outcome = change(connection).await;
    match &outcome {
        Ok(_) => {
            sqlx::query("RELEASE change")
                .execute(&mut *connection)
                .await?;
        }
        // The whole transaction is about to be rolled back.
        Err(error) if concerns_all(error) => {}
        Err(_) => {
            sqlx::query("ROLLBACK TO change")
                .execute(&mut *connection)
                .await?;
            sqlx::query("RELEASE change")
                .execute(&mut *connection)
                .await?;
        }
    }
    outcome
}
