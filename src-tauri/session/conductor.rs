//! The controller's task: holds the machine's state and everything at work, does the machine's
//! effects, and publishes what can be shown.

mod effects;
mod hear;
mod keep;
mod open;
mod show;

use std::{collections::VecDeque, sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::{
    sync::{Mutex, mpsc, watch},
    task::JoinSet,
};

use self::keep::Kept;
use super::{
    dependencies::Dependencies,
    live::{self, Live},
    machine::{Input, State},
    owed::Owed,
    pending::{self, Pending},
    person::Person,
    problem::Problem,
    record::Record,
    request::Request,
    shell::Shell,
    snapshot::{ActivityItem, BridgeView, Elsewhere, Pages, Snapshot},
};
use crate::{issuer::connection::Connection, sign_in::exchange::SignedIn};

/// How many things that happened are kept to be shown.
const ACTIVITY: usize = 20;
/// How long quitting waits for a sign-out under way.
const FAREWELL: Duration = Duration::from_secs(5);

/// What the conductor's own work reports.
enum Report {
    Read(Result<Option<Box<Record>>, Problem>),
    Exchanged(u64, Result<Box<SignedIn>, Problem>),
    Stored(u64, Result<Kept, Problem>),
    Owed(bool),
    PayLater,
    ReadAgain,
}

/// The running controller.
pub struct Conductor {
    dependencies: Dependencies,
    shell: Arc<dyn Shell>,
    connection: Connection,
    account: String,
    owed: Owed,
    state: State,
    pending: Option<Pending>,
    /// Read from the keychain, or signed in to, and about to begin.
    next: Option<Record>,
    verified: Option<SignedIn>,
    live: Option<Live>,
    /// Whose session ended and when, while that is shown.
    former: Option<(Person, Timestamp)>,
    sessions: u64,
    activity: VecDeque<ActivityItem>,
    bridge: BridgeView,
    elsewhere: Option<Elsewhere>,
    pages: Pages,
    sign_out_owed: bool,
    /// One change of the record at a time.
    changing: Arc<Mutex<()>>,
    nudge: watch::Sender<u64>,
    owed_nudge: watch::Sender<u64>,
    paying: bool,
    publish: watch::Sender<Snapshot>,
    reports: mpsc::UnboundedSender<Report>,
    of_session: mpsc::UnboundedSender<(u64, live::Told)>,
    of_attempt: mpsc::UnboundedSender<(u64, pending::Told)>,
    inboxes: Option<Inboxes>,
    /// What must be finished before the program ends.
    closing: JoinSet<()>,
    background: JoinSet<()>,
}

struct Inboxes {
    reports: mpsc::UnboundedReceiver<Report>,
    of_session: mpsc::UnboundedReceiver<(u64, live::Told)>,
    of_attempt: mpsc::UnboundedReceiver<(u64, pending::Told)>,
}

impl Conductor {
    pub fn new(
        dependencies: Dependencies,
        shell: Arc<dyn Shell>,
        connection: Connection,
        publish: watch::Sender<Snapshot>,
    ) -> Self {
        let (reports, reports_inbox) = mpsc::unbounded_channel();
        let (of_session, of_session_inbox) = mpsc::unbounded_channel();
        let (of_attempt, of_attempt_inbox) = mpsc::unbounded_channel();
        let owed = Owed::new(
            dependencies.keychain.clone(),
            &dependencies.settings.data_dir,
        );
        Self {
            account: dependencies.settings.issuer.as_str().to_owned(),
            dependencies,
            shell,
            connection,
            owed,
            state: State::default(),
            pending: None,
            next: None,
            verified: None,
            live: None,
            former: None,
            sessions: 0,
            activity: VecDeque::new(),
            bridge: BridgeView::Absent,
            elsewhere: None,
            pages: Pages::default(),
            sign_out_owed: false,
            changing: Arc::default(),
            nudge: watch::Sender::new(0),
            owed_nudge: watch::Sender::new(0),
            paying: false,
            publish,
            reports,
            of_session,
            of_attempt,
            inboxes: Some(Inboxes {
                reports: reports_inbox,
                of_session: of_session_inbox,
                of_attempt: of_attempt_inbox,
            }),
            closing: JoinSet::new(),
            background: JoinSet::new(),
        }
    }

    /// Runs until asked to quit.
    pub async fn run(mut self, mut requests: mpsc::UnboundedReceiver<Request>) {
        let Some(mut inboxes) = self.inboxes.take() else {
            return;
        };
        self.read_record();
        loop {
            tokio::select! {
                request = requests.recv() => match request {
                    None | Some(Request::Quit) => break,
                    Some(request) => self.asked(request),
                },
                Some(report) = inboxes.reports.recv() => self.reported(report),
                Some((number, told)) = inboxes.of_session.recv() => {
                    self.session_told(number, told);
                }
                Some((number, told)) = inboxes.of_attempt.recv() => {
                    self.attempt_told(number, told);
                }
            }
            while self.closing.try_join_next().is_some() {}
            while self.background.try_join_next().is_some() {}
            self.show();
        }
        self.pending = None;
        self.live = None;
        let finish = async { while self.closing.join_next().await.is_some() {} };
        if tokio::time::timeout(FAREWELL, finish).await.is_err() {
            tracing::info!("left with a sign-out unfinished; it goes on at the next start");
        }
    }

    /// Takes an input, and does what follows from it.
    fn take(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let (state, effects) = self.state.step(input);
            if state.standing != self.state.standing {
                tracing::info!(state = ?state.standing, "state changed");
            } else if state.attempt != self.state.attempt {
                tracing::info!(attempt = ?state.attempt.map(|it| it.stage), "state changed");
            }
            self.state = state;
            for effect in effects {
                inputs.extend(self.act(effect));
            }
        }
    }

    fn nudge(&mut self) {
        self.nudge.send_modify(|count| *count += 1);
        self.owed_nudge.send_modify(|count| *count += 1);
        if self.state.waits_for_keychain() {
            self.read_record();
        }
    }
}
