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

storage_suite!(crate::fresh:
    renewals::{
        a_token_may_be_repeated_until_its_successor_was_used,
        a_spent_token_ends_its_session_alone,
        renewals_of_one_session_at_once_issue_one_successor,
        many_sessions_are_renewed_together,
        a_copied_token_at_once_with_the_real_one_ends_the_session_once,
        a_token_ahead_of_a_restored_database_is_the_newest,
        an_unknown_session_harms_no_neighbour,
        a_late_renewal_does_not_revive,
        a_failing_change_harms_no_neighbour,
    },
);
