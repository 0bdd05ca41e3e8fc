//! What clients still have to be told of ends (OpenID Connect Back-Channel Logout 1.0): an outbox
//! that is written in the transaction of the end.

use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::Timestamp;
use session::{SessionId, UserId};

use crate::StoreError;

/// One client that has to be told of one end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its place in the outbox.
    pub number: u64,
    /// Whom to tell: a `client_id`.
    pub client: String,
    /// Whose session ended.
    pub user: UserId,
    /// Which.
    pub session: SessionId,
    /// When.
    pub ended_at: Timestamp,
    /// How often it was tried, this time too.
    pub attempts: u32,
}

/// How it goes with telling one client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failing {
    /// Ends that it was tried to be told of, in vain, and will be again.
    pub waiting: u32,
    /// Ends that it will not be told of any more.
    pub given_up: u32,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When it is tried again.
    pub next_try: Option<Timestamp>,
}

/// The outbox.
#[async_trait]
pub trait Deliveries: Send + Sync {
    /// Takes what is to be tried at `now`, oldest first, at most `limit`; it comes up again at
    /// `until` unless something else is said of it, so that a crash loses nothing.
    async fn claim(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError>;
    /// The client knows, or has not to be told any more.
    async fn done(&self, number: u64) -> Result<(), StoreError>;
    /// It went wrong; it is tried again at `next_try`, or given up.
    async fn failed(
        &self,
        number: u64,
        error: &str,
        next_try: Option<Timestamp>,
    ) -> Result<(), StoreError>;
    /// Tries everything that failed for a client at `now`, what was given up too: its address has
    /// changed, or an admin says so.
    async fn retry(&self, client: &str, now: Timestamp) -> Result<u64, StoreError>;
    /// The clients that something went wrong with, by id.
    async fn failing(&self) -> Result<BTreeMap<String, Failing>, StoreError>;
    /// Removes what was given up and ended before `before`, at most `limit`; how many it removed.
    async fn clean(&self, before: Timestamp, limit: u32) -> Result<u64, StoreError>;
}
