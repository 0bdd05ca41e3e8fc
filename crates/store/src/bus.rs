//! The event bus: tells every node of a service, at once, what happened to sessions.

use session::SessionEvent;
use tokio::sync::broadcast;

/// Publishes session events and hears those of all nodes, its own too. A listener that falls
/// behind is told so ([`broadcast::error::RecvError::Lagged`]) and catches up from the store.
pub trait Bus: Send + Sync + 'static {
    /// Tells everyone. Call after the event is durable.
    fn publish(&self, event: SessionEvent);
    /// Hears everything from now on.
    fn subscribe(&self) -> broadcast::Receiver<SessionEvent>;
}

/// The bus of a single node.
#[derive(Debug)]
pub struct InProcessBus {
    sender: broadcast::Sender<SessionEvent>,
}

impl InProcessBus {
    /// A bus whose slowest listener may be `capacity` events behind.
    pub fn new(capacity: usize) -> Self {
        Self {
            sender: broadcast::Sender::new(capacity),
        }
    }
}

impl Bus for InProcessBus {
    fn publish(&self, event: SessionEvent) {
        // An error only says that nobody listens.
        let _ = self.sender.send(event);
    }

    fn subscribe(&self) -> broadcast::Receiver<SessionEvent> {
        self.sender.subscribe()
    }
}
