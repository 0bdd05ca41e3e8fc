//! A session at work: its renewals and its bridge, as tasks that end with it.

use std::{sync::Arc, time::Duration};

use ::session::SessionId;
use backon::{BackoffBuilder, ExponentialBuilder};
use jiff::Timestamp;
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
    time::Instant,
};

use super::{
    alarm::{self, Woke},
    person::Person,
    renewal::{Renewal, Renewer},
    snapshot::Pages,
};
use crate::{
    bridge::{Bridge, News},
    issuer::connection::Connection,
};

/// What a session at work tells.
pub enum Told {
    /// A renewal is done.
    Renewal(Renewal),
    /// The bridge heard something.
    News(News),
    /// What the issuer has that can be opened in the browser.
    Pages(Box<Pages>),
}

/// A session at work. Dropping it stops its tasks.
pub struct Live {
    /// Which of this process's sessions it is; reports of others are late.
    pub number: u64,
    /// Who is signed in.
    pub person: Person,
    /// Since when.
    pub since: Timestamp,
    /// When it was last renewed.
    pub last_renewed: Option<Timestamp>,
    /// Gives its access tokens.
    pub renewer: Arc<Renewer>,
    _tasks: JoinSet<()>,
}

/// Who and what a session is, beside its tokens.
pub struct About {
    /// Which of this process's sessions it is.
    pub number: u64,
    /// Who is signed in.
    pub person: Person,
    /// Since when.
    pub since: Timestamp,
    /// Its name at the issuer.
    pub session: Option<String>,
}

impl Live {
    /// Begins to renew and to listen.
    pub fn begin(
        about: About,
        renewer: Arc<Renewer>,
        connection: Connection,
        nudges: &watch::Receiver<u64>,
        told: &mpsc::UnboundedSender<(u64, Told)>,
    ) -> Self {
        let mut tasks = JoinSet::new();
        let number = about.number;
        tasks.spawn(keep_alive(
            number,
            Arc::clone(&renewer),
            nudges.clone(),
            told.clone(),
        ));
        tasks.spawn(listen(
            number,
            about.session,
            Arc::clone(&renewer),
            connection,
            nudges.clone(),
            told.clone(),
        ));
        Self {
            number,
            person: about.person,
            since: about.since,
            last_renewed: None,
            renewer,
            _tasks: tasks,
        }
    }
}

async fn keep_alive(
    number: u64,
    renewer: Arc<Renewer>,
    mut nudges: watch::Receiver<u64>,
    told: mpsc::UnboundedSender<(u64, Told)>,
) {
    nudges.mark_unchanged();
    let mut pauses = pauses();
    let mut due = match renewer.current().await {
        Some(access) => {
            let due = access.renew_at;
            let _ = told.send((number, Told::Renewal(Renewal::Fresh(access))));
            due
        }
        None => Instant::now(),
    };
    loop {
        let renewal = match alarm::wait(due, &mut nudges).await {
            Woke::Due => renewer.usable().await,
            // Awake after a sleep: what is at hand may have ended meanwhile.
            Woke::Nudged => renewer.renew(None).await,
        };
        let over = matches!(renewal, Renewal::SignedOut(_));
        due = if let Renewal::Fresh(access) = &renewal {
            pauses = self::pauses();
            access.renew_at
        } else {
            Instant::now() + pauses.next().unwrap_or(Duration::from_mins(1))
        };
        if told.send((number, Told::Renewal(renewal))).is_err() || over {
            return;
        }
    }
}

async fn listen(
    number: u64,
    session: Option<String>,
    renewer: Arc<Renewer>,
    connection: Connection,
    mut nudges: watch::Receiver<u64>,
    told: mpsc::UnboundedSender<(u64, Told)>,
) {
    let mut pauses = pauses();
    let metadata = loop {
        match connection.metadata().await {
            Ok(metadata) => break metadata,
            Err(error) => tracing::debug!(%error, "the issuer is not known yet"),
        }
        let pause = pauses.next().unwrap_or(Duration::from_mins(1));
        alarm::wait(Instant::now() + pause, &mut nudges).await;
    };
    let _ = told.send((number, Told::Pages(Box::new(metadata.pages()))));
    let own = session.and_then(|session| session.parse::<SessionId>().ok());
    let (Some(events), Some(own)) = (metadata.session_events_endpoint.clone(), own) else {
        return;
    };
    let (sender, mut news) = mpsc::unbounded_channel();
    let bridge = Bridge {
        connection,
        renewer,
        events,
        sessions: metadata.sessions_endpoint.clone(),
        own,
    };
    let forward = async {
        while let Some(item) = news.recv().await {
            if told.send((number, Told::News(item))).is_err() {
                return;
            }
        }
    };
    tokio::join!(bridge.run(nudges, sender), forward);
}

/// One second to one minute, jittered.
pub fn pauses() -> impl Iterator<Item = Duration> {
    ExponentialBuilder::default()
        .with_min_delay(Duration::from_secs(1))
        .with_max_delay(Duration::from_mins(1))
        .with_jitter()
        .without_max_times()
        .build()
}
