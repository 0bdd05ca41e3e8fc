//! Runs the state machine: one task, fed by requests and by what its own work reports.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};
use url::Url;

use super::{
    conductor::Conductor,
    problem::Problem,
    snapshot::{BridgeView, Notice, Pages, StateView},
};
pub use super::{
    dependencies::Dependencies,
    request::Request,
    shell::{BrowserNotOpened, Shell, Words},
    snapshot::Snapshot,
};
use crate::{issuer::connection::Connection, settings::SettingsError};

/// A handle to the running controller; cheap to clone.
#[derive(Clone)]
pub struct Controller {
    requests: mpsc::UnboundedSender<Request>,
    snapshots: watch::Receiver<Snapshot>,
}

impl Controller {
    /// Starts the controller's task. It reads the keychain at once.
    pub fn start(dependencies: Dependencies, shell: Arc<dyn Shell>) -> Self {
        let (requests, inbox) = mpsc::unbounded_channel();
        let (publish, snapshots) = watch::channel(first(Some(dependencies.settings.issuer.url())));
        let runtime = dependencies.runtime.clone();
        match Connection::new(dependencies.settings.issuer.clone()) {
            Ok(connection) => {
                let conductor = Conductor::new(dependencies, shell, connection, publish);
                runtime.spawn(conductor.run(inbox));
            }
            Err(error) => {
                // Without TLS there is nothing to do but to say so.
                tracing::error!(%error, "no HTTP client");
                publish.send_modify(|snapshot| {
                    snapshot.state = StateView::SignedOut;
                    snapshot.notice = Some(Notice::from(Problem::IssuerUnsuitable));
                });
            }
        }
        Self {
            requests,
            snapshots,
        }
    }

    /// A controller that only says that there are no settings to work with.
    pub fn without_settings(error: &SettingsError) -> Self {
        tracing::error!(%error, "the settings cannot be used");
        let problem = Problem::SettingsUnusable;
        let (requests, _) = mpsc::unbounded_channel();
        let (_, snapshots) = watch::channel(Snapshot {
            state: StateView::SettingsUnusable,
            notice: Some(Notice {
                code: problem.code(),
                message: problem.message().with("detail", error.to_string()),
            }),
            ..first(None)
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

    /// Waits until the controller has ended after [`Request::Quit`]: a sign-out under way is
    /// finished first, within a limit.
    pub async fn ended(&self) {
        self.requests.closed().await;
    }
}

fn first(issuer: Option<&Url>) -> Snapshot {
    Snapshot {
        state: StateView::Starting,
        person: None,
        issuer: issuer.cloned(),
        attempt: None,
        notice: None,
        activity: Vec::new(),
        session_since: None,
        ended_at: None,
        last_renewed: None,
        sign_out_owed: false,
        bridge: BridgeView::Absent,
        elsewhere: None,
        pages: Pages::default(),
    }
}

#[cfg(test)]
pub(crate) mod desk;
#[cfg(test)]
pub(crate) mod fake_issuer;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod within;
