//! What a person, the operating system or the window asks of the controller.

use super::snapshot::Page;

/// One wish. None of them can fail at the call; what comes of it shows in the snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Sign in through the system browser. While an attempt is under way it is continued: the
    /// browser is opened again.
    SignIn,
    /// Sign in with a loopback redirect (RFC 8252 §7.3): the browser did not come back.
    SignInOnLoopback,
    /// Give the attempt up. A session that works stays.
    CancelSignIn,
    /// An address that the operating system handed over. Untrusted text.
    CallbackArrived(String),
    /// A code that a person copied from the browser's last page. Untrusted text.
    CodePasted(String),
    /// End the session here and at the service.
    SignOut,
    /// Try again whatever failed: the keychain, the renewal, the sign-in.
    Retry,
    /// The computer woke up, or the network came back: look again.
    Resumed,
    /// Open a page of the issuer in the browser.
    OpenPage(Page),
    /// The notice was read.
    DismissNotice,
    /// Stop everything. The session stays in the keychain.
    Quit,
}
