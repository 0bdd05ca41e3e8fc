//! What SQLite's and sqlx's errors mean to a caller (<https://sqlite.org/rescode.html>).

use std::{error::Error, fmt, sync::Arc};

use sqlx::{
    error::{DatabaseError, ErrorKind},
    migrate::MigrateError,
};

use crate::StoreError;

const FULL: i32 = 13;
const CORRUPT: i32 = 11;
const CONSTRAINT: i32 = 19;
const NOT_A_DATABASE: i32 = 26;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if let Some(database) = error.as_database_error() {
            match (database.kind(), primary_code(database)) {
                (ErrorKind::UniqueViolation, _) => {
                    return Self::Conflict(taken(database.message()));
                }
                (ErrorKind::ForeignKeyViolation, _) => {
                    return Self::Missing("organization, user or session");
                }
                (ErrorKind::CheckViolation, _) | (_, CONSTRAINT) => {
                    return Self::Conflict("the value");
                }
                (_, FULL) => return Self::DiskFull,
                (_, CORRUPT | NOT_A_DATABASE) => return Self::Damaged(error.into()),
                _ => {}
            }
        }
        match error {
            sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::Decode(_)
            | sqlx::Error::ColumnNotFound(_) => Self::Unreadable("value"),
            other => Self::Unavailable(other.into()),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _) => {
                Self::Newer(version)
            }
            MigrateError::VersionMismatch(_) | MigrateError::Dirty(_) => {
                Self::Damaged(error.into())
            }
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            other => Self::Unavailable(other.into()),
        }
    }
}

/// The result code without its extension.
fn primary_code(error: &dyn DatabaseError) -> i32 {
    let extended = error.code().and_then(|code| code.parse::<i32>().ok());
    extended.unwrap_or_default() & 0xff
}

fn taken(message: &str) -> &'static str {
    if message.contains("users.email_key") {
        "the email address"
    } else if message.contains("name_key") {
        "the name"
    } else {
        "the identifier"
    }
}

/// Whether the error is the database's, not the operation's: it then hits the whole batch.
pub(super) fn concerns_all(error: &StoreError) -> bool {
    match error {
        StoreError::Conflict(_)
        | StoreError::Missing(_)
        | StoreError::Unreadable(_)
        | StoreError::Disabled
        | StoreError::LastAdmin => false,
        StoreError::DiskFull
        | StoreError::Unavailable(_)
        | StoreError::Newer(_)
        | StoreError::Damaged(_) => true,
    }
}

/// One failed commit, told to everyone whose change was in it.
#[derive(Clone)]
pub(super) enum Failure {
    DiskFull,
    Unavailable(Shared),
    Damaged(Shared),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::DiskFull => Self::DiskFull,
            StoreError::Damaged(source) => Self::Damaged(Shared(source.into())),
            StoreError::Unavailable(source) => Self::Unavailable(Shared(source.into())),
            other => Self::Unavailable(Shared(Arc::new(other))),
        }
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::DiskFull => Self::DiskFull,
            Failure::Unavailable(source) => Self::Unavailable(source.into()),
            Failure::Damaged(source) => Self::Damaged(source.into()),
        }
    }
}

/// A source error with many owners.
#[derive(Clone)]
pub(super) struct Shared(Arc<dyn Error + Send + Sync>);

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Shared {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}
