//! What a browser lets a frame from another site keep: the three worlds a widget lives in.

use std::fmt;

/// How a browser treats cookies of frames from other sites.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cookies {
    /// As the browser comes.
    #[default]
    Usual,
    /// Frames have their site's cookies. Chromium: policy; Firefox: `cookieBehavior` 0.
    Allowed,
    /// Frames have cookies of their own for each page around them, and nobody grants more.
    /// Chromium: policy, and storage access refused.
    Blocked,
    /// Frames have cookies of their own for each page around them, and may ask for their site's.
    /// Chromium: as it comes, and storage access granted; Firefox: total cookie protection.
    Partitioned,
}

impl Cookies {
    /// The three that a widget must work in.
    pub const ALL: [Self; 3] = [Self::Allowed, Self::Blocked, Self::Partitioned];

    /// Chromium's policy `BlockThirdPartyCookies`.
    pub(crate) fn blocked_by_policy(self) -> Option<bool> {
        match self {
            Self::Usual | Self::Partitioned => None,
            Self::Allowed => Some(false),
            Self::Blocked => Some(true),
        }
    }

    /// How somebody who is asked for storage access answers; none where nobody is asked.
    pub fn answer(self) -> Option<bool> {
        match self {
            Self::Usual | Self::Allowed => None,
            Self::Blocked => Some(false),
            Self::Partitioned => Some(true),
        }
    }
}

impl fmt::Display for Cookies {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Usual => "usual cookies",
            Self::Allowed => "third-party cookies allowed",
            Self::Blocked => "third-party cookies blocked",
            Self::Partitioned => "third-party cookies partitioned",
        })
    }
}
