//! One person's computer, for tests: the controller with a real HTTP issuer, a keychain in memory,
//! and a shell that only takes notes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{sync::Mutex, time::Duration};

use ::session::SessionId;
use keyring_core::CredentialStore;
use tempfile::TempDir;
use url::Url;

use super::{fake_issuer::Fake, within::within, *};
use crate::{
    issuer::address::Issuer,
    session::{keychain::Keychain, message::Message, snapshot::Connection as Online},
    settings::Settings,
};

#[derive(Default)]
pub struct FakeShell {
    pub opened: Mutex<Vec<Url>>,
    pub told: Mutex<Vec<Message>>,
    pub scheme_taken: bool,
    pub no_browser: bool,
}

impl Shell for FakeShell {
    fn open_browser(&self, address: &Url) -> Result<(), BrowserNotOpened> {
        if self.no_browser {
            return Err(BrowserNotOpened("none".into()));
        }
        self.opened.lock().unwrap().push(address.clone());
        Ok(())
    }
    fn scheme_is_ours(&self) -> bool {
        !self.scheme_taken
    }
    fn notify(&self, message: &Message) {
        self.told.lock().unwrap().push(message.clone());
    }
    fn bring_to_front(&self) {}
}

pub struct Keys;

impl Words for Keys {
    fn text(&self, message: &Message) -> String {
        message.key.to_owned()
    }
}

/// One person's computer.
pub struct Desk {
    pub issuer: Fake,
    pub store: Arc<CredentialStore>,
    pub folder: TempDir,
    pub shell: Arc<FakeShell>,
    pub app: Controller,
}

impl Desk {
    pub fn new() -> Self {
        Self::with(FakeShell::default())
    }

    pub fn with(shell: FakeShell) -> Self {
        let issuer = Fake::start();
        let store: Arc<CredentialStore> = keyring_core::mock::Store::new().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let shell = Arc::new(shell);
        let app = launch(&issuer, &store, &folder, &shell);
        Self {
            issuer,
            store,
            folder,
            shell,
            app,
        }
    }

    pub async fn signed_in() -> Self {
        let desk = Self::new();
        desk.sign_in().await;
        desk
    }

    pub async fn sign_in(&self) {
        let address = self.browser(Request::SignIn).await;
        let answer = self.issuer.authorize(&address);
        self.app.send(Request::CallbackArrived(answer.into()));
        self.until(|it| it.state == StateView::SignedIn(Online::Online) && it.attempt.is_none())
            .await;
    }

    /// Asks for a sign-in; the address that the browser is sent to.
    pub async fn browser(&self, request: Request) -> Url {
        let before = self.shell.opened.lock().unwrap().len();
        self.app.send(request);
        within(async {
            loop {
                if let Some(address) = self.shell.opened.lock().unwrap().get(before) {
                    return address.clone();
                }
                tokio::task::yield_now().await;
            }
        })
        .await
    }

    pub async fn until(&self, wanted: impl Fn(&Snapshot) -> bool) -> Snapshot {
        let mut changes = self.app.changes();
        let found =
            tokio::time::timeout(Duration::from_secs(20), changes.wait_for(|it| wanted(it)));
        let Ok(snapshot) = found.await else {
            panic!("not reached; at last: {:#?}", self.app.snapshot());
        };
        snapshot.unwrap().clone()
    }

    pub async fn restart(&mut self) {
        self.app.send(Request::Quit);
        within(self.app.ended()).await;
        self.app = launch(&self.issuer, &self.store, &self.folder, &self.shell);
    }

    pub fn keychain(&self) -> Keychain {
        Keychain::with_store("test", Arc::clone(&self.store))
    }

    pub async fn record(&self) -> Option<secrecy::SecretString> {
        self.keychain().read(&self.issuer.issuer).await.unwrap()
    }

    pub async fn until_keychain_empty(&self) {
        within(async {
            loop {
                let owed = self.keychain().read("signed-out-0").await.unwrap();
                if owed.is_none() && self.record().await.is_none() {
                    return;
                }
                tokio::task::yield_now().await;
            }
        })
        .await;
    }

    pub fn own_session(&self) -> SessionId {
        *self.issuer.inner().generations.keys().last().unwrap()
    }

    pub fn lock_keychain_once(&self) {
        let entry =
            keyring_core::Entry::new_in_store(&self.store, "test", &self.issuer.issuer).unwrap();
        let mock: &keyring_core::mock::Cred = entry.as_any().downcast_ref().unwrap();
        mock.set_error(keyring_core::Error::NoStorageAccess("locked".into()));
    }
}

pub fn launch(
    issuer: &Fake,
    store: &Arc<CredentialStore>,
    folder: &TempDir,
    shell: &Arc<FakeShell>,
) -> Controller {
    let settings = Settings {
        issuer: Issuer::parse(&issuer.issuer).unwrap(),
        client_id: "workspace-desktop".into(),
        data_dir: folder.path().to_owned(),
        keychain_service: "test".into(),
        scheme: "com.unifiedlogin.workspace",
        renew_every: None,
    };
    let dependencies = Dependencies {
        settings,
        keychain: Keychain::with_store("test", Arc::clone(store)),
        words: Arc::new(Keys),
        runtime: tokio::runtime::Handle::current(),
    };
    Controller::start(dependencies, Arc::clone(shell) as Arc<dyn Shell>)
}
