//! The steps: what each input changes, and what has to be done.

use super::{Answer, Attempt, Effect, Input, Reading, Renewed, Stage, Standing, State};
use crate::session::{
    ending::Ending,
    problem::Problem,
    snapshot::{Connection, Way},
};

impl State {
    /// Takes one input.
    #[must_use]
    pub fn step(mut self, input: Input) -> (Self, Vec<Effect>) {
        let effects = match input {
            Input::SignIn(way) => self.sign_in(way),
            Input::Cancel if self.is_storing() => Vec::new(),
            Input::Cancel => self.give_up(None),
            Input::SignOut => self.sign_out(),
            Input::Retry => self.retry(),
            Input::Dismiss => {
                self.notice = None;
                Vec::new()
            }
            Input::RecordRead(reading) => self.record_read(reading),
            Input::Prepared(number, result) => self.prepared(number, result),
            Input::BrowserFailed(number) => {
                if self.at(number, Stage::Waiting) {
                    self.notice = Some(Problem::BrowserNotOpened);
                }
                Vec::new()
            }
            Input::Came(answer) => self.came(answer),
            Input::Exchanged(number, result) => self.exchanged(number, result),
            Input::Stored(number, result) => self.stored(number, result),
            Input::Expired(number) if self.may_expire(number) => {
                self.give_up(Some(Problem::AttemptExpired))
            }
            Input::Renewed(renewed) => self.renewed(renewed),
            Input::Reached => {
                if let Standing::SignedIn(connection) = &mut self.standing {
                    *connection = Connection::Online;
                }
                Vec::new()
            }
            Input::Told(ending) if self.holds_session() => self.end(ending),
            Input::Expired(_) | Input::Told(_) => Vec::new(),
        };
        (self, effects)
    }

    /// Whether a session is at work.
    pub fn holds_session(&self) -> bool {
        matches!(
            self.standing,
            Standing::SignedIn(_) | Standing::KeychainUnavailable { holding: true, .. }
        )
    }

    /// Whether reading the keychain again may help.
    pub fn waits_for_keychain(&self) -> bool {
        matches!(
            self.standing,
            Standing::KeychainUnavailable { holding: false, .. }
        )
    }

    pub(super) fn at(&self, number: u64, stage: Stage) -> bool {
        self.attempt
            .is_some_and(|it| it.number == number && it.stage == stage)
    }

    pub(super) fn is_storing(&self) -> bool {
        self.attempt.is_some_and(|it| it.stage == Stage::Storing)
    }

    fn may_expire(&self, number: u64) -> bool {
        self.attempt.is_some_and(|it| it.number == number) && !self.is_storing()
    }

    fn sign_in(&mut self, way: Way) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(current) = self.attempt {
            // The same again is one attempt: it goes on, in the browser.
            let other_way = way == Way::Loopback && current.way == Way::DeepLink;
            match current.stage {
                Stage::Exchanging | Stage::Storing => return effects,
                Stage::Waiting if !other_way => return vec![Effect::OpenBrowser(current.number)],
                Stage::Preparing if !other_way => return effects,
                Stage::Waiting | Stage::Preparing => effects.push(Effect::Abandon(current.number)),
            }
        }
        self.attempts += 1;
        self.notice = None;
        self.attempt = Some(Attempt {
            number: self.attempts,
            way,
            stage: Stage::Preparing,
        });
        effects.push(Effect::Prepare(self.attempts, way));
        effects
    }

    fn give_up(&mut self, why: Option<Problem>) -> Vec<Effect> {
        let Some(attempt) = self.attempt.take() else {
            return Vec::new();
        };
        self.notice = why;
        vec![Effect::Abandon(attempt.number)]
    }

    fn sign_out(&mut self) -> Vec<Effect> {
        let mut effects = self.give_up(None);
        match self.standing {
            Standing::SignedOut => {}
            Standing::Ended(_) => self.standing = Standing::SignedOut,
            // What is in a keychain that cannot be read yet is signed out of all the same.
            Standing::Starting | Standing::SignedIn(_) | Standing::KeychainUnavailable { .. } => {
                self.standing = Standing::SignedOut;
                self.notice = None;
                effects.push(Effect::SignOut);
            }
        }
        effects
    }

    fn retry(&mut self) -> Vec<Effect> {
        match (self.attempt, self.standing) {
            (Some(attempt), _) if attempt.stage == Stage::Waiting => {
                vec![Effect::OpenBrowser(attempt.number)]
            }
            (_, Standing::KeychainUnavailable { holding: false, .. }) => vec![Effect::ReadRecord],
            (_, Standing::KeychainUnavailable { holding: true, .. } | Standing::SignedIn(_)) => {
                vec![Effect::Renew]
            }
            (None, Standing::SignedOut | Standing::Ended(_)) => self.sign_in(Way::DeepLink),
            _ => Vec::new(),
        }
    }

    fn record_read(&mut self, reading: Reading) -> Vec<Effect> {
        let waiting = matches!(
            self.standing,
            Standing::Starting | Standing::KeychainUnavailable { holding: false, .. }
        );
        if !waiting {
            return Vec::new();
        }
        match reading {
            Reading::Found => {
                self.standing = Standing::SignedIn(Connection::Connecting);
                vec![Effect::Begin]
            }
            Reading::Absent => {
                self.standing = Standing::SignedOut;
                Vec::new()
            }
            Reading::Failed(problem) => {
                self.standing = Standing::KeychainUnavailable {
                    problem,
                    holding: false,
                };
                Vec::new()
            }
        }
    }

    fn prepared(&mut self, number: u64, result: Result<Way, Problem>) -> Vec<Effect> {
        if !self.at(number, Stage::Preparing) {
            return Vec::new();
        }
        match result {
            Ok(way) => {
                self.attempt = Some(Attempt {
                    number,
                    way,
                    stage: Stage::Waiting,
                });
                vec![Effect::OpenBrowser(number)]
            }
            Err(problem) => self.give_up(Some(problem)),
        }
    }

    fn came(&mut self, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::Code(number) if self.at(number, Stage::Waiting) => {
                if let Some(attempt) = &mut self.attempt {
                    attempt.stage = Stage::Exchanging;
                }
                self.notice = None;
                vec![Effect::Exchange(number), Effect::BringToFront]
            }
            Answer::Error(number, problem) if self.at(number, Stage::Waiting) => {
                let mut effects = self.give_up(Some(problem));
                effects.push(Effect::BringToFront);
                effects
            }
            Answer::Stray(problem) => {
                self.notice = Some(problem);
                vec![Effect::BringToFront]
            }
            Answer::Code(_) | Answer::Error(..) => {
                self.notice = Some(Problem::LinkWithoutAttempt);
                vec![Effect::BringToFront]
            }
        }
    }

    fn exchanged(&mut self, number: u64, result: Result<(), Problem>) -> Vec<Effect> {
        if !self.at(number, Stage::Exchanging) {
            return Vec::new();
        }
        match result {
            Ok(()) => {
                if let Some(attempt) = &mut self.attempt {
                    attempt.stage = Stage::Storing;
                }
                vec![Effect::Store(number)]
            }
            Err(problem) => self.give_up(Some(problem)),
        }
    }

    fn stored(&mut self, number: u64, result: Result<(), Problem>) -> Vec<Effect> {
        if !self.at(number, Stage::Storing) {
            return Vec::new();
        }
        match result {
            Ok(()) => {
                self.attempt = None;
                self.notice = None;
                self.standing = Standing::SignedIn(Connection::Online);
                vec![Effect::Adopt, Effect::BringToFront]
            }
            Err(problem) => self.give_up(Some(problem)),
        }
    }

    fn renewed(&mut self, renewed: Renewed) -> Vec<Effect> {
        if !self.holds_session() {
            return Vec::new();
        }
        match renewed {
            Renewed::Fresh => {
                self.standing = Standing::SignedIn(Connection::Online);
                if self.notice.is_some_and(Problem::is_about_renewal) {
                    self.notice = None;
                }
                Vec::new()
            }
            Renewed::Later(problem) => {
                self.standing = Standing::SignedIn(Connection::Offline);
                // Being offline shows by itself; what a person could do something about is said.
                if problem.is_about_renewal() {
                    self.notice = Some(problem);
                }
                Vec::new()
            }
            Renewed::Over(ending) => self.end(ending),
            Renewed::Keychain(problem) => {
                self.standing = Standing::KeychainUnavailable {
                    problem,
                    holding: true,
                };
                Vec::new()
            }
        }
    }

    fn end(&mut self, ending: Ending) -> Vec<Effect> {
        self.standing = Standing::Ended(ending);
        self.notice = None;
        let drop = match ending {
            Ending::RecordRemoved => Effect::Drop,
            Ending::Told(_) | Ending::Refused => Effect::Remove,
        };
        vec![drop, Effect::TellEnded(ending)]
    }
}
