//! The operating system's keychain.

use std::{sync::Arc, time::Duration};

use keyring_core::CredentialStore;

/// The app's records in the keychain; cheap to clone.
#[derive(Clone)]
pub struct Keychain {
    service: Arc<str>,
    fixed: Option<Arc<CredentialStore>>,
    limit: Duration,
}

impl Keychain {
    /// The platform's own.
    pub fn platform(service: &str) -> Self {
        Self {
            service: service.into(),
            fixed: None,
            limit: Duration::from_secs(10),
        }
    }
}
