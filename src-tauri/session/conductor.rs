//! The controller's task: holds the machine's state and everything at work, does the machine's
//! effects, and publishes what can be shown.

mod effects;
mod keep;
mod show;

use std::{collections::VecDeque, sync::Arc, time::Duration};

use tokio::{
    sync::{Mutex, mpsc, watch},
    task::JoinSet,
};
use url::Url;

use self::keep::Kept;
use super::{
    controller::{Dependencies, Shell},
    live::{self, Live},
    machine::{Answer, Input, Reading, Renewed, State},
    owed::Owed,
    pending::{self, Pending},
    problem::Problem,
    record::Record,
    renewal::Renewal,
    request::Request,
    snapshot::{ActivityItem, BridgeView, Person, Snapshot, Way},
};
use crate::{
    bridge::News,
    issuer::connection::Connection,
    sign_in::{
        callback::{Verdict, judge, pasted},
        exchange::SignedIn,
    },
};

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
    /// Whose session ended, while that is shown.
    former: Option<Person>,
    sessions: u64,
    activity: VecDeque<ActivityItem>,
    bridge: BridgeView,
    sessions_page: Option<Url>,
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
            sessions_page: None,
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

    fn asked(&mut self, request: Request) {
        match request {
            Request::SignIn => self.take(Input::SignIn(Way::DeepLink)),
            Request::SignInOnLoopback => self.take(Input::SignIn(Way::Loopback)),
            Request::CancelSignIn => self.take(Input::Cancel),
            Request::CallbackArrived(text) => {
                let expected = self.pending.as_ref().and_then(|it| it.expected.as_ref());
                let verdict = judge(&text, expected);
                self.answered(verdict);
            }
            Request::CodePasted(text) => {
                let expected = self.pending.as_ref().and_then(|it| it.expected.as_ref());
                let verdict = match expected {
                    Some(expected) => pasted(&text, expected),
                    None => Verdict::Stray(Problem::LinkWithoutAttempt),
                };
                self.answered(verdict);
            }
            Request::SignOut => self.take(Input::SignOut),
            Request::Retry => self.take(Input::Retry),
            Request::Resumed => self.nudge(),
            Request::OpenSessionsPage => self.open_sessions_page(),
            Request::DismissNotice => self.take(Input::Dismiss),
            Request::Quit => {}
        }
    }

    /// An answer to the attempt under way, or to none.
    fn answered(&mut self, verdict: Verdict) {
        let number = self.pending.as_ref().map(|pending| pending.number);
        let answer = match (verdict, number) {
            (Verdict::Code(code), Some(number)) => {
                if let Some(pending) = &mut self.pending
                    && pending.attempt.is_some()
                {
                    pending.code = Some(code);
                }
                Answer::Code(number)
            }
            (Verdict::Failed(problem), Some(number)) => Answer::Error(number, problem),
            (Verdict::Stray(problem), _) => Answer::Stray(problem),
            (_, None) => Answer::Stray(Problem::LinkWithoutAttempt),
        };
        if let Answer::Stray(problem) = answer {
            tracing::info!(code = problem.code(), "an answer that fits no sign-in");
        }
        self.take(Input::Came(answer));
    }

    fn reported(&mut self, report: Report) {
        if matches!(report, Report::Read(_)) && !self.paying {
            // Not before: the record comes first.
            self.paying = true;
            self.pay_what_is_owed();
        }
        match report {
            Report::Read(Ok(Some(record))) => {
                self.next = Some(*record);
                self.take(Input::RecordRead(Reading::Found));
                self.next = None;
            }
            Report::Read(Ok(None)) => self.take(Input::RecordRead(Reading::Absent)),
            Report::Read(Err(problem)) => {
                self.take(Input::RecordRead(Reading::Failed(problem)));
                self.read_again_later(problem);
            }
            Report::ReadAgain => self.read_record(),
            Report::Exchanged(number, Ok(signed_in)) => {
                self.verified = Some(*signed_in);
                self.take(Input::Exchanged(number, Ok(())));
                // Cancelled meanwhile: nobody wants this session.
                if let Some(unwanted) = self.verified.take() {
                    self.revoke_unwanted(unwanted.record);
                }
            }
            Report::Exchanged(number, Err(problem)) => {
                self.take(Input::Exchanged(number, Err(problem)));
            }
            Report::Stored(number, Ok(kept)) => self.stored(number, kept),
            Report::Stored(number, Err(problem)) => {
                self.take(Input::Stored(number, Err(problem)));
            }
            Report::Owed(owed) => self.sign_out_owed = owed,
        }
    }

    fn session_told(&mut self, number: u64, told: live::Told) {
        let Some(live) = self.live.as_mut().filter(|live| live.number == number) else {
            return;
        };
        match told {
            live::Told::Renewal(renewal) => {
                let renewed = match renewal {
                    Renewal::Fresh(access) => {
                        live.last_renewed = Some(access.given);
                        Renewed::Fresh
                    }
                    Renewal::TryLater(problem) => Renewed::Later(problem),
                    Renewal::SignedOut(ending) => Renewed::Over(ending),
                    Renewal::KeychainUnavailable(problem) => Renewed::Keychain(problem),
                };
                self.take(Input::Renewed(renewed));
            }
            live::Told::News(News::Live) => self.bridge = BridgeView::Live,
            live::Told::News(News::Cut) => self.bridge = BridgeView::Reconnecting,
            live::Told::News(News::OwnEnd(ending)) => self.take(Input::Told(ending)),
            live::Told::News(News::Activity(item)) => {
                self.activity.push_front(item);
                self.activity.truncate(ACTIVITY);
            }
            live::Told::SessionsPage(page) => self.sessions_page = page,
        }
    }

    fn attempt_told(&mut self, number: u64, told: pending::Told) {
        let Some(pending) = self.pending.as_mut().filter(|it| it.number == number) else {
            return;
        };
        match told {
            pending::Told::Ready(Ok(ready)) => {
                let way = ready.way;
                let pages = show::pages(Arc::clone(&self.dependencies.words));
                pending.ready(*ready, pages);
                self.take(Input::Prepared(number, Ok(way)));
            }
            pending::Told::Ready(Err(problem)) => {
                self.take(Input::Prepared(number, Err(problem)));
            }
            pending::Told::Visited(verdict) => self.answered(verdict),
            pending::Told::Expired => self.take(Input::Expired(number)),
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
