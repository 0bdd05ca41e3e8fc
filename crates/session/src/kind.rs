//! The two kinds of session.

use serde::{Deserialize, Serialize};

/// What a session belongs to. A session is of one kind for its whole life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export_to = "wire/"))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One browser profile, shared by all browser surfaces there.
    Browser,
    /// One installed desktop app; owns one family of refresh tokens.
    Desktop,
}
