//! The sign-in under way, as it is shown.

use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

use super::{Moment, moment};
use crate::session::snapshot::{AttemptView, Way};

/// A sign-in under way.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct AttemptShown {
    /// The address for another browser.
    pub address: Option<String>,
    /// When it ends by itself.
    pub deadline: Moment,
    /// It comes back over a loopback address.
    pub loopback: bool,
    /// The app chose that way itself: another program opens its links.
    pub scheme_taken: bool,
}

impl AttemptShown {
    pub(super) fn of(attempt: &AttemptView) -> Self {
        Self {
            address: attempt.address_to_copy.as_ref().map(ToString::to_string),
            deadline: moment(attempt.deadline),
            loopback: attempt.way == Way::Loopback,
            scheme_taken: attempt.scheme_taken,
        }
    }
}
