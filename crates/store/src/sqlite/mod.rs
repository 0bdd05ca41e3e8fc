//! The embedded default: one SQLite file in write-ahead-log mode.
//!
//! All writes go through one task that groups them into durable commits ([`writer`]); reads use a
//! small pool and see everything that was answered. The database is the only authority: nothing
//! about a session is remembered in this process between two transactions, except notes of use.

mod audit;
mod availability;
mod calls;
mod change;
mod clients;
mod connection;
mod crm;
mod deliveries;
mod ends;
mod error;
mod events;
mod lifetimes;
mod organizations;
mod record;
mod renewals;
mod search;
mod sessions;
mod single_use;
mod teams;
#[cfg(test)]
mod tests;
mod touches;
mod users;
mod value;
mod writer;

use std::{fmt, path::Path};

use sqlx::{SqlitePool, sqlite::SqliteConnectOptions};
use tokio::{sync::Mutex, task::JoinHandle};

use self::writer::Writer;
use crate::{
    AuditLog, Availabilities, Calls, Clients, CrmOrigins, Deliveries, Organizations, Sessions,
    SingleUse, Store, StoreError, Teams, Users,
};

/// Everything in one SQLite file.
pub struct SqliteStore {
    writer: Writer,
    readers: SqlitePool,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl SqliteStore {
    /// Opens the file, makes it where there is none, and brings its schema up to date.
    ///
    /// [`StoreError::Newer`] if a newer version has written it, [`StoreError::Damaged`] if it is
    /// no database of ours. Needs a Tokio runtime, which then runs the writer.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_with(path.as_ref(), connection::writer(path.as_ref())).await
    }

    async fn open_with(path: &Path, options: SqliteConnectOptions) -> Result<Self, StoreError> {
        let connection = connection::prepare(path, &options).await?;
        let readers = connection::readers(&options).await?;
        let (writer, task) = Writer::start(connection, options);
        Ok(Self {
            writer,
            readers,
            task: Mutex::new(Some(task)),
        })
    }

    /// Writes what has been noted, and closes the file in order. Later writes fail.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
        if let Some(task) = self.task.lock().await.take()
            && let Err(error) = task.await
        {
            tracing::error!(%error, "the writer of the database did not end in order");
        }
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore").finish_non_exhaustive()
    }
}

impl Store for SqliteStore {
    fn organizations(&self) -> &dyn Organizations {
        self
    }

    fn users(&self) -> &dyn Users {
        self
    }

    fn sessions(&self) -> &dyn Sessions {
        self
    }

    fn single_use(&self) -> &dyn SingleUse {
        self
    }

    fn audit(&self) -> &dyn AuditLog {
        self
    }

    fn teams(&self) -> &dyn Teams {
        self
    }

    fn crm_origins(&self) -> &dyn CrmOrigins {
        self
    }

    fn clients(&self) -> &dyn Clients {
        self
    }

    fn deliveries(&self) -> &dyn Deliveries {
        self
    }

    fn calls(&self) -> &dyn Calls {
        self
    }

    fn availability(&self) -> &dyn Availabilities {
        self
    }
}
