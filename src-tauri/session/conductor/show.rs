//! What can be shown: the snapshot, and the page of the loopback redirect.

use std::sync::Arc;

use super::Conductor;
use crate::{
    session::{
        machine::{Stage, Standing},
        message::Message,
        pending::Pending,
        problem::Problem,
        shell::Words,
        snapshot::{BridgeView, Notice, Snapshot, StateView, Unreadable},
    },
    sign_in::loopback::{Page, Pages},
};

impl Conductor {
    /// Publishes a new snapshot, if anything in it changed.
    pub(super) fn show(&self) {
        let snapshot = self.snapshot();
        self.publish.send_if_modified(|shown| {
            let changed = *shown != snapshot;
            *shown = snapshot;
            changed
        });
    }

    fn snapshot(&self) -> Snapshot {
        let live = self.live.as_ref();
        Snapshot {
            state: self.state_view(),
            person: live
                .map(|live| &live.person)
                .or(self.former.as_ref().map(|(person, _)| person))
                .cloned(),
            issuer: Some(self.dependencies.settings.issuer.url().clone()),
            attempt: self.pending.as_ref().map(Pending::view),
            notice: self.notice(),
            activity: self.activity.iter().cloned().collect(),
            session_since: live.map(|live| live.since),
            ended_at: self.former.as_ref().map(|(_, at)| *at),
            last_renewed: live.and_then(|live| live.last_renewed),
            sign_out_owed: self.sign_out_owed,
            bridge: live.map_or(BridgeView::Absent, |_| self.bridge),
            elsewhere: self.elsewhere.as_ref().map(|it| it.sessions.clone()),
            pages: self.may_open(),
        }
    }

    fn state_view(&self) -> StateView {
        match (self.state.attempt.map(|it| it.stage), self.state.standing) {
            (Some(Stage::Preparing | Stage::Waiting), _) => StateView::WaitingForBrowser,
            (Some(Stage::Exchanging | Stage::Storing), _) => StateView::Exchanging,
            (None, Standing::Starting) => StateView::Starting,
            (None, Standing::SignedOut) => StateView::SignedOut,
            (None, Standing::SignedIn(connection)) => StateView::SignedIn(connection),
            (None, Standing::KeychainUnavailable { problem, .. }) => match problem {
                Problem::RecordDamaged => StateView::RecordUnreadable(Unreadable::Damaged),
                Problem::RecordNewer => StateView::RecordUnreadable(Unreadable::Newer),
                _ => StateView::KeychainUnavailable,
            },
            (None, Standing::Ended(ending)) => StateView::Ended(ending),
        }
    }

    /// The keychain's problem is told as long as it lasts, but not to whom is mending it by a sign-in.
    fn notice(&self) -> Option<Notice> {
        let standing = match self.state.standing {
            Standing::KeychainUnavailable { problem, .. } if self.state.attempt.is_none() => {
                Some(problem)
            }
            _ => None,
        };
        self.state.notice.or(standing).map(Notice::from)
    }
}

/// The pages of the loopback redirect, in the catalogue's words.
pub(super) fn pages(words: Arc<dyn Words>) -> Pages {
    Arc::new(move |page| {
        let (title, body) = match page {
            Page::Received => ("loopback-received-title", "loopback-received-body"),
            Page::Refused => ("loopback-refused-title", "loopback-refused-body"),
            Page::Stray => ("loopback-stray-title", "loopback-stray-body"),
        };
        let text = |key| escape(&words.text(&Message::plain(key)));
        format!(
            include_str!("loopback.html"),
            title = text(title),
            body = text(body)
        )
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
