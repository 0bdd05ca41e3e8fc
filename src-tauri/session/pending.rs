//! The sign-in under way, with everything that ends with it: its secrets, its loopback port, its
//! ten minutes.

use std::sync::Arc;

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
    time::Instant,
};
use url::Url;

use super::{
    alarm::{self, Woke},
    problem::Problem,
    shell::Shell,
    snapshot::{ATTEMPT_LASTS, AttemptView, Way},
};
use crate::{
    issuer::connection::Connection,
    settings::Settings,
    sign_in::{
        attempt::{self, Attempt},
        callback::{Expected, Verdict},
        loopback::{Loopback, Pages},
    },
};

/// What a sign-in under way tells.
pub enum Told {
    /// It is ready for the browser, or not.
    Ready(Result<Box<Ready>, Problem>),
    /// The loopback port had a visitor.
    Visited(Verdict),
    /// Ten minutes are over.
    Expired,
}

/// An attempt that is ready for the browser.
pub struct Ready {
    attempt: Attempt,
    loopback: Option<Loopback>,
    /// How the browser comes back.
    pub way: Way,
    scheme_taken: bool,
}

/// The sign-in under way. Dropping it closes the port and forgets the secrets.
pub struct Pending {
    /// Its number.
    pub number: u64,
    since: Timestamp,
    deadline: Timestamp,
    way: Way,
    scheme_taken: bool,
    /// What an answer must fit, once ready.
    pub expected: Option<Expected>,
    /// Where the browser is sent, once ready.
    pub address: Option<Url>,
    /// The attempt's secrets, until they are used.
    pub attempt: Option<Attempt>,
    /// The code that came.
    pub code: Option<SecretString>,
    tasks: JoinSet<()>,
    told: mpsc::UnboundedSender<(u64, Told)>,
}

impl Pending {
    /// Asks the issuer, and counts the ten minutes.
    pub fn begin(
        number: u64,
        way: Way,
        connection: &Connection,
        settings: &Settings,
        shell: &Arc<dyn Shell>,
        told: &mpsc::UnboundedSender<(u64, Told)>,
    ) -> Self {
        let since = Timestamp::now();
        let deadline = since.saturating_add(ATTEMPT_LASTS).unwrap_or(since);
        let mut tasks = JoinSet::new();
        let sender = told.clone();
        tasks.spawn(async move {
            last(deadline).await;
            let _ = sender.send((number, Told::Expired));
        });
        let sender = told.clone();
        let (connection, shell) = (connection.clone(), Arc::clone(shell));
        let (client_id, scheme) = (settings.client_id.clone(), settings.scheme);
        tasks.spawn(async move {
            let ready = prepare(way, &connection, &client_id, scheme, shell).await;
            let _ = sender.send((number, Told::Ready(ready.map(Box::new))));
        });
        Self {
            number,
            since,
            deadline,
            way,
            scheme_taken: false,
            expected: None,
            address: None,
            attempt: None,
            code: None,
            tasks,
            told: told.clone(),
        }
    }

    /// Takes what was prepared, and opens the loopback port where there is one.
    pub fn ready(&mut self, ready: Ready, pages: Pages) {
        self.way = ready.way;
        self.scheme_taken = ready.scheme_taken;
        self.address = Some(ready.attempt.address.clone());
        self.expected = Some(ready.attempt.expected.clone());
        if let Some(loopback) = ready.loopback {
            let (sender, mut verdicts) = mpsc::unbounded_channel();
            let expected = ready.attempt.expected.clone();
            self.tasks.spawn(loopback.serve(expected, pages, sender));
            let (told, number) = (self.told.clone(), self.number);
            self.tasks.spawn(async move {
                while let Some(verdict) = verdicts.recv().await {
                    let _ = told.send((number, Told::Visited(verdict)));
                }
            });
        }
        self.attempt = Some(ready.attempt);
    }

    /// What can be shown of it.
    pub fn view(&self) -> AttemptView {
        AttemptView {
            address_to_copy: self.address.clone(),
            since: self.since,
            deadline: self.deadline,
            way: self.way,
            scheme_taken: self.scheme_taken,
        }
    }
}

/// Waits for the end of an attempt, also on a computer that sleeps meanwhile.
async fn last(deadline: Timestamp) {
    let due = Instant::now() + ATTEMPT_LASTS;
    let (_nobody, mut nudges) = watch::channel(0);
    while alarm::wait(due, &mut nudges).await == Woke::Nudged {
        if Timestamp::now() >= deadline {
            return;
        }
    }
}

async fn prepare(
    wanted: Way,
    connection: &Connection,
    client_id: &str,
    scheme: &str,
    shell: Arc<dyn Shell>,
) -> Result<Ready, Problem> {
    let scheme_taken = wanted == Way::DeepLink
        && !tokio::task::spawn_blocking(move || shell.scheme_is_ours())
            .await
            .unwrap_or(false);
    let (way, loopback, redirect) = if wanted == Way::Loopback || scheme_taken {
        let loopback = Loopback::bind().await.map_err(|error| {
            tracing::warn!(%error, "no loopback port");
            Problem::LoopbackFailed
        })?;
        let redirect = loopback.redirect().clone();
        (Way::Loopback, Some(loopback), redirect)
    } else {
        let redirect =
            Url::parse(&format!("{scheme}:/signed-in")).map_err(|_| Problem::IssuerUnsuitable)?;
        (Way::DeepLink, None, redirect)
    };
    let attempt = attempt::prepare(connection, client_id, redirect).await?;
    Ok(Ready {
        attempt,
        loopback,
        way,
        scheme_taken,
    })
}
