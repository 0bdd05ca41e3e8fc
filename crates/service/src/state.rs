//! What every request handler can reach.

use std::sync::Arc;

use jiff::Timestamp;
use store::{Bus, Store};

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
}
