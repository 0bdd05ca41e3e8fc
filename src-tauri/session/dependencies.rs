//! What the controller is given.

use std::sync::Arc;

use super::{keychain::Keychain, shell::Words};
use crate::settings::Settings;

/// What the controller works with.
pub struct Dependencies {
    /// The app's settings.
    pub settings: Settings,
    /// Where the record is kept.
    pub keychain: Keychain,
    /// The message catalogue, for the loopback page.
    pub words: Arc<dyn Words>,
    /// The runtime that its tasks run on.
    pub runtime: tokio::runtime::Handle,
}
