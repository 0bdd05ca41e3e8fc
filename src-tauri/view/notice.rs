//! What is said, as the window puts it into words.

use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

use crate::session::{message::Message, snapshot::Notice};

/// Something that the person should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct NoticeShown {
    /// Stable code.
    pub code: &'static str,
    /// What to say.
    pub message: MessageShown,
}

/// A message of the catalogue with its arguments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct MessageShown {
    /// The message's name.
    pub key: &'static str,
    /// Pairs of name and value.
    pub arguments: Vec<(&'static str, String)>,
}

impl NoticeShown {
    pub(super) fn of(notice: &Notice) -> Self {
        Self {
            code: notice.code,
            message: MessageShown::of(&notice.message),
        }
    }
}

impl MessageShown {
    pub(super) fn of(message: &Message) -> Self {
        Self {
            key: message.key,
            arguments: message.arguments.clone(),
        }
    }
}
