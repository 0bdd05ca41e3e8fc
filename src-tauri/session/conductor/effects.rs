//! Does the machine's effects.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Conductor, Report};
use crate::{
    session::{
        live::{About, Live},
        machine::{Effect, Input, Renewed},
        pending::Pending,
        record::Record,
        renewal::{Parts, Renewer},
        snapshot::{BridgeView, Pages},
    },
    sign_in::exchange::exchange,
};

impl Conductor {
    /// Does one effect; what follows at once comes back as an input.
    pub(super) fn act(&mut self, effect: Effect) -> Option<Input> {
        match effect {
            Effect::ReadRecord => self.read_record(),
            Effect::Prepare(number, way) => {
                self.pending = Some(Pending::begin(
                    number,
                    way,
                    &self.connection,
                    &self.dependencies.settings,
                    &self.shell,
                    &self.of_attempt,
                ));
            }
            Effect::OpenBrowser(number) => return self.open_browser(number),
            Effect::Abandon(number) => {
                if self.pending.as_ref().is_some_and(|it| it.number == number) {
                    self.pending = None;
                }
            }
            Effect::Exchange(number) => self.exchange(number),
            Effect::Store(number) => {
                if let Some(signed_in) = self.verified.take() {
                    self.store(number, signed_in);
                }
            }
            Effect::Begin => {
                if let Some(record) = self.next.take() {
                    return self.begin(record);
                }
            }
            Effect::Adopt => self.adopt(),
            Effect::Renew => self.nudge.send_modify(|count| *count += 1),
            Effect::SignOut => {
                self.drop_session();
                self.sign_out();
            }
            Effect::Remove => {
                self.end_session();
                self.remove();
            }
            Effect::Drop => self.end_session(),
            Effect::BringToFront => self.shell.bring_to_front(),
            Effect::TellEnded(ending) => self.shell.notify(&ending.message()),
        }
        None
    }

    fn open_browser(&mut self, number: u64) -> Option<Input> {
        let pending = self.pending.as_ref().filter(|it| it.number == number)?;
        let address = pending.address.as_ref()?;
        match self.shell.open_browser(address) {
            Ok(()) => None,
            Err(error) => {
                tracing::warn!(%error, "no browser");
                Some(Input::BrowserFailed(number))
            }
        }
    }

    fn exchange(&mut self, number: u64) {
        let Some(pending) = self.pending.as_mut().filter(|it| it.number == number) else {
            return;
        };
        let (Some(attempt), Some(code)) = (pending.attempt.take(), pending.code.take()) else {
            return;
        };
        let (connection, reports) = (self.connection.clone(), self.reports.clone());
        let client_id = self.dependencies.settings.client_id.clone();
        // Not stopped by a cancellation: a session that was made has to be revoked.
        self.closing.spawn(async move {
            let result = exchange(&connection, &client_id, attempt, &code).await;
            let _ = reports.send(Report::Exchanged(number, result.map(Box::new)));
        });
    }

    fn begin(&mut self, record: Record) -> Option<Input> {
        let about = self.about(&record);
        match Renewer::new(self.parts(), record, None) {
            Ok(renewer) => {
                self.go_live(about, Arc::new(renewer));
                None
            }
            Err(problem) => Some(Input::Renewed(Renewed::Keychain(problem))),
        }
    }

    fn adopt(&mut self) {
        self.pending = None;
        self.drop_session();
        let Some(signed_in) = self.verified.take() else {
            return;
        };
        let about = self.about(&signed_in.record);
        let first = Some((signed_in.access_token, signed_in.expires_in));
        match Renewer::new(self.parts(), signed_in.record, first) {
            Ok(renewer) => self.go_live(about, Arc::new(renewer)),
            Err(problem) => tracing::error!(code = problem.code(), "the new key is unusable"),
        }
    }

    fn go_live(&mut self, about: About, renewer: Arc<Renewer>) {
        self.live = Some(Live::begin(
            about,
            renewer,
            self.connection.clone(),
            &self.nudge.subscribe(),
            &self.of_session,
        ));
    }

    fn about(&mut self, record: &Record) -> About {
        self.sessions += 1;
        About {
            number: self.sessions,
            person: record.person.clone(),
            since: record.since,
            session: record.session.clone(),
        }
    }

    fn parts(&self) -> Parts {
        Parts {
            connection: self.connection.clone(),
            keychain: self.dependencies.keychain.clone(),
            account: self.account.clone(),
            every: self.dependencies.settings.renew_every,
        }
    }

    fn end_session(&mut self) {
        let former = self
            .live
            .as_ref()
            .map(|live| (live.person.clone(), Timestamp::now()));
        self.drop_session();
        self.former = former;
    }

    /// Nothing of one person is left for the next.
    fn drop_session(&mut self) {
        self.former = None;
        self.live = None;
        self.activity.clear();
        self.bridge = BridgeView::Absent;
        self.elsewhere = None;
        self.pages = Pages::default();
    }
}
