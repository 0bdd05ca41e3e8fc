//! Killed, failed and lost at each step of a renewal's commit: no session is lost, no token that
//! was answered is forgotten. Each fault happens in a process of its own, which is this test
//! program again. Needs the feature `fault-points`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::print_stdout, dead_code)]

#[path = "suite/sample.rs"]
mod sample;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use session::{Kind, Presented, SessionId};
use store::{Renewed, Sessions, SqliteStore, Store, StoreError};

use sample::{renewal, somebody, start, started};

const FILE: &str = "STORE_TEST_FILE";
const SESSION: &str = "STORE_TEST_SESSION";
const ROUNDS: u64 = 8;

/// The process that meets the fault: renews, says what it was answered, and tries once more what
/// has failed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "run by the other tests, in a process of its own"]
async fn renews_until_a_fault() {
    let store = SqliteStore::open(std::env::var(FILE).unwrap())
        .await
        .unwrap();
    let id: SessionId = std::env::var(SESSION).unwrap().parse().unwrap();
    for generation in 0..ROUNDS {
        let mut answer = store.renew(renewal(id, generation, start())).await;
        if let Err(error) = &answer {
            let full = matches!(error, StoreError::DiskFull);
            println!("\nfailed {}", if full { "full" } else { "unavailable" });
            answer = store.renew(renewal(id, generation, start())).await;
        }
        match answer.unwrap() {
            (Renewed::Presented(Presented::Renewed(_), _), None) => println!("\nrenewed"),
            (Renewed::Presented(Presented::Repeated, _), None) => println!("\nrepeated"),
            other => panic!("{other:?}"),
        }
    }
}

/// A database with one session, and what a process with this fault said of renewing it.
async fn with_fault(fault: &str) -> (tempfile::TempDir, PathBuf, SessionId, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("db");
    let store = SqliteStore::open(&path).await.unwrap();
    let mira = somebody(&store).await;
    let id = started(&store, &mira, Kind::Desktop).await.session.id;
    store.close().await;
    let output = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "renews_until_a_fault",
            "--ignored",
            "--nocapture",
        ])
        .env("UNIFIED_LOGIN_FAULTS", fault)
        .env(FILE, &path)
        .env(SESSION, id.to_string())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let words = ["renewed", "repeated", "failed full", "failed unavailable"];
    let said = said.lines().filter(|line| words.contains(line));
    let said = said.map(str::to_owned).collect();
    (folder, path, id, said)
}

async fn issued(path: &Path, id: SessionId) -> u64 {
    let store = SqliteStore::open(path).await.unwrap();
    let session = store.sessions().get(id).await.unwrap().unwrap().session;
    assert!(session.is_live());
    store.close().await;
    session.generations.issued
}

#[tokio::test]
async fn a_kill_before_the_commit_leaves_the_renewal_undone() {
    for visit in 1..=ROUNDS {
        let fault = format!("service.renewal.before_commit=kill@{visit}");
        let (_folder, path, id, said) = with_fault(&fault).await;
        assert_eq!(said.len() as u64, visit - 1, "{said:?}");
        assert_eq!(issued(&path, id).await, visit - 1);
        let store = SqliteStore::open(&path).await.unwrap();
        let again = store.renew(renewal(id, visit - 1, start())).await.unwrap();
        assert!(matches!(
            again.0,
            Renewed::Presented(Presented::Renewed(_), _)
        ));
    }
}

#[tokio::test]
async fn a_kill_after_the_commit_leaves_the_same_successor() {
    for visit in 1..=ROUNDS {
        let fault = format!("service.renewal.after_commit=kill@{visit}");
        let (_folder, path, id, said) = with_fault(&fault).await;
        assert_eq!(said.len() as u64, visit - 1, "{said:?}");
        assert_eq!(issued(&path, id).await, visit);
        let store = SqliteStore::open(&path).await.unwrap();
        let again = store.renew(renewal(id, visit - 1, start())).await.unwrap();
        assert!(matches!(
            again.0,
            Renewed::Presented(Presented::Repeated, _)
        ));
    }
}

#[tokio::test]
async fn a_full_disk_at_the_commit_costs_one_more_try() {
    let (_folder, path, id, said) = with_fault("store.disk_full=fail@4").await;
    let mut expected = vec!["renewed"; 8];
    expected.insert(3, "failed full");
    assert_eq!(said, expected);
    assert_eq!(issued(&path, id).await, ROUNDS);
}

#[tokio::test]
async fn a_commit_that_fails_costs_one_more_try() {
    let (_folder, path, id, said) = with_fault("service.renewal.before_commit=fail@4").await;
    let mut expected = vec!["renewed"; 8];
    expected.insert(3, "failed unavailable");
    assert_eq!(said, expected);
    assert_eq!(issued(&path, id).await, ROUNDS);
}

#[tokio::test]
async fn an_answer_that_is_lost_after_the_commit_is_given_again() {
    let (_folder, path, id, said) = with_fault("service.renewal.after_commit=fail@4").await;
    let mut expected = vec!["renewed"; 8];
    expected.splice(3..4, ["failed unavailable", "repeated"]);
    assert_eq!(said, expected);
    assert_eq!(issued(&path, id).await, ROUNDS);
}
