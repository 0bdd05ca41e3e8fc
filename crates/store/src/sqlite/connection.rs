//! How the database file is opened.

use std::{io, path::Path, time::Duration};

use sqlx::{
    ConnectOptions, Connection, SqliteConnection, SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::StoreError;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// How long to wait for another process (the command line) that is writing.
const BUSY: Duration = Duration::from_secs(5);
const READERS: u32 = 4;
/// Rows that are read ahead: those of a whole batch, or its thread and ours would take turns.
const ROWS: usize = 512;
/// What the writer and each reader keep in memory, in KiB (SQLite takes a positive number for
/// pages).
const WRITER_CACHE: &str = "-32768";
const READER_CACHE: &str = "-8192";

/// Options of the one connection that writes. An answer is given after `COMMIT`, and with
/// `synchronous=FULL` a commit in WAL mode is on the disk; `fullfsync` makes macOS mean it. A
/// statement's own journal stays in memory: it is of no use after a crash.
pub(super) fn writer(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .pragma("fullfsync", "ON")
        .pragma("trusted_schema", "OFF")
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", WRITER_CACHE)
        .row_buffer_size(ROWS)
        .disable_statement_logging()
}

/// Makes the file where there is none, readable by its owner alone, and brings its schema up to
/// date. A file of a newer version, or one that is no database, is refused unchanged.
pub(super) async fn prepare(
    path: &Path,
    options: &SqliteConnectOptions,
) -> Result<SqliteConnection, StoreError> {
    create(path).map_err(|error| match error.kind() {
        io::ErrorKind::StorageFull => StoreError::DiskFull,
        _ => StoreError::Unavailable(error.into()),
    })?;
    let mut connection = SqliteConnection::connect_with(options).await?;
    // One transaction: a process that opens the file at the same time waits for the whole schema.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    MIGRATIONS.run(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(connection)
}

/// The connections that read.
pub(super) async fn readers(options: &SqliteConnectOptions) -> Result<SqlitePool, StoreError> {
    let options = options
        .clone()
        .pragma("query_only", "ON")
        .pragma("cache_size", READER_CACHE);
    let pool = SqlitePoolOptions::new()
        .max_connections(READERS)
        .min_connections(1)
        .acquire_timeout(BUSY)
        .test_before_acquire(false)
        .connect_with(options)
        .await?;
    Ok(pool)
}

fn create(path: &Path) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other.map(drop),
    }
}
