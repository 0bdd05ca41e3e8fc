//! Fault points: places where a test makes the program die, wait, fail or lose an answer.
//!
//! Every point is named in [`Point`], here and nowhere else. Without the feature `inject` a point
//! is an empty inline function. With it, the environment variable `UNIFIED_LOGIN_FAULTS` arms
//! points: `name=action[@n]`, separated by commas; `n` is the visit at which it acts (default 1).
//! Actions: `kill` (SIGKILL to this process), `fail`, `delay:<milliseconds>`.

/// A place where a fault can be injected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Point {
    /// Service: a refresh request was read, nothing decided yet.
    ServiceRenewalReceived,
    /// Service: the rotation is about to be committed.
    ServiceRenewalBeforeCommit,
    /// Service: the rotation is durable, the answer not yet made.
    ServiceRenewalAfterCommit,
    /// Service: the answer is about to leave.
    ServiceRenewalBeforeAnswer,
    /// Store: a commit fails as it does when the disk is full.
    StoreDiskFull,
    /// App: the record was read from the keychain, no request sent yet.
    AppRenewalBeforeRequest,
    /// App: the answer has arrived, nothing stored yet.
    AppRenewalAfterAnswer,
    /// App: the successor is about to be stored in the keychain.
    AppRenewalBeforeStore,
    /// App: the successor is stored, not used yet.
    AppRenewalAfterStore,
}

impl Point {
    /// Every point.
    pub const ALL: [Self; 9] = [
        Self::ServiceRenewalReceived,
        Self::ServiceRenewalBeforeCommit,
        Self::ServiceRenewalAfterCommit,
        Self::ServiceRenewalBeforeAnswer,
        Self::StoreDiskFull,
        Self::AppRenewalBeforeRequest,
        Self::AppRenewalAfterAnswer,
        Self::AppRenewalBeforeStore,
        Self::AppRenewalAfterStore,
    ];

    /// Its name in `UNIFIED_LOGIN_FAULTS`.
    pub fn name(self) -> &'static str {
        match self {
            Self::ServiceRenewalReceived => "service.renewal.received",
            Self::ServiceRenewalBeforeCommit => "service.renewal.before_commit",
            Self::ServiceRenewalAfterCommit => "service.renewal.after_commit",
            Self::ServiceRenewalBeforeAnswer => "service.renewal.before_answer",
            Self::StoreDiskFull => "store.disk_full",
            Self::AppRenewalBeforeRequest => "app.renewal.before_request",
            Self::AppRenewalAfterAnswer => "app.renewal.after_answer",
            Self::AppRenewalBeforeStore => "app.renewal.before_store",
            Self::AppRenewalAfterStore => "app.renewal.after_store",
        }
    }
}

/// The fault that was injected: the caller fails as the real thing would.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Injected;

#[cfg(not(feature = "inject"))]
mod point {
    use super::{Injected, Point};

    /// Does nothing: fault points are not compiled in.
    #[inline(always)]
    #[allow(clippy::inline_always)]
    pub fn at(_point: Point) -> Result<(), Injected> {
        Ok(())
    }
}

#[cfg(feature = "inject")]
#[path = "inject.rs"]
mod point;

pub use point::at;
