//! One session's renewals, against an issuer that checks them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use keyring_core::{CredentialStore, Entry};
use secrecy::ExposeSecret;

use super::*;
use crate::{
    issuer::address::Issuer,
    session::{
        controller::fake_issuer::{Fake, Mood},
        ending::Ending,
        record::tests::record,
    },
};

struct Scene {
    issuer: Fake,
    store: Arc<CredentialStore>,
    keychain: Keychain,
    renewer: Arc<Renewer>,
}

impl Scene {
    async fn new() -> Self {
        let issuer = Fake::start();
        let mut record = record();
        record.issuer = issuer.issuer.clone();
        record.refresh_token = issuer.begin_session().into();
        let store: Arc<CredentialStore> = keyring_core::mock::Store::new().unwrap();
        let keychain = Keychain::with_store("test", Arc::clone(&store));
        let text = record.to_text().unwrap();
        keychain.write("session", text).await.unwrap();
        let parts = Parts {
            connection: Connection::new(Issuer::parse(&issuer.issuer).unwrap()).unwrap(),
            keychain: keychain.clone(),
            account: "session".into(),
            every: None,
        };
        let renewer = Arc::new(Renewer::new(parts, record, None).unwrap());
        Self {
            issuer,
            store,
            keychain,
            renewer,
        }
    }

    async fn stored_token(&self) -> String {
        let text = self.keychain.read("session").await.unwrap().unwrap();
        let record = Record::from_text(&text).unwrap();
        record.refresh_token.expose_secret().to_owned()
    }

    fn lock_keychain_once(&self) {
        let entry = Entry::new_in_store(&self.store, "test", "session").unwrap();
        let mock: &keyring_core::mock::Cred = entry.as_any().downcast_ref().unwrap();
        mock.set_error(keyring_core::Error::NoStorageAccess("locked".into()));
    }
}

fn number(renewal: &Renewal) -> u64 {
    match renewal {
        Renewal::Fresh(access) => access.number,
        Renewal::TryLater(problem) | Renewal::KeychainUnavailable(problem) => {
            panic!("{problem:?}")
        }
        Renewal::SignedOut(ending) => panic!("{ending:?}"),
    }
}

#[tokio::test]
async fn all_who_ask_at_once_share_one_renewal() {
    let scene = Scene::new().await;
    assert_eq!(number(&scene.renewer.usable().await), 1);
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let renewer = Arc::clone(&scene.renewer);
        asking.spawn(async move { number(&renewer.renew(Some(1)).await) });
    }
    assert_eq!(asking.join_all().await, [2; 8]);
    assert_eq!(scene.issuer.inner().renewals, 2);
}

#[tokio::test]
async fn the_successor_is_in_the_keychain_when_the_access_token_is_given() {
    let scene = Scene::new().await;
    for generation in 1..4 {
        scene.renewer.renew(None).await;
        let stored = scene.stored_token().await;
        assert!(stored.ends_with(&format!(".{generation}")), "{stored}");
    }
}

#[tokio::test]
async fn a_lost_answer_is_repeated_with_the_same_token() {
    let scene = Scene::new().await;
    scene.issuer.mood(Mood::LosesAnswer);
    let renewal = scene.renewer.renew(None).await;
    assert!(matches!(renewal, Renewal::TryLater(_)));
    scene.issuer.mood(Mood::Well);
    assert_eq!(number(&scene.renewer.renew(None).await), 1);
    assert!(scene.stored_token().await.ends_with(".1"));
}

#[tokio::test]
async fn a_record_that_somebody_removed_is_not_written_again() {
    let scene = Scene::new().await;
    scene.keychain.remove("session").await.unwrap();
    let renewal = scene.renewer.renew(None).await;
    assert!(matches!(renewal, Renewal::SignedOut(Ending::RecordRemoved)));
    assert!(scene.keychain.read("session").await.unwrap().is_none());
}

#[tokio::test]
async fn a_locked_keychain_is_asked_again_only_when_a_person_wants() {
    let scene = Scene::new().await;
    scene.lock_keychain_once();
    for _ in 0..3 {
        let renewal = scene.renewer.usable().await;
        assert!(matches!(
            renewal,
            Renewal::KeychainUnavailable(Problem::KeychainLocked)
        ));
    }
    assert_eq!(number(&scene.renewer.renew(None).await), 1);
    assert_eq!(number(&scene.renewer.usable().await), 1);
}

#[tokio::test]
async fn another_process_that_renewed_first_is_followed() {
    let scene = Scene::new().await;
    let parts = Parts {
        connection: Connection::new(Issuer::parse(&scene.issuer.issuer).unwrap()).unwrap(),
        keychain: scene.keychain.clone(),
        account: "session".into(),
        every: None,
    };
    let text = scene.keychain.read("session").await.unwrap().unwrap();
    let other = Renewer::new(parts, Record::from_text(&text).unwrap(), None).unwrap();
    for _ in 0..3 {
        number(&other.renew(None).await);
        number(&scene.renewer.renew(None).await);
    }
    assert_eq!(scene.issuer.inner().renewals, 6);
}
