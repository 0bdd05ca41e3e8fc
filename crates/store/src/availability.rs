//! Whether a person takes calls, on all their surfaces.

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use session::UserId;

use crate::StoreError;

/// What a person says about taking calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    /// Takes calls.
    #[default]
    Available,
    /// Is at work on something else.
    Busy,
    /// Is not there.
    Away,
}

/// The repository of availabilities.
#[async_trait]
pub trait Availabilities: Send + Sync {
    /// What a person said last.
    async fn get(&self, user: UserId) -> Result<Availability, StoreError>;
    /// What a person says now. `false` if it is what they said before.
    async fn set(
        &self,
        user: UserId,
        availability: Availability,
        at: Timestamp,
    ) -> Result<bool, StoreError>;
}
