//! Ctrl-C: heard once, asked for by whoever waits.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::Error;

static PRESSED: AtomicBool = AtomicBool::new(false);

/// Starts listening.
pub fn watch() -> Result<(), Error> {
    Ok(ctrlc::set_handler(|| {
        PRESSED.store(true, Ordering::SeqCst);
    })?)
}

/// Whether the person has asked to stop.
pub fn pressed() -> bool {
    PRESSED.load(Ordering::SeqCst)
}
