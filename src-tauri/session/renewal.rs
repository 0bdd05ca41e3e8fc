//! Keeps a session alive. One renewal at a time for all who ask; the successor of a refresh token
//! is stored before it is used; only an `invalid_grant` of the issuer itself ends the session.

mod outcome;
mod rotation;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use secrecy::SecretString;
use tokio::{
    sync::{Mutex, MutexGuard, OwnedMutexGuard},
    time::Instant,
};

pub use self::outcome::{Access, Renewal};
use self::rotation::Stopped;
use super::{keychain::Keychain, problem::Problem, record::Record};
use crate::{
    dpop::ProofKey,
    issuer::{connection::Connection, oauth::Prover},
};

/// Where the issuer does not say how long an access token lives.
const LIFE: Duration = Duration::from_mins(5);

/// How long a locked keychain is left alone.
const LEFT_ALONE: Duration = Duration::from_mins(5);

/// Renews one session.
pub struct Renewer {
    connection: Connection,
    keychain: Keychain,
    account: String,
    client_id: String,
    /// For tests: renew this often, whatever the issuer says.
    every: Option<Duration>,
    held: Arc<Mutex<Held>>,
    last_event: AtomicU64,
    /// Proves requests with the access token, which have nonces of their own (RFC 9449 §9).
    pub resource_prover: Prover,
    token_prover: Arc<Prover>,
}

/// While it lives, no renewal is under way, and none begins.
pub struct Paused(#[allow(dead_code)] OwnedMutexGuard<Held>);

struct Held {
    record: Record,
    /// The keychain did not take `record` yet: it is stored before it is used.
    unsaved: bool,
    access: Option<Access>,
    renewals: u64,
    /// Asking a locked keychain shows the person a question: not before then, unless they want.
    ask_again: Option<Instant>,
}

impl Held {
    fn is_left_alone(&self) -> bool {
        self.ask_again.is_some_and(|then| Instant::now() < then)
    }
}

/// What a renewer works with.
pub struct Parts {
    /// The issuer.
    pub connection: Connection,
    /// Where the record is.
    pub keychain: Keychain,
    /// The record's name.
    pub account: String,
    /// Overrides the time between renewals.
    pub every: Option<Duration>,
}

impl Renewer {
    /// For a session as it is stored, with its first access token if it was just made.
    pub fn new(
        parts: Parts,
        record: Record,
        first: Option<(SecretString, Option<Duration>)>,
    ) -> Result<Self, Problem> {
        let key = record
            .proof_key
            .as_ref()
            .map(ProofKey::from_text)
            .transpose()
            .map_err(|_| Problem::RecordDamaged)?;
        let clock = &parts.connection.http.clock;
        let access = first.map(|(token, life)| Access {
            token,
            number: 0,
            renew_at: Instant::now() + due_after(parts.every, life),
            given: clock.now(),
        });
        Ok(Self {
            connection: parts.connection,
            keychain: parts.keychain,
            account: parts.account,
            client_id: record.client_id.clone(),
            every: parts.every,
            last_event: AtomicU64::new(record.last_event.unwrap_or(0)),
            resource_prover: Prover::new(key.clone()),
            token_prover: Arc::new(Prover::new(key)),
            held: Arc::new(Mutex::new(Held {
                record,
                unsaved: false,
                access,
                renewals: 0,
                ask_again: None,
            })),
        })
    }

    /// The access token, if it is not due for renewal.
    pub async fn current(&self) -> Option<Access> {
        self.held.lock().await.access.clone()
    }

    /// Waits for the renewal under way, if any, and keeps others from beginning.
    pub async fn pause(&self) -> Paused {
        Paused(Arc::clone(&self.held).lock_owned().await)
    }

    /// Remembers a session event, so that a restart resumes after it. Stored with the next
    /// renewal: hearing an event twice is harmless.
    pub fn heard(&self, sequence: u64) {
        self.last_event.fetch_max(sequence, Ordering::Relaxed);
    }

    /// The last session event that was heard.
    pub fn last_event(&self) -> Option<u64> {
        Some(self.last_event.load(Ordering::Relaxed)).filter(|sequence| *sequence > 0)
    }

    /// A usable access token: the one at hand, or a new one.
    pub async fn usable(&self) -> Renewal {
        let held = self.held.lock().await;
        match &held.access {
            Some(access) if Instant::now() < access.renew_at => Renewal::Fresh(access.clone()),
            _ if held.is_left_alone() => Renewal::KeychainUnavailable(Problem::KeychainLocked),
            _ => self.renew_held(held).await,
        }
    }

    /// A newer access token than number `seen`; callers who wait for the same renewal share it.
    /// `None`: a person wants it, or the computer woke up.
    pub async fn renew(&self, seen: Option<u64>) -> Renewal {
        let held = self.held.lock().await;
        match (&held.access, seen) {
            (Some(access), Some(seen)) if access.number > seen => Renewal::Fresh(access.clone()),
            (_, Some(_)) if held.is_left_alone() => {
                Renewal::KeychainUnavailable(Problem::KeychainLocked)
            }
            _ => self.renew_held(held).await,
        }
    }

    async fn renew_held(&self, mut held: MutexGuard<'_, Held>) -> Renewal {
        let result = self.rotate(&mut held).await;
        held.ask_again = match &result {
            Err(Stopped(Renewal::KeychainUnavailable(Problem::KeychainLocked))) => {
                Some(Instant::now() + LEFT_ALONE)
            }
            _ => None,
        };
        match result {
            Ok(access) => {
                tracing::info!("renewed");
                held.access = Some(access.clone());
                Renewal::Fresh(access)
            }
            Err(Stopped(renewal)) => {
                if let Renewal::TryLater(problem) | Renewal::KeychainUnavailable(problem) = &renewal
                {
                    tracing::info!(code = problem.code(), "renewal failed");
                } else {
                    tracing::info!("renewal refused");
                }
                renewal
            }
        }
    }
}

/// At 80 % of the token's life.
fn due_after(every: Option<Duration>, life: Option<Duration>) -> Duration {
    every.unwrap_or_else(|| life.unwrap_or(LIFE).mul_f32(0.8))
}

#[cfg(test)]
mod tests;
