//! Changes of the keychain record: reading it, putting a new session in its place, signing out.
//! One at a time, each finished once begun.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Mutex, mpsc, watch},
    time::Instant,
};

use super::{Conductor, Report};
use crate::{
    issuer::connection::Connection,
    session::{
        alarm,
        keychain::Keychain,
        live,
        machine::Input,
        owed::{Left, Owed},
        problem::Problem,
        record::Record,
        renewal::Paused,
    },
    sign_in::exchange::SignedIn,
};

/// How long a keychain that is locked is not asked again.
const LEFT_ALONE: Duration = Duration::from_mins(5);

/// A new session that is in the keychain; the old one, if any, is held still until it is dropped.
pub(super) struct Kept {
    pub signed_in: Box<SignedIn>,
    pub paused: Option<Paused>,
}

impl Conductor {
    /// Reads the record, unless it is signed out of already.
    pub(super) fn read_record(&mut self) {
        if self.owed.is_noted(&self.account) {
            let _ = self.reports.send(Report::Read(Ok(None)));
            return;
        }
        let (keychain, account) = (self.dependencies.keychain.clone(), self.account.clone());
        let reports = self.reports.clone();
        self.background.spawn(async move {
            let _ = reports.send(Report::Read(read(&keychain, &account).await));
        });
    }

    /// A keychain may start after the app does. One that is locked would ask the person each
    /// time, and waits for the person instead.
    pub(super) fn read_again_later(&mut self, problem: Problem) {
        if !matches!(problem, Problem::KeychainMissing | Problem::KeychainSlow) {
            return;
        }
        let reports = self.reports.clone();
        self.background.spawn(async move {
            tokio::time::sleep(Duration::from_secs(15)).await;
            let _ = reports.send(Report::ReadAgain);
        });
    }

    /// Puts the verified session in the keychain, in the place of any other.
    pub(super) fn store(&mut self, number: u64, signed_in: SignedIn) {
        let (owed, account) = (self.owed.clone(), self.account.clone());
        let changing = Arc::clone(&self.changing);
        let old = self.live.as_ref().map(|live| Arc::clone(&live.renewer));
        let (reports, nudge) = (self.reports.clone(), self.owed_nudge.clone());
        self.closing.spawn(async move {
            let _changing = changing.lock_owned().await;
            // A renewal of the old session must not write over the new one.
            let paused = match old {
                Some(renewer) => Some(renewer.pause().await),
                None => None,
            };
            let result = owed.replace(&account, &signed_in.record).await;
            if result.is_err() {
                let _ = owed.keep(&signed_in.record).await;
            }
            let kept = result.map(|()| Kept {
                signed_in: Box::new(signed_in),
                paused,
            });
            let _ = reports.send(Report::Stored(number, kept));
            nudge.send_modify(|count| *count += 1);
        });
    }

    /// Signs out: noted at once, then the record, then the issuer.
    pub(super) fn sign_out(&mut self) {
        self.owed.note(&self.account);
        self.sign_out_owed = true;
        let (owed, account) = (self.owed.clone(), self.account.clone());
        let (changing, connection) = (Arc::clone(&self.changing), self.connection.clone());
        let (reports, nudge) = (self.reports.clone(), self.owed_nudge.clone());
        self.closing.spawn(async move {
            let changing = changing.lock_owned().await;
            if let Err(problem) = owed.retire(&account).await {
                // A locked keychain asks the person each time: it is left alone for a while.
                tracing::info!(code = problem.code(), "the record is removed later");
                let _ = reports.send(Report::PayLater);
                return;
            }
            let left = owed.pay(&connection).await;
            drop(changing);
            let _ = reports.send(Report::Owed(left != Left::Nothing));
            if left == Left::Something {
                nudge.send_modify(|count| *count += 1);
            }
        });
    }

    /// Pays when the keychain has been left alone for a while.
    pub(super) fn pay_later(&mut self) {
        let nudge = self.owed_nudge.clone();
        self.background.spawn(async move {
            tokio::time::sleep(LEFT_ALONE).await;
            nudge.send_modify(|count| *count += 1);
        });
    }

    /// Removes the record of a session that ended.
    pub(super) fn remove(&mut self) {
        let (keychain, account) = (self.dependencies.keychain.clone(), self.account.clone());
        let changing = Arc::clone(&self.changing);
        self.closing.spawn(async move {
            let _changing = changing.lock_owned().await;
            if let Err(error) = keychain.remove(&account).await {
                // It says so again at the next start, and is removed then.
                tracing::info!(%error, "the record of the ended session is still there");
            }
        });
    }

    /// A session that was made after its sign-in was cancelled.
    pub(super) fn revoke_unwanted(&mut self, record: Record) {
        let (owed, connection) = (self.owed.clone(), self.connection.clone());
        let changing = Arc::clone(&self.changing);
        self.closing.spawn(async move {
            let _changing = changing.lock_owned().await;
            if owed.keep(&record).await.is_ok() {
                owed.pay(&connection).await;
            }
        });
    }

    /// Finishes sign-outs of earlier, for as long as any is unfinished.
    pub(super) fn pay_what_is_owed(&mut self) {
        let (owed, connection) = (self.owed.clone(), self.connection.clone());
        let (reports, changing) = (self.reports.clone(), Arc::clone(&self.changing));
        let nudges = self.owed_nudge.subscribe();
        self.background
            .spawn(pay(owed, connection, changing, reports, nudges));
    }

    /// The session in the keychain is the new one.
    pub(super) fn stored(&mut self, number: u64, kept: Kept) {
        self.verified = Some(*kept.signed_in);
        self.take(Input::Stored(number, Ok(())));
        drop(kept.paused);
        self.verified = None;
    }
}

async fn pay(
    owed: Owed,
    connection: Connection,
    changing: Arc<Mutex<()>>,
    reports: mpsc::UnboundedSender<Report>,
    mut nudges: watch::Receiver<u64>,
) {
    let mut pauses = live::pauses();
    loop {
        let left = {
            let _changing = changing.lock().await;
            owed.pay(&connection).await
        };
        let _ = reports.send(Report::Owed(left != Left::Nothing));
        let pause = match left {
            Left::Something => pauses.next().unwrap_or(Duration::from_mins(1)),
            Left::KeychainLocked => LEFT_ALONE,
            Left::Nothing => {
                pauses = live::pauses();
                Duration::from_hours(24)
            }
        };
        alarm::wait(Instant::now() + pause, &mut nudges).await;
    }
}

async fn read(keychain: &Keychain, account: &str) -> Result<Option<Box<Record>>, Problem> {
    match keychain.read(account).await {
        Ok(Some(text)) => Record::from_text(&text)
            .map(|record| Some(Box::new(record)))
            .map_err(Problem::from),
        Ok(None) => Ok(None),
        Err(error) => {
            tracing::info!(%error, "the keychain cannot be read");
            Err(Problem::from(&error))
        }
    }
}
