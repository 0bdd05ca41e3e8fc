//! Attempts of frames, as they are kept: digests of their secrets, and what came of them.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum_extra::extract::cookie::CookieJar;
use serde::{Deserialize, Serialize};
use session::SessionId;
use store::{Purpose, StoreError, Taken};
use subtle::ConstantTimeEq;
use tokio::sync::broadcast;

use super::{Route, window};
use crate::{
    openid::secret,
    state::{App, Service},
    surfaces::SurfaceError,
};

/// How long a frame's attempt waits.
pub(super) const LIFE: Duration = Duration::from_mins(10);
/// Attempts that come to something between two looks of the slowest waiter.
const CAPACITY: usize = 256;

/// An attempt.
#[derive(Serialize, Deserialize)]
pub(super) struct Stored {
    /// The digest of what the frame hands to its window.
    pub hand: String,
    /// The digest of what the frame waits with.
    pub wait: String,
    /// The organization whose widget the frame is.
    pub organization: Option<String>,
    /// The digest of the window's cookie, once it has been handed the attempt.
    pub browser: Option<String>,
    /// What came of it.
    pub outcome: Option<Outcome>,
}

/// What came of an attempt.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum Outcome {
    /// The window is signed in.
    SignedIn(SessionId),
    /// The person said no.
    Cancelled,
    /// Whoever signed in is of another organization than the widget.
    OtherOrganization,
}

/// Tells waiting frames.
#[derive(Debug)]
pub(in crate::surfaces) struct Embeddings(Mutex<Option<broadcast::Sender<[u8; 32]>>>);

impl Default for Embeddings {
    fn default() -> Self {
        Self(Mutex::new(Some(broadcast::channel(CAPACITY).0)))
    }
}

impl Embeddings {
    /// Hears of attempts that came to something; `None` at shutdown.
    pub fn listen(&self) -> Option<broadcast::Receiver<[u8; 32]>> {
        let sender = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sender.as_ref().map(broadcast::Sender::subscribe)
    }

    fn tell(&self, attempt: [u8; 32]) {
        let sender = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // That nobody waits just now is no error.
        let _ = sender.as_ref().map(|sender| sender.send(attempt));
    }

    /// Nobody waits any longer.
    pub fn close(&self) {
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// The attempt, while it waits.
pub(super) async fn load(app: &Service, attempt: &str) -> Result<Stored, SurfaceError> {
    let now = app.clock.now();
    let digest = secret::digest(attempt);
    let single_use = app.store.single_use();
    match single_use.peek(Purpose::Embedding, digest, now).await? {
        Taken::Now(payload) => read(&payload),
        Taken::Before(_) | Taken::Expired | Taken::Unknown => Err(SurfaceError::AttemptOver),
    }
}

/// Uses the attempt up; one of two at once does.
pub(super) async fn take(app: &Service, attempt: &str) -> Result<Stored, SurfaceError> {
    let now = app.clock.now();
    let digest = secret::digest(attempt);
    let single_use = app.store.single_use();
    match single_use.take(Purpose::Embedding, digest, now).await? {
        Taken::Now(payload) => read(&payload),
        Taken::Before(_) | Taken::Expired | Taken::Unknown => Err(SurfaceError::AttemptOver),
    }
}

/// Writes an attempt that waits.
pub(super) async fn put(app: &Service, attempt: &str, stored: &Stored) -> Result<(), SurfaceError> {
    let over = app.clock.now() + LIFE;
    let digest = secret::digest(attempt);
    let single_use = app.store.single_use();
    single_use
        .put(Purpose::Embedding, digest, &written(stored)?, over)
        .await?;
    Ok(())
}

/// Writes it anew, and tells the frame that waits.
pub(super) async fn amend(
    app: &Service,
    attempt: &str,
    stored: &Stored,
) -> Result<(), SurfaceError> {
    let digest = secret::digest(attempt);
    let single_use = app.store.single_use();
    single_use
        .amend(Purpose::Embedding, digest, &written(stored)?)
        .await?;
    app.surfaces.embeddings.tell(digest);
    Ok(())
}

/// The window of the attempt has signed in.
///
/// Threats: another browser's attempt (the window's cookie must be the one that the attempt was
/// bound to), one that came to something already, a person of another organization.
pub(in crate::surfaces) async fn complete(
    app: &App,
    jar: &CookieJar,
    attempt: &str,
    session: SessionId,
) -> Result<(), SurfaceError> {
    let mut stored = bound(app, jar, attempt).await?;
    let now = app.clock.now();
    let live = app.sessions.get(app.store.as_ref(), session, now).await?;
    let live = live.ok_or(SurfaceError::SignedOut)?;
    let name = live.organization.name.trim().to_lowercase();
    let of_other = stored.organization.as_ref().is_some_and(|it| *it != name);
    stored.outcome = Some(if of_other {
        Outcome::OtherOrganization
    } else {
        Outcome::SignedIn(session)
    });
    amend(app, attempt, &stored).await?;
    if of_other {
        return Err(SurfaceError::OtherOrganization);
    }
    Ok(())
}

/// The person does not want to sign in.
pub(in crate::surfaces) async fn cancel(
    app: &App,
    jar: &CookieJar,
    attempt: &str,
) -> Result<(), SurfaceError> {
    let mut stored = bound(app, jar, attempt).await?;
    stored.outcome = Some(Outcome::Cancelled);
    amend(app, attempt, &stored).await
}

/// The attempt, if it was handed to a window of this browser and nothing came of it yet.
async fn bound(app: &App, jar: &CookieJar, attempt: &str) -> Result<Stored, SurfaceError> {
    let stored = load(app, attempt).await?;
    let cookie = window::cookie_of(jar).filter(|cookie| cookie.attempt == attempt);
    let cookie = cookie.ok_or(SurfaceError::NotHanded)?;
    let handed = stored
        .browser
        .as_deref()
        .is_some_and(|digest| is_digest_of(digest, cookie.secret));
    if !handed {
        return Err(SurfaceError::NotHanded);
    }
    if stored.outcome.is_some() {
        return Err(SurfaceError::AttemptOver);
    }
    Ok(stored)
}

/// Whether `digest` is the secret's, in constant time.
pub(super) fn is_digest_of(digest: &str, secret: &str) -> bool {
    let presented = secret::digest_text(secret);
    presented.as_bytes().ct_eq(digest.as_bytes()).into()
}

/// A new attempt for the frame of that document.
pub(super) fn new(hand: &str, wait: &str, route: Option<Route>) -> Stored {
    Stored {
        hand: secret::digest_text(hand),
        wait: secret::digest_text(wait),
        organization: route.map(|route| route.organization),
        browser: None,
        outcome: None,
    }
}

fn written(stored: &Stored) -> Result<String, SurfaceError> {
    serde_json::to_string(stored).map_err(|_| SurfaceError::Internal("an attempt without text"))
}

fn read(payload: &str) -> Result<Stored, SurfaceError> {
    serde_json::from_str(payload)
        .map_err(|_| SurfaceError::Store(StoreError::Unreadable("embedding attempt")))
}
