//! Each step in words, for the trace of a counterexample.

use std::fmt;

use crate::{
    message::{Holder, Message},
    world::{Action, Caller, Name, Place},
};

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Browser => "the browser session",
            Self::BrowserAgain => "the second browser session",
            Self::Desktop => "the desktop session",
            Self::DesktopAgain => "the second desktop session",
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FirstTab => "the first tab",
            Self::SecondTab => "the second tab",
            Self::Widget => "the widget",
        })
    }
}

impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FirstTab => "the first tab",
            Self::SecondTab => "the second tab",
            Self::App => "the app",
        })
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::App => "the app",
            Self::Thief => "the thief",
        })
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Renew {
                by,
                session,
                generation,
                made_at,
            } => write!(
                f,
                "{by}'s token {generation} of {session} (sent when {made_at} was the newest)"
            ),
            Self::Renewed {
                to,
                session,
                generation,
                successor,
            } => write!(
                f,
                "the answer to {to}: token {successor} of {session} for token {generation}"
            ),
            Self::Refused { to, session } => write!(f, "the answer to {to}: {session} has ended"),
            Self::DesktopSignOut { session } => write!(f, "the app's sign-out of {session}"),
            Self::DesktopSignedOut { session } => {
                write!(f, "the answer to the app: signed out of {session}")
            }
            Self::SurfaceSignOut { session, place } => {
                write!(f, "the sign-out of {session} from {place}")
            }
            Self::Ended { session, reason } => {
                write!(f, "the event: {session} ended ({reason:?})")
            }
            Self::Call { session, by } => {
                write!(f, "{by}'s word that its call in {session} goes on")
            }
            Self::CallOver { session, by } => {
                write!(f, "{by}'s word that its call in {session} is over")
            }
            Self::SignOutAfterCall { session } => {
                write!(f, "the sign-out of {session} for when its call is over")
            }
            Self::AdminEnds { now: true } => f.write_str("an admin's end of everything, now"),
            Self::AdminEnds { now: false } => {
                f.write_str("an admin's end of everything, after calls")
            }
            Self::EndsAfterCall { session } => {
                write!(f, "the answer: {session} ends when its call is over")
            }
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignsInOnDesktop(name) => write!(f, "the person signs in in the app: {name}"),
            Self::SignsOutOnDesktop => f.write_str("the person signs out in the app"),
            Self::AppAsks => f.write_str("the app presents its token"),
            Self::AppHears(message) => write!(f, "the app receives {message}"),
            Self::AppStores => f.write_str("the app stores the successor in the keychain"),
            Self::AppSendsLastWish(name) => write!(f, "the app asks to be signed out of {name}"),
            Self::AppGivesUp => f.write_str("the app gives up waiting"),
            Self::AppKilled => f.write_str("the app is killed and started again"),
            Self::SignsInInBrowser(name) => {
                write!(f, "the person signs in in the browser: {name}")
            }
            Self::SignsOutOn(place) => write!(f, "the person signs out in {place}"),
            Self::SurfaceChecks(place) => write!(f, "{place} asks whether it is signed in"),
            Self::SurfaceReadsCheck(place) => write!(f, "{place} receives the answer"),
            Self::SurfaceHears(place, message) => write!(f, "{place} receives {message}"),
            Self::SurfaceReloads(place) => write!(f, "{place} is closed and opened again"),
            Self::ServiceReads(message) => write!(f, "the service receives {message}"),
            Self::ServiceCommits => f.write_str("the service commits"),
            Self::ServiceSends => f.write_str("the service sends what it has to say"),
            Self::ServiceKilled => f.write_str("the service is killed and started again"),
            Self::BackupMade => f.write_str("the operator makes a backup"),
            Self::BackupRestored => f.write_str("the operator restores the backup"),
            Self::ThiefCopies => f.write_str("a thief copies the keychain record"),
            Self::ThiefHears(message) => write!(f, "the thief receives {message}"),
            Self::Calls(caller) => write!(f, "{caller} is on a call"),
            Self::HangsUp(caller) => write!(f, "{caller} hangs up"),
            Self::SignsOutAfterCall => f.write_str("the person signs out for after the call"),
            Self::AdminEnds { now: true } => f.write_str("an admin ends all sessions now"),
            Self::AdminEnds { now: false } => {
                f.write_str("an admin ends all sessions, after their calls")
            }
            Self::MinutePasses { reported: true } => {
                f.write_str("a minute passes, and calls go on being reported")
            }
            Self::MinutePasses { reported: false } => {
                f.write_str("a minute passes, and nothing is heard of any call")
            }
            Self::HoursPass => f.write_str("four hours pass, but for a minute"),
            Self::ServiceLooks => f.write_str("the service looks for ends that are due"),
        }
    }
}
