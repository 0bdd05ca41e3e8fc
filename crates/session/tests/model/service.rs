//! The service: it decides in memory, commits, and only then answers and publishes. A kill takes
//! it back to what it committed.

use std::collections::BTreeSet;

use jiff::Timestamp;
use session::{Cause, Effect, End, EndReason, Presented};

use crate::{
    message::Message,
    rules::Rules,
    scenario::Scenario,
    world::{Action, Name, Next, PERSON, Record},
};

/// What is known of each session that was ever made.
pub type Book = [Option<Record>; Name::ALL.len()];

/// The service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Service {
    /// What it decided.
    pub memory: Book,
    /// What it committed: all that is left of it after a kill.
    pub disk: Book,
    /// Answers and events that wait for the commit.
    pub unsent: BTreeSet<Message>,
    /// The operator's backup.
    pub backup: Backup,
    /// How many minutes have passed.
    pub minutes: u16,
}

/// A backup of what was committed, made at some moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Backup {
    #[default]
    None,
    Made(Book),
    Restored,
}

impl Service {
    /// A sign-in was finished and is durable.
    pub fn start(&mut self, name: Name) {
        self.memory[name as usize] = Some(Record::NEW);
        self.disk[name as usize] = Some(Record::NEW);
    }

    /// Whether a session lives, as a surface is told that asks.
    pub fn check(&self, name: Name, rules: &Rules) -> bool {
        let book = if rules.durable_before_answering {
            &self.disk
        } else {
            &self.memory
        };
        book[name as usize].is_some_and(Record::is_live)
    }

    /// What time it is, counted in renewals of a session.
    pub fn now(&self, name: Name) -> u8 {
        self.memory[name as usize].map_or(0, |record| record.issued)
    }

    /// What its clock shows.
    pub fn clock(&self) -> Timestamp {
        Timestamp::from_second(i64::from(self.minutes) * 60).expect("a small number of minutes")
    }

    /// All that it decided is durable.
    pub fn commit(&mut self) {
        self.disk = self.memory;
    }

    /// Decides on a message.
    pub fn read(&mut self, message: Message, rules: &Rules) {
        match message {
            Message::Renew { .. } => self.renew(message, rules),
            Message::DesktopSignOut { session } => {
                let cause = Cause::DesktopSignOut {
                    session: session.id(),
                };
                self.apply(&cause, rules);
                self.unsent.insert(Message::DesktopSignedOut { session });
            }
            Message::SurfaceSignOut { session, place } => {
                let cause = Cause::SurfaceSignOut {
                    session: session.id(),
                    user: PERSON,
                    surface: place.surface(),
                    all_browsers: false,
                    when: session::When::Now,
                };
                self.apply(&cause, rules);
            }
            _ => self.read_of_calls(message, rules),
        }
    }

    fn renew(&mut self, message: Message, rules: &Rules) {
        let Message::Renew {
            by,
            session,
            generation,
            made_at,
        } = message
        else {
            return;
        };
        let Some(record) = &mut self.memory[session as usize] else {
            return;
        };
        if !record.is_live() && !rules.ended_sessions_renew {
            self.unsent.insert(Message::Refused { to: by, session });
            return;
        }
        let presented = (rules.present)(record.generations(), generation.into());
        let newest_since = seconds(record.issued);
        match presented {
            Presented::Renewed(_) | Presented::Repeated => {
                if let Presented::Renewed(generations) = presented {
                    record.issued = u8::try_from(generations.issued).expect("few generations");
                }
                record.end = None; // matters only where ended sessions renew
                record.used = record.used.max(Some(generation));
                self.unsent.insert(Message::Renewed {
                    to: by,
                    session,
                    generation,
                    successor: record.issued,
                });
            }
            Presented::Spent if (rules.held_up)(Some(seconds(made_at)), newest_since) => {}
            Presented::Spent => {
                let cause = Cause::TokenReplayed {
                    session: session.id(),
                };
                self.apply(&cause, rules);
                self.unsent.insert(Message::Refused { to: by, session });
            }
        }
    }

    /// Holds a cause against every session, as a store does.
    pub fn apply(&mut self, cause: &Cause, rules: &Rules) {
        for name in Name::ALL {
            let Some(record) = self.memory[name as usize] else {
                continue;
            };
            let session = record.as_session(name);
            let effect = if self.on_call(name, rules) {
                (rules.during)(cause, &session, true, self.clock())
            } else {
                (rules.effect)(cause, &session)
            };
            match effect {
                Effect::Stays => {}
                Effect::Ends(reason) => self.end(name, reason, rules),
                Effect::EndsLater(ending) => self.end_later(name, ending, rules),
            }
        }
    }

    /// Ends a session, and will tell of it.
    pub fn end(&mut self, name: Name, reason: EndReason, rules: &Rules) {
        let Some(record) = &mut self.memory[name as usize] else {
            return;
        };
        let mut session = record.as_session(name);
        let end = End {
            at: Timestamp::UNIX_EPOCH,
            reason,
        };
        if (rules.end)(&mut session, end).is_ok() {
            record.end = session.end.map(|end| end.reason);
            record.calls = Record::NEW.calls;
            record.ending = None;
            self.unsent.insert(Message::Ended {
                session: name,
                reason,
            });
        }
    }
}

fn seconds(count: u8) -> Timestamp {
    Timestamp::from_second(count.into()).expect("a small number of seconds")
}

/// The service may read a message: at any time, or only after it has dealt with the last.
pub fn may_read(next: &mut Next<'_>, message: Message, rules: &Rules, scenario: &Scenario) {
    let service = &next.world.service;
    let at_rest = service.memory == service.disk && service.unsent.is_empty();
    if at_rest || scenario.grouped_writes {
        next.may(Action::ServiceReads(message), |after| {
            after.service.read(message, rules);
            if scenario.at_once {
                after.service.commit();
                after.network.append(&mut after.service.unsent);
            }
        });
    }
}

/// An operator makes a backup, and at some later moment goes back to it.
fn backup(next: &mut Next<'_>) {
    match next.world.service.backup {
        Backup::None => next.may(Action::BackupMade, |after| {
            after.service.backup = Backup::Made(after.service.disk);
        }),
        Backup::Made(book) => next.may(Action::BackupRestored, |after| {
            after.service = Service {
                memory: book,
                disk: book,
                unsent: BTreeSet::new(),
                backup: Backup::Restored,
                minutes: after.service.minutes,
            };
        }),
        Backup::Restored => {}
    }
}

/// What the service may do next.
pub fn next(next: &mut Next<'_>, rules: &Rules, scenario: &Scenario) {
    let world = next.world;
    let service = &world.service;
    let durable = service.memory == service.disk;
    let at_rest = durable && service.unsent.is_empty();
    if scenario.restores && world.desktop.record.is_some() {
        backup(next);
    }
    for &message in world.network.iter().filter(|it| it.is_request()) {
        may_read(next, message, rules, scenario);
    }
    if !durable {
        next.may(Action::ServiceCommits, |after| {
            after.service.commit();
        });
    }
    if !service.unsent.is_empty() && (durable || !rules.durable_before_answering) {
        next.may(Action::ServiceSends, |after| {
            after.network.append(&mut after.service.unsent);
        });
    }
    if !at_rest || !rules.endings_are_durable {
        next.may(Action::ServiceKilled, |after| {
            after.service.memory = after.service.disk;
            after.service.unsent.clear();
            if !rules.endings_are_durable {
                after.service.forget_endings();
            }
        });
    }
}
