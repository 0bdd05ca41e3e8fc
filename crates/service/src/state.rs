//! What every request handler can reach.

use std::sync::Arc;

use jiff::Timestamp;
use store::{Bus, Store};

use tokio_util::task::TaskTracker;

use crate::{
    backchannel::Outbox, config::Config, events::Streams, limits::Limits, mail::Mail,
    openid::OpenId, places::Places, sessions::LiveSessions, sign_in::Passwords, surfaces::Surfaces,
};

/// The state shared by all handlers.
pub type App = Arc<Service>;

/// Tells the time; tests give their own.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The operating system's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The parts of a running service.
pub struct Service {
    /// Where everything lives.
    pub store: Arc<dyn Store>,
    /// Tells of session events.
    pub bus: Arc<dyn Bus>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// The OpenID Provider: issuer, clients, keys.
    pub openid: OpenId,
    /// Live sessions, checked from memory.
    pub sessions: LiveSessions,
    /// Who is to be told of ends by back-channel logout.
    pub outbox: Outbox,
    /// The open streams of session events.
    pub streams: Streams,
    /// The browser surfaces.
    pub surfaces: Surfaces,
    /// What the operator set.
    pub config: Config,
    /// Hashes and compares passwords.
    pub passwords: Passwords,
    /// How often something may be tried.
    pub limits: Limits,
    /// Sends mail.
    pub mail: Mail,
    /// Where addresses are.
    pub places: Places,
    /// Work that nobody waits for; awaited at shutdown.
    pub tasks: TaskTracker,
}
