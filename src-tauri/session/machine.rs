//! The state machine: state and input in, state and effects out. No clock, no network, no
//! keychain; whoever runs it does the effects and reports back.
//!
//! - A session and a sign-in attempt are apart: starting, failing or cancelling a sign-in never
//!   touches a session that works.
//! - Reports carry the number of their attempt; a late one changes nothing.
//! - Only a sign-out here, or an end that the issuer or the keychain's owner made, leaves a
//!   session.

mod step;

use super::{
    ending::Ending,
    problem::Problem,
    snapshot::{Connection, Way},
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
    /// The service accepted the session's access token.
    Reached,
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

#[cfg(test)]
mod tests;
