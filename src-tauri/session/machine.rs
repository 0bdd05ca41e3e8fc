//! The state machine: state and input in, state and effects out. No clock, no network, no
//! keychain; whoever runs it does the effects and reports back.
//!
//! - A session and a sign-in attempt are apart: starting, failing or cancelling a sign-in never
//!   touches a session that works.
//! - Reports carry the number of their attempt; a late one changes nothing.
//! - Only a sign-out here, or an end that the issuer or the keychain's owner made, leaves a
//!   session.

use super::{
    problem::Problem,
    snapshot::{Connection, Ending, Way},
};

/// Where the app stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The session.
    pub standing: Standing,
    /// The sign-in under way.
    pub attempt: Option<Attempt>,
    /// What the person should know.
    pub notice: Option<Problem>,
    /// How many attempts there were.
    pub attempts: u64,
}

/// How it stands with the session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// The keychain is being read.
    #[default]
    Starting,
    /// There is none.
    SignedOut,
    /// There is one.
    SignedIn(Connection),
    /// The keychain cannot be used.
    KeychainUnavailable {
        /// Why.
        problem: Problem,
        /// Whether a session is held in memory all the same.
        holding: bool,
    },
    /// It ended elsewhere.
    Ended(Ending),
}

/// One sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its number; reports of others are late.
    pub number: u64,
    /// How the browser comes back.
    pub way: Way,
    /// How far it is.
    pub stage: Stage,
}

/// How far a sign-in is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The issuer is being asked.
    Preparing,
    /// The browser has it.
    Waiting,
    /// The code is being exchanged.
    Exchanging,
    /// The new session is verified and being stored; from here on it is not given up.
    Storing,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A person wants to sign in, this way.
    SignIn(Way),
    /// A person gave up.
    Cancel,
    /// A person signs out.
    SignOut,
    /// A person wants another try.
    Retry,
    /// A person read the notice.
    Dismiss,
    /// The keychain was read.
    RecordRead(Reading),
    /// The attempt is ready for the browser, or not.
    Prepared(u64, Result<Way, Problem>),
    /// The browser could not be opened; the address can be copied.
    BrowserFailed(u64),
    /// Something came back that claims to answer a sign-in.
    Came(Answer),
    /// The exchange is done: the new session is verified, or there is none.
    Exchanged(u64, Result<(), Problem>),
    /// The new session is in the keychain, or not.
    Stored(u64, Result<(), Problem>),
    /// The attempt is ten minutes old.
    Expired(u64),
    /// A renewal is done.
    Renewed(Renewed),
    /// The bridge heard that the session ended.
    Told(Ending),
}

/// What the keychain holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A session.
    Found,
    /// None.
    Absent,
    /// Nobody knows.
    Failed(Problem),
}

/// What came back from a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A code for this attempt.
    Code(u64),
    /// An error, with this attempt's state.
    Error(u64, Problem),
    /// Nothing that belongs to an attempt.
    Stray(Problem),
}

/// What became of a renewal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewed {
    /// The session is confirmed.
    Fresh,
    /// Not now; it is tried again.
    Later(Problem),
    /// The session is over.
    Over(Ending),
    /// The keychain stands in the way.
    Keychain(Problem),
}

/// What has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read the keychain.
    ReadRecord,
    /// Prepare an attempt, and watch its ten minutes.
    Prepare(u64, Way),
    /// Open the attempt's address in the browser.
    OpenBrowser(u64),
    /// Drop the attempt's secrets and its loopback port.
    Abandon(u64),
    /// Exchange the code that came.
    Exchange(u64),
    /// Store the new session in the place of any other.
    Store(u64),
    /// Begin renewing and listening for the session that was read.
    Begin,
    /// Begin with the session that was just stored, and drop any other.
    Adopt,
    /// Renew now.
    Renew,
    /// Stop the session, remove its record and revoke it at the issuer.
    SignOut,
    /// Stop the session and remove its record: it is over.
    Remove,
    /// Stop the session: its record is somebody else's already.
    Drop,
    /// Show the window.
    BringToFront,
    /// Tell that the session ended.
    TellEnded(Ending),
}

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

    fn at(&self, number: u64, stage: Stage) -> bool {
        self.attempt
            .is_some_and(|it| it.number == number && it.stage == stage)
    }

    fn is_storing(&self) -> bool {
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

#[cfg(test)]
#[path = "machine_tests.rs"]
mod tests;
