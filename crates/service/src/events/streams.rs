//! The open streams of this node, by user.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use session::{SessionEvent, SessionId, UserId, What};
use tokio::sync::mpsc;

use crate::surfaces::wire::ChangedWhat;

/// A stream that is this far behind is closed; its client resumes from the store.
const BEHIND: usize = 32;

/// What a stream is told.
#[derive(Clone, Debug)]
pub(super) enum Told {
    /// Something happened.
    Event(Arc<Line>),
    /// Something may have happened that was not heard: read it from the store.
    CatchUp,
    /// Something about the person's sessions is not as it was, for surfaces.
    Changed(ChangedWhat),
}

/// An event, written once for all who hear it.
#[derive(Debug)]
pub(super) struct Line {
    pub sequence: u64,
    /// The session that it ends, if it ends one.
    pub ends: Option<SessionId>,
    pub data: String,
}

impl Line {
    pub fn of(event: &SessionEvent) -> Self {
        Self {
            sequence: event.sequence,
            ends: matches!(event.what, What::Ended { .. }).then_some(event.session),
            // The type has no map keys or floats that JSON could refuse.
            data: serde_json::to_string(event).unwrap_or_default(),
        }
    }
}

/// How many streams are open on this node.
const OPEN: &str = "unified_login_event_streams";

type ByUser = HashMap<UserId, Vec<(u64, mpsc::Sender<Told>)>>;

/// The open streams.
#[derive(Debug, Default)]
pub struct Streams {
    by_user: Arc<Mutex<ByUser>>,
    names: AtomicU64,
}

/// A stream's place; given up when dropped.
#[derive(Debug)]
pub(super) struct Place {
    by_user: Arc<Mutex<ByUser>>,
    user: UserId,
    name: u64,
}

impl Place {
    pub fn user(&self) -> UserId {
        self.user
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        metrics::gauge!(OPEN).decrement(1.0);
        let mut by_user = locked(&self.by_user);
        if let Some(streams) = by_user.get_mut(&self.user) {
            streams.retain(|(name, _)| *name != self.name);
            if streams.is_empty() {
                by_user.remove(&self.user);
            }
        }
    }
}

impl Streams {
    /// How many are open.
    pub fn open(&self) -> usize {
        locked(&self.by_user).values().map(Vec::len).sum()
    }

    /// Closes all: the service is shutting down. Their clients come back and resume.
    pub fn close(&self) {
        locked(&self.by_user).clear();
    }

    /// Hears a user's events from now on.
    pub(super) fn join(&self, user: UserId) -> (Place, mpsc::Receiver<Told>) {
        let name = self.names.fetch_add(1, Ordering::Relaxed);
        let (sender, receiver) = mpsc::channel(BEHIND);
        let mut by_user = locked(&self.by_user);
        by_user.entry(user).or_default().push((name, sender));
        metrics::gauge!(OPEN).increment(1.0);
        let place = Place {
            by_user: Arc::clone(&self.by_user),
            user,
            name,
        };
        (place, receiver)
    }

    /// Tells the streams of the event's user. A stream that cannot keep up loses its sender, and
    /// with it ends.
    pub(super) fn tell(&self, event: &SessionEvent) {
        let mut by_user = locked(&self.by_user);
        if let Some(streams) = by_user.get_mut(&event.user) {
            let line = Arc::new(Line::of(event));
            streams.retain(|(_, sender)| sender.try_send(Told::Event(Arc::clone(&line))).is_ok());
        }
    }

    /// Tells a person's surfaces that something is not as it was: they ask for the session again.
    pub fn changed(&self, user: UserId, what: ChangedWhat) {
        let mut by_user = locked(&self.by_user);
        if let Some(streams) = by_user.get_mut(&user) {
            streams.retain(|(_, sender)| sender.try_send(Told::Changed(what)).is_ok());
        }
    }

    /// Has every stream read from the store what it may have missed.
    pub(super) fn catch_up(&self) {
        for streams in locked(&self.by_user).values_mut() {
            streams.retain(|(_, sender)| sender.try_send(Told::CatchUp).is_ok());
        }
    }
}

fn locked(by_user: &Mutex<ByUser>) -> MutexGuard<'_, ByUser> {
    by_user.lock().unwrap_or_else(PoisonError::into_inner)
}
