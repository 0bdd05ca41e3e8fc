//! The rules that the model is run with: the crate's own functions, and the habits of service,
//! app and surfaces that go with them. Each can be swapped for a broken one.

use jiff::Timestamp;
use session::{
    AlreadyEnded, Call, Cause, Effect, End, Ending, Generations, Heard, Presented, Session,
    SessionEvent, SessionId, Settled,
};

/// The rules.
#[derive(Clone, Copy)]
pub struct Rules {
    /// What a cause does to a session.
    pub effect: fn(&Cause, &Session) -> Effect,
    /// What a cause does to a session that is on a call.
    pub during: fn(&Cause, &Session, bool, Timestamp) -> Effect,
    /// What an end that waits has come to.
    pub settle: fn(Ending, bool, Timestamp) -> Settled,
    /// Which of two ends that wait stands.
    pub or_earlier: fn(Ending, Ending) -> Ending,
    /// Whether a call is over because nothing was heard of it.
    pub is_silent: fn(&Call, Timestamp) -> bool,
    /// An end waits for calls of its own session only.
    pub own_calls_only: bool,
    /// An end that waits is still there after a kill.
    pub endings_are_durable: bool,
    /// How a session ends.
    pub end: fn(&mut Session, End) -> Result<(), AlreadyEnded>,
    /// What a presented refresh token means.
    pub present: fn(Generations, u64) -> Presented,
    /// Whether a request was held up on its way.
    pub held_up: fn(Option<Timestamp>, Timestamp) -> bool,
    /// What the bridge makes of an event.
    pub hear: fn(SessionId, &SessionEvent) -> Heard,
    /// The service commits before it answers or publishes.
    pub durable_before_answering: bool,
    /// The service renews without asking whether the session has ended.
    pub ended_sessions_renew: bool,
    /// The app stores a successor before it uses it.
    pub stores_before_use: bool,
    /// The app takes an answer only to what it has asked.
    pub takes_only_awaited_answers: bool,
    /// The app repeats a sign-out until the service confirms it.
    pub keeps_last_wish: bool,
    /// The app takes silence for an end.
    pub silence_signs_out: bool,
    /// A surface that heard of an end believes no older "signed in".
    pub tabs_remember_ends: bool,
}

impl Rules {
    /// As they are.
    pub const REAL: Self = Self {
        effect: Cause::effect,
        during: Cause::effect_during,
        settle: Ending::settle,
        or_earlier: Ending::or_earlier,
        is_silent: Call::is_silent,
        own_calls_only: true,
        endings_are_durable: true,
        end: Session::end,
        present: Generations::present,
        held_up: session::held_up,
        hear: session::hear,
        durable_before_answering: true,
        ended_sessions_renew: false,
        stores_before_use: true,
        takes_only_awaited_answers: true,
        keeps_last_wish: true,
        silence_signs_out: false,
        tabs_remember_ends: true,
    };
}
