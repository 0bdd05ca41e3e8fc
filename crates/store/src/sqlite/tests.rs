//! Bad days that need a hand inside: no room on the disk, a busy database, broken rows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{path::Path, time::Duration};

use jiff::{SignedDuration, Timestamp};
use sqlx::{Connection, SqliteConnection};

use super::{SqliteStore, connection};
use crate::{Purpose, Store, StoreError, Taken};

const CODE: Purpose = Purpose::AuthorizationCode;

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

/// As the disk sees it, room for this many pages of 4 KiB.
async fn with_room_for(path: &Path, pages: u32) -> SqliteStore {
    let options = connection::writer(path).pragma("max_page_count", pages.to_string());
    SqliteStore::open_with(path, options).await.unwrap()
}

#[tokio::test]
async fn a_full_disk_is_told_and_harms_nothing_and_room_helps() {
    let folder = tempfile::tempdir().unwrap();
    let store = with_room_for(&folder.path().join("db"), 80).await;
    let secrets = store.single_use();
    let payload = "x".repeat(20_000);
    let mut stored = 0_u8;
    let refused = loop {
        match secrets.put(CODE, [stored; 32], &payload, now()).await {
            Ok(new) => assert!(new),
            Err(error) => break error,
        }
        stored += 1;
    };
    assert!(matches!(refused, StoreError::DiskFull), "{refused:?}");
    assert!(stored > 2);
    for digest in 0..stored {
        let taken = secrets
            .peek(CODE, [digest; 32], Timestamp::MIN)
            .await
            .unwrap();
        assert_eq!(taken, Taken::Now(payload.clone()));
    }
    let last = secrets
        .peek(CODE, [stored; 32], Timestamp::MIN)
        .await
        .unwrap();
    assert_eq!(last, Taken::Unknown);
    // Everything that shares a commit with what does not fit fails, and may be tried again.
    let (small, large) = tokio::join!(
        secrets.put(CODE, [254; 32], "small", now()),
        secrets.put(CODE, [255; 32], &payload, now()),
    );
    assert!(matches!(large, Err(StoreError::DiskFull)), "{large:?}");
    let there = secrets.peek(CODE, [254; 32], Timestamp::MIN).await.unwrap();
    assert_eq!(small.is_ok(), there == Taken::Now("small".to_owned()));
    let later = now() + SignedDuration::from_hours(48);
    assert!(secrets.clean(later, 100).await.unwrap() >= u64::from(stored));
    assert!(secrets.put(CODE, [255; 32], &payload, now()).await.unwrap());
}

#[tokio::test]
async fn a_busy_database_is_told_and_the_writer_goes_on_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("db");
    let options = connection::writer(&path).busy_timeout(Duration::from_millis(20));
    let store = SqliteStore::open_with(&path, options.clone())
        .await
        .unwrap();
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .unwrap();
    let secrets = store.single_use();
    let refused = secrets.put(CODE, [1; 32], "", now()).await;
    assert!(
        matches!(refused, Err(StoreError::Unavailable(_))),
        "{refused:?}"
    );
    sqlx::query("COMMIT").execute(&mut other).await.unwrap();
    assert!(secrets.put(CODE, [1; 32], "", now()).await.unwrap());
}

#[tokio::test]
async fn the_database_itself_refuses_to_rewrite_the_audit_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("db");
    let options = connection::writer(&path);
    let store = SqliteStore::open_with(&path, options.clone())
        .await
        .unwrap();
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query("INSERT INTO audit (at, actor, action) VALUES (0, '{}', 'test')")
        .execute(&mut other)
        .await
        .unwrap();
    for statement in ["UPDATE audit SET at = 1", "DELETE FROM audit"] {
        let refused = sqlx::query(statement).execute(&mut other).await;
        let message = refused.unwrap_err().to_string();
        assert!(message.contains("append-only"), "{message}");
    }
    store.close().await;
}
