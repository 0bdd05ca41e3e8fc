//! The whole desktop session, driven without a window.

mod elsewhere;
mod keychain;
mod service;
mod sign_in;
mod sign_out;

use super::Snapshot;

fn code(snapshot: &Snapshot) -> Option<&'static str> {
    snapshot.notice.as_ref().map(|notice| notice.code)
}
