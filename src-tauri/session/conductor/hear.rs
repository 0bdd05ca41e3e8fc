//! What the conductor hears: requests, and reports of its own work. Each becomes an input of the
//! machine, or a change of what is shown.

use std::sync::Arc;

use super::{ACTIVITY, Conductor, Report, show};
use crate::{
    bridge::News,
    session::{
        live,
        machine::{Answer, Input, Reading, Renewed},
        pending,
        problem::Problem,
        renewal::Renewal,
        request::Request,
        snapshot::{BridgeView, Way},
    },
    sign_in::callback::{Verdict, judge, pasted},
};

impl Conductor {
    pub(super) fn asked(&mut self, request: Request) {
        match request {
            Request::SignIn => self.take(Input::SignIn(Way::DeepLink)),
            Request::SignInOnLoopback => self.take(Input::SignIn(Way::Loopback)),
            Request::CancelSignIn => self.take(Input::Cancel),
            Request::CallbackArrived(text) => {
                let expected = self.pending.as_ref().and_then(|it| it.expected.as_ref());
                let verdict = judge(&text, expected);
                self.answered(verdict);
            }
            Request::CodePasted(text) => {
                let expected = self.pending.as_ref().and_then(|it| it.expected.as_ref());
                let verdict = match expected {
                    Some(expected) => pasted(&text, expected),
                    None => Verdict::Stray(Problem::LinkWithoutAttempt),
                };
                self.answered(verdict);
            }
            Request::SignOut => self.take(Input::SignOut),
            Request::Retry => self.take(Input::Retry),
            Request::Resumed => self.nudge(),
            Request::OpenPage(page) => self.open_page(page),
            Request::DismissNotice => self.take(Input::Dismiss),
            Request::Quit => {}
        }
    }

    /// An answer to the attempt under way, or to none.
    fn answered(&mut self, verdict: Verdict) {
        let number = self.pending.as_ref().map(|pending| pending.number);
        let answer = match (verdict, number) {
            (Verdict::Code(code), Some(number)) => {
                if let Some(pending) = &mut self.pending
                    && pending.attempt.is_some()
                {
                    pending.code = Some(code);
                }
                Answer::Code(number)
            }
            (Verdict::Failed(problem), Some(number)) => Answer::Error(number, problem),
            (Verdict::Stray(problem), _) => Answer::Stray(problem),
            (_, None) => Answer::Stray(Problem::LinkWithoutAttempt),
        };
        if let Answer::Stray(problem) = answer {
            tracing::info!(code = problem.code(), "an answer that fits no sign-in");
        }
        self.take(Input::Came(answer));
    }

    pub(super) fn reported(&mut self, report: Report) {
        if matches!(report, Report::Read(Ok(_))) && !self.paying {
            // Not before: a locked keychain asks the person once, for the record.
            self.paying = true;
            self.pay_what_is_owed();
        }
        match report {
            Report::Read(Ok(Some(record))) => {
                self.next = Some(*record);
                self.take(Input::RecordRead(Reading::Found));
                self.next = None;
            }
            Report::Read(Ok(None)) => self.take(Input::RecordRead(Reading::Absent)),
            Report::Read(Err(problem)) => {
                self.take(Input::RecordRead(Reading::Failed(problem)));
                self.read_again_later(problem);
            }
            Report::ReadAgain => self.read_record(),
            Report::Exchanged(number, Ok(signed_in)) => {
                self.verified = Some(*signed_in);
                self.take(Input::Exchanged(number, Ok(())));
                // Cancelled meanwhile: nobody wants this session.
                if let Some(unwanted) = self.verified.take() {
                    self.revoke_unwanted(unwanted.record);
                }
            }
            Report::Exchanged(number, Err(problem)) => {
                self.take(Input::Exchanged(number, Err(problem)));
            }
            Report::Stored(number, Ok(kept)) => self.stored(number, kept),
            Report::Stored(number, Err(problem)) => {
                self.take(Input::Stored(number, Err(problem)));
            }
            Report::PayLater => self.pay_later(),
            Report::Owed(owed) => self.sign_out_owed = owed,
        }
    }

    pub(super) fn session_told(&mut self, number: u64, told: live::Told) {
        let Some(live) = self.live.as_mut().filter(|live| live.number == number) else {
            return;
        };
        match told {
            live::Told::Renewal(renewal) | live::Told::News(News::Checked(renewal)) => {
                let renewed = match renewal {
                    Renewal::Fresh(access) => {
                        live.last_renewed = Some(access.given);
                        Renewed::Fresh
                    }
                    Renewal::TryLater(problem) => Renewed::Later(problem),
                    Renewal::SignedOut(ending) => Renewed::Over(ending),
                    Renewal::KeychainUnavailable(problem) => Renewed::Keychain(problem),
                };
                self.take(Input::Renewed(renewed));
            }
            live::Told::News(News::Live) => {
                self.bridge = BridgeView::Live;
                self.take(Input::Reached);
            }
            live::Told::News(News::Cut) => self.bridge = BridgeView::Reconnecting,
            live::Told::News(News::OwnEnd(ending)) => self.take(Input::Told(ending)),
            live::Told::News(News::Activity(item)) => {
                self.activity.push_front(item);
                self.activity.truncate(ACTIVITY);
            }
            live::Told::News(News::Elsewhere(elsewhere)) => self.elsewhere = Some(elsewhere),
            live::Told::Pages(pages) => self.pages = *pages,
        }
    }

    pub(super) fn attempt_told(&mut self, number: u64, told: pending::Told) {
        let Some(pending) = self.pending.as_mut().filter(|it| it.number == number) else {
            return;
        };
        match told {
            pending::Told::Ready(Ok(ready)) => {
                let way = ready.way;
                let pages = show::pages(Arc::clone(&self.dependencies.words));
                pending.ready(*ready, pages);
                self.take(Input::Prepared(number, Ok(way)));
            }
            pending::Told::Ready(Err(problem)) => {
                self.take(Input::Prepared(number, Err(problem)));
            }
            pending::Told::Visited(verdict) => self.answered(verdict),
            pending::Told::Expired => self.take(Input::Expired(number)),
        }
    }
}
