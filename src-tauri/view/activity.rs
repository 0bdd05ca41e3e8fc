//! What happened to the person's other sessions, and whether news of it arrives.

use serde::Serialize;
use session::{EndReason, Kind, Surface};
#[cfg(test)]
use ts_rs::TS;

use super::{Moment, moment};
use crate::session::snapshot::{ActivityItem, ActivityWhat, BridgeView};

/// Something that happened to another session.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct ActivityShown {
    /// When.
    pub at: Moment,
    /// Why it ended; absent when it started.
    pub ended: Option<EndReason>,
    /// The kind of that session.
    pub kind: Kind,
    /// Where the person did it.
    pub surface: Option<Surface>,
    /// That session's device.
    pub device: String,
}

/// Whether session events arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(rename_all = "snake_case")]
pub enum BridgeShown {
    /// The issuer has none.
    Absent,
    /// They do.
    Live,
    /// Cut; reconnecting.
    Reconnecting,
}

impl ActivityShown {
    pub(super) fn of(item: &ActivityItem) -> Self {
        Self {
            at: moment(item.at),
            ended: match item.what {
                ActivityWhat::SignedIn => None,
                ActivityWhat::Ended(reason) => Some(reason),
            },
            kind: item.kind,
            surface: item.surface,
            device: item.device.clone(),
        }
    }
}

impl BridgeShown {
    pub(super) fn of(bridge: BridgeView) -> Self {
        match bridge {
            BridgeView::Absent => Self::Absent,
            BridgeView::Live => Self::Live,
            BridgeView::Reconnecting => Self::Reconnecting,
        }
    }
}
