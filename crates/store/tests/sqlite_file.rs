//! What becomes of the file: crashes, restarts, restores, other versions, other processes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

#[path = "suite/sample.rs"]
mod sample;

use std::{fs, path::Path};

use session::{Cause, Generations, Kind, Presented, SessionId};
use sqlx::{Connection, SqliteConnection};
use store::{Actor, Renewed, Sessions, SqliteStore, Store, StoreError, Touch};

use sample::{at_home, renewal, session_of, somebody, start, started};

const FILE: &str = "unified-login.db";

/// What a power cut would leave: the files as they are now, without any closing.
fn copy_as_is(from: &Path, to: &Path) {
    for suffix in ["", "-wal"] {
        let name = format!("{FILE}{suffix}");
        fs::copy(from.join(&name), to.join(&name)).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_answered_survives_a_crash_at_any_time() {
    let (folder, crashed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = SqliteStore::open(folder.path().join(FILE)).await.unwrap();
    let mira = somebody(&store).await;
    let mut ids = Vec::new();
    for _ in 0..16 {
        ids.push(started(&store, &mira, Kind::Desktop).await.session.id);
    }
    for generation in 0..10 {
        let all = ids
            .iter()
            .map(|id| store.renew(renewal(*id, generation, start())));
        for answer in futures_util::future::join_all(all).await {
            answer.unwrap();
        }
        copy_as_is(folder.path(), crashed.path());
        let after = SqliteStore::open(crashed.path().join(FILE)).await.unwrap();
        for id in &ids {
            let session = after.sessions().get(*id).await.unwrap().unwrap().session;
            assert_eq!(session.generations.issued, generation + 1);
        }
        after.close().await;
    }
}

#[tokio::test]
async fn a_closed_database_opens_again_with_everything_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join(FILE)).await.unwrap();
    let mira = somebody(&store).await;
    let new = session_of(&mira, Kind::Desktop);
    let id = new.record.session.id;
    let event = store.sessions().start(&new).await.unwrap();
    let used = start() + jiff::SignedDuration::from_secs(9);
    let touch = Touch {
        session: id,
        at: used,
        whereabouts: at_home(),
    };
    store.sessions().touch(touch).await.unwrap();
    store.close().await;
    let refused = store.renew(renewal(id, 0, start())).await;
    assert!(
        matches!(refused, Err(StoreError::Unavailable(_))),
        "{refused:?}"
    );
    assert!(
        !folder.path().join(format!("{FILE}-wal")).exists(),
        "closed in order"
    );

    let store = SqliteStore::open(folder.path().join(FILE)).await.unwrap();
    let session = store.sessions().get(id).await.unwrap().unwrap().session;
    assert_eq!(
        session.last_used_at, used,
        "noted uses are written when closing"
    );
    let events = store.sessions().events_after(mira.id, 0, 10).await.unwrap();
    assert_eq!(events, Some(vec![event]));
}

#[tokio::test]
async fn a_restored_backup_renews_and_tells_of_the_gap() {
    let (folder, backup) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = SqliteStore::open(folder.path().join(FILE)).await.unwrap();
    let mira = somebody(&store).await;
    let id = started(&store, &mira, Kind::Desktop).await.session.id;
    copy_as_is(folder.path(), backup.path());
    for generation in 0..5 {
        store.renew(renewal(id, generation, start())).await.unwrap();
    }
    let later = started(&store, &mira, Kind::Browser).await.session.id;
    let seen = store.sessions().last_sequence().await.unwrap();
    store.close().await;

    let store = SqliteStore::open(backup.path().join(FILE)).await.unwrap();
    let new = Generations { issued: 6 };
    let (renewed, ended) = store.renew(renewal(id, 5, start())).await.unwrap();
    assert_eq!(renewed, Renewed::Presented(Presented::Renewed(new), new));
    assert_eq!(ended, None);
    let (unknown, _) = store.renew(renewal(later, 0, start())).await.unwrap();
    assert_eq!(unknown, Renewed::Unknown);
    let events = store
        .sessions()
        .events_after(mira.id, seen, 10)
        .await
        .unwrap();
    assert_eq!(
        events, None,
        "a stream that has seen more has to start over"
    );
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    SqliteStore::open(&path).await.unwrap().close().await;
    let address = format!("sqlite://{}", path.display());
    let mut connection = SqliteConnection::connect(&address).await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'of a newer version', TRUE, X'00', 0)",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
    let before = fs::read(&path).unwrap();
    let refused = SqliteStore::open(&path).await;
    assert!(
        matches!(refused, Err(StoreError::Newer(9999))),
        "{refused:?}"
    );
    assert!(fs::read(&path).unwrap() == before);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let rubbish = "Dear diary, ".repeat(1000);
    fs::write(&path, &rubbish).unwrap();
    let refused = SqliteStore::open(&path).await;
    assert!(
        matches!(refused, Err(StoreError::Damaged(_))),
        "{refused:?}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), rubbish);
}

#[tokio::test]
async fn a_database_with_a_damaged_page_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let store = SqliteStore::open(&path).await.unwrap();
    let mira = somebody(&store).await;
    started(&store, &mira, Kind::Desktop).await;
    store.close().await;
    let mut bytes = fs::read(&path).unwrap();
    let page = 4096;
    bytes[page..].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    let opened = SqliteStore::open(&path).await;
    assert!(matches!(opened, Err(StoreError::Damaged(_))), "{opened:?}");
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let refused = SqliteStore::open(folder.path().join("missing").join(FILE)).await;
    assert!(
        matches!(refused, Err(StoreError::Unavailable(_))),
        "{refused:?}"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join(FILE)).await.unwrap();
    somebody(&store).await;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?}", entry.file_name());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_and_the_service_share_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let (service, command) = tokio::join!(SqliteStore::open(&path), SqliteStore::open(&path));
    let (service, command) = (service.unwrap(), command.unwrap());
    let mira = somebody(&command).await;
    let id = started(&service, &mira, Kind::Desktop).await.session.id;
    let renewals = async {
        for generation in 0..50 {
            service
                .renew(renewal(id, generation, start()))
                .await
                .unwrap();
        }
    };
    let people = async {
        for _ in 0..50 {
            somebody(&command).await;
        }
    };
    tokio::join!(renewals, people);
    let seen = command.sessions().get(id).await.unwrap().unwrap().session;
    assert_eq!(seen.generations.issued, 50);
}

/// Makes one row unreadable, as a newer version or a fault might.
async fn spoil(path: &Path, id: SessionId) {
    let address = format!("sqlite://{}", path.display());
    let mut connection = SqliteConnection::connect(&address).await.unwrap();
    let spoiled = sqlx::query("UPDATE sessions SET methods = 'rubbish' WHERE id = ?")
        .bind(id.0)
        .execute(&mut connection)
        .await
        .unwrap();
    assert_eq!(spoiled.rows_affected(), 1);
    connection.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_that_fails_half_way_is_undone_whole_beside_its_neighbours() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let store = SqliteStore::open(&path).await.unwrap();
    let mira = somebody(&store).await;
    let sam = somebody(&store).await;
    let first = started(&store, &mira, Kind::Desktop).await.session.id;
    let second = started(&store, &mira, Kind::Browser).await.session.id;
    spoil(&path, second).await;
    let cause = Cause::Everywhere { user: mira.id };
    let before = store.last_sequence().await.unwrap();
    let new = session_of(&sam, Kind::Desktop);
    let (ended, renewed, begun) = tokio::join!(
        store.end(&cause, start(), &Actor::Operator, None),
        store.renew(renewal(first, 0, start())),
        Sessions::start(&store, &new),
    );
    assert!(matches!(ended, Err(StoreError::Unreadable(_))), "{ended:?}");
    assert!(matches!(
        renewed,
        Ok((Renewed::Presented(Presented::Renewed(_), _), None))
    ));
    assert_eq!(
        begun.unwrap().sequence,
        before + 1,
        "what was undone left no event"
    );
    let session = Sessions::get(&store, first).await.unwrap().unwrap().session;
    assert!(session.is_live());
    assert_eq!(session.generations.issued, 1);
}

#[tokio::test]
async fn a_row_that_cannot_be_read_keeps_no_other_from_ending() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let store = SqliteStore::open(&path).await.unwrap();
    let mira = somebody(&store).await;
    let spoiled = started(&store, &mira, Kind::Browser).await.session.id;
    for _ in 0..5 {
        started(&store, &mira, Kind::Browser).await;
    }
    spoil(&path, spoiled).await;
    let late = start() + jiff::SignedDuration::from_hours(24 * 40);
    let mut ended = 0;
    for _ in 0..5 {
        ended += store.end_due(late, 2).await.unwrap().len();
    }
    assert_eq!(ended, 5);
}
