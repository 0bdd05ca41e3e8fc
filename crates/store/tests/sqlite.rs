//! The storage suite on SQLite, in a folder of its own for each test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod suite;

use store::{SqliteStore, Store};

/// A database in a temporary folder.
struct Place {
    store: SqliteStore,
    _folder: tempfile::TempDir,
}

impl Place {
    fn store(&self) -> &dyn Store {
        &self.store
    }
}

async fn fresh() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("unified-login.db"))
        .await
        .unwrap();
    Place {
        store,
        _folder: folder,
    }
}

storage_suite!(crate::fresh);
