//! Runs the state machine: one task, fed by requests and by what its own work reports.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};

pub use super::{
    request::Request,
    shell::{BrowserNotOpened, Shell, Words},
    snapshot::Snapshot,
};
use super::keychain::Keychain;
use crate::settings::Settings;

/// What the controller works with.
pub struct Dependencies {
    /// The app's settings.
    pub settings: Settings,
    /// Where the record is kept.
    pub keychain: Keychain,
    /// The message catalogue, for the loopback page.
    pub words: Arc<dyn Words>,
    /// The runtime that its tasks run on.
    pub runtime: tokio::runtime::Handle,
}

/// A handle to the running controller; cheap to clone.
#[derive(Clone)]
pub struct Controller {
    requests: mpsc::UnboundedSender<Request>,
    snapshots: watch::Receiver<Snapshot>,
}

impl Controller {
    /// Starts the controller's task. It reads the keychain at once.
    pub fn start(dependencies: Dependencies, _shell: Arc<dyn Shell>) -> Self {
        let (requests, mut inbox) = mpsc::unbounded_channel();
        let (publish, snapshots) = watch::channel(Snapshot {
            state: super::snapshot::StateView::SignedOut,
            person: None,
            issuer: dependencies.settings.issuer.url().clone(),
            attempt: None,
            notice: None,
            activity: Vec::new(),
            session_since: None,
            last_renewed: None,
            sign_out_owed: false,
            bridge: super::snapshot::BridgeView::Absent,
            sessions_page: None,
        });
        dependencies.runtime.spawn(async move {
            while inbox.recv().await.is_some_and(|request| request != Request::Quit) {}
            drop(publish);
        });
        Self {
            requests,
            snapshots,
        }
    }

    /// Sends a request. Never blocks.
    pub fn send(&self, request: Request) {
        let _ = self.requests.send(request);
    }

    /// What can be shown now.
    pub fn snapshot(&self) -> Snapshot {
        self.snapshots.borrow().clone()
    }

    /// Tells of each new snapshot.
    pub fn changes(&self) -> watch::Receiver<Snapshot> {
        self.snapshots.clone()
    }

    /// Waits until the controller has ended after [`Request::Quit`].
    pub async fn ended(&self) {
        self.requests.closed().await;
    }
}
