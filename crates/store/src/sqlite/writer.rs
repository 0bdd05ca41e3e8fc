//! The one writer: a task with a queue and a connection of its own.
//!
//! It takes what has queued up, applies it in one transaction, commits once, and then answers
//! everyone. Whatever waits together has not been answered, so it may be applied in any order:
//! notes of use first, then all renewals as one, then the rest in turn. A change that fails is
//! undone alone; a commit that fails fails everything in it, and nothing of it is applied.

use std::time::Duration;

use faults::Point;
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time::{Instant, sleep_until},
};

use super::{
    change::{Applied, Change, Extent, Waiting},
    error::Failure,
    renewals::Renewals,
    touches::Touches,
};
use crate::{Ended, Renewal, Renewed, StoreError, Touch};

const QUEUE: usize = 4096;
const BATCH: usize = 512;
/// Renewals are written no more often than this. A commit costs the same for one as for many, and
/// nobody waits at a screen for one; whatever else there is to write is written at once.
const GATHER: Duration = Duration::from_millis(4);

/// The answer to a renewal.
pub(super) type RenewalAnswer = Result<(Renewed, Option<Ended>), StoreError>;

/// What can wait in the queue.
enum Write {
    Renewal(Renewal, oneshot::Sender<RenewalAnswer>),
    Touch(Touch),
    Change(Box<dyn Change>),
    Close,
}

/// The queue's end that callers hold.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Write>,
}

impl Writer {
    /// Starts the task. It ends when every `Writer` is gone and the queue is empty.
    pub(super) fn start(
        connection: SqliteConnection,
        options: SqliteConnectOptions,
    ) -> (Self, JoinHandle<()>) {
        let (queue, writes) = mpsc::channel(QUEUE);
        let task = Task {
            writes,
            connection: Some(connection),
            options,
            touches: Touches::default(),
            last_write: Instant::now(),
        };
        (Self { queue }, tokio::spawn(task.run()))
    }

    /// Renews, together with the other renewals that wait.
    pub(super) async fn renew(&self, renewal: Renewal) -> RenewalAnswer {
        let (caller, answer) = oneshot::channel();
        self.queue(Write::Renewal(renewal, caller)).await?;
        answer.await.map_err(|_| closed())?
    }

    /// Notes a use; written with a later batch.
    pub(super) async fn touch(&self, touch: Touch) -> Result<(), StoreError> {
        self.queue(Write::Touch(touch)).await
    }

    /// Applies a change of one statement.
    pub(super) async fn statement<T, F>(&self, change: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> Applied<'c, T> + Send + 'static,
    {
        self.change(Extent::Statement, change).await
    }

    /// Applies a change of several statements, whole or not at all.
    pub(super) async fn whole<T, F>(&self, change: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> Applied<'c, T> + Send + 'static,
    {
        self.change(Extent::Several, change).await
    }

    /// Lets the task write what has queued up, and end.
    pub(super) async fn close(&self) {
        // An error only says that it has ended already.
        let _ = self.queue(Write::Close).await;
    }

    async fn change<T, F>(&self, extent: Extent, change: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> Applied<'c, T> + Send + 'static,
    {
        let (caller, answer) = oneshot::channel();
        let change = Box::new(Waiting::new(extent, change, caller));
        self.queue(Write::Change(change)).await?;
        answer.await.map_err(|_| closed())?
    }

    async fn queue(&self, write: Write) -> Result<(), StoreError> {
        self.queue.send(write).await.map_err(|_| closed())
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable("the database is closed".into())
}

/// What is written in one transaction.
#[derive(Default)]
struct Batch {
    renewals: Renewals,
    changes: Vec<Box<dyn Change>>,
}

struct Task {
    writes: mpsc::Receiver<Write>,
    connection: Option<SqliteConnection>,
    options: SqliteConnectOptions,
    touches: Touches,
    last_write: Instant,
}

impl Task {
    async fn run(mut self) {
        let mut writes = Vec::with_capacity(BATCH);
        loop {
            let mut open = tokio::select! {
                received = self.writes.recv_many(&mut writes, BATCH) => received > 0,
                () = self.touches.due() => true,
            };
            if writes
                .iter()
                .all(|write| matches!(write, Write::Renewal(..) | Write::Touch(_)))
            {
                sleep_until(self.last_write + GATHER).await;
                while writes.len() < BATCH
                    && let Ok(write) = self.writes.try_recv()
                {
                    writes.push(write);
                }
            }
            self.last_write = Instant::now();
            let mut batch = Batch::default();
            for write in writes.drain(..) {
                match write {
                    Write::Renewal(renewal, caller) => batch.renewals.add(renewal, caller),
                    Write::Touch(touch) => self.touches.note(touch),
                    Write::Change(change) => batch.changes.push(change),
                    Write::Close => open = false,
                }
            }
            self.write(batch, !open).await;
            if !open {
                break;
            }
        }
        if let Some(connection) = self.connection.take()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "the database could not be closed in order");
        }
    }

    async fn write(&mut self, mut batch: Batch, last: bool) {
        let touches = if last || self.touches.are_due() || !batch.changes.is_empty() {
            self.touches.take()
        } else {
            Touches::default()
        };
        if touches.is_empty() && batch.renewals.is_empty() && batch.changes.is_empty() {
            return;
        }
        let failure = match self.transaction(&touches, &mut batch).await {
            Ok(()) => None,
            Err(error) => {
                tracing::error!(%error, "a commit failed; nothing of it was applied");
                Some(Failure::from(error))
            }
        };
        // What a repeat has noted is written later: the repeat itself needs no commit.
        for touch in batch.renewals.settle(failure.as_ref()) {
            self.touches.note(touch);
        }
        for change in batch.changes {
            change.settle(failure.as_ref());
        }
    }

    async fn transaction(
        &mut self,
        touches: &Touches,
        batch: &mut Batch,
    ) -> Result<(), StoreError> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => SqliteConnection::connect_with(&self.options).await?,
        };
        let outcome = commit(&mut connection, touches, batch).await;
        if outcome.is_ok() || roll_back(&mut connection).await {
            self.connection = Some(connection);
        }
        if outcome.is_ok() && !batch.renewals.is_empty() {
            faults::at(Point::ServiceRenewalAfterCommit).map_err(|_| injected())?;
        }
        outcome
    }
}

async fn commit(
    connection: &mut SqliteConnection,
    touches: &Touches,
    batch: &mut Batch,
) -> Result<(), StoreError> {
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut *connection)
        .await?;
    touches.write(connection).await?;
    batch.renewals.apply(connection).await?;
    for change in &mut batch.changes {
        change.apply(connection).await?;
    }
    if !batch.renewals.is_empty() {
        faults::at(Point::ServiceRenewalBeforeCommit).map_err(|_| injected())?;
    }
    faults::at(Point::StoreDiskFull).map_err(|_| StoreError::DiskFull)?;
    sqlx::query("COMMIT").execute(&mut *connection).await?;
    Ok(())
}

/// Leaves no transaction open; whether the connection is still good for another one.
async fn roll_back(connection: &mut SqliteConnection) -> bool {
    match sqlx::query("ROLLBACK").execute(connection).await {
        Ok(_) => true,
        // SQLite has rolled back by itself, as it does when the disk is full.
        Err(error) => error
            .as_database_error()
            .is_some_and(|error| error.message().contains("no transaction is active")),
    }
}

fn injected() -> StoreError {
    StoreError::Unavailable("an injected fault".into())
}
