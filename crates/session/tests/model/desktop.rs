//! The desktop app: its keychain record survives a kill, all else is lost. It stores a successor
//! before it uses it, and keeps a sign-out as a last wish until the service has confirmed it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use session::{EndReason, Heard, SessionEvent, What};

use crate::{
    message::{Holder, Message},
    rules::Rules,
    scenario::Scenario,
    world::{Action, Name, Next, PERSON, World},
};

/// A refresh token, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    pub session: Name,
    pub generation: u8,
}

/// The app.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct App {
    /// Keychain: the token it holds, if it is signed in.
    pub record: Option<Token>,
    /// Keychain: sessions that the person signed out of and the service has not confirmed.
    pub wishes: BTreeSet<Name>,
    /// Memory: what it is doing.
    pub doing: Doing,
    /// Memory: whether it is on a call.
    pub on_call: bool,
}

/// What the app is in the middle of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Doing {
    #[default]
    Nothing,
    /// It has presented a token, and waits, perhaps for ever.
    Waiting(Token),
    /// It was given a successor, not stored yet.
    Holding(Token),
}

impl App {
    fn forget(&mut self) {
        self.record = None;
        self.doing = Doing::Nothing;
        self.on_call = false;
    }

    /// The token that it may present now, for the first time or again.
    fn presentable(&self, rules: &Rules) -> Option<Token> {
        match self.doing {
            Doing::Nothing => self.record,
            Doing::Waiting(token) => Some(token),
            Doing::Holding(token) => (!rules.stores_before_use).then_some(token),
        }
    }

    /// Presents a token, and waits for the answer.
    pub fn ask(&mut self, token: Token, now: u8) -> Message {
        self.doing = Doing::Waiting(token);
        Message::Renew {
            by: Holder::App,
            session: token.session,
            generation: token.generation,
            made_at: now,
        }
    }

    /// Something arrives from the service.
    pub fn hear(&mut self, message: Message, rules: &Rules) {
        match message {
            Message::Renewed {
                to: Holder::App,
                session,
                generation,
                successor,
            } => {
                let presented = Token {
                    session,
                    generation,
                };
                if !rules.takes_only_awaited_answers || self.doing == Doing::Waiting(presented) {
                    self.doing = Doing::Holding(Token {
                        session,
                        generation: successor,
                    });
                }
            }
            Message::Refused {
                to: Holder::App,
                session,
            } => {
                if matches!(self.doing, Doing::Waiting(token) if token.session == session) {
                    self.forget();
                }
            }
            Message::DesktopSignedOut { session } => {
                self.wishes.remove(&session);
            }
            Message::Ended { session, reason } => {
                let own = self.record.map(|record| record.session.id());
                let event = event(session, reason);
                if own.is_some_and(|own| matches!((rules.hear)(own, &event), Heard::OwnEnd(_))) {
                    self.forget();
                }
            }
            _ => {}
        }
    }
}

/// The session event of an end, as it is on the wire.
fn event(session: Name, reason: EndReason) -> SessionEvent {
    SessionEvent {
        sequence: 1,
        user: PERSON,
        session: session.id(),
        kind: session.kind(),
        what: What::Ended { reason },
        at: Timestamp::UNIX_EPOCH,
        surface: None,
        device: String::new(),
    }
}

/// What the app, and the person in front of it, may do next.
pub fn next(next: &mut Next<'_>, rules: &Rules, scenario: &Scenario) {
    let world = next.world;
    let app = &world.desktop;
    if let Some(name) = next_session(world, scenario) {
        next.may(Action::SignsInOnDesktop(name), |after| {
            after.service.start(name);
            after.desktop.record = Some(Token {
                session: name,
                generation: 0,
            });
        });
    }
    if let Some(record) = app.record {
        next.may(Action::SignsOutOnDesktop, |after| {
            after.desktop.forget();
            after.desktop.wishes.insert(record.session);
        });
    }
    if let Some(token) = app.presentable(rules)
        && token.generation < scenario.generations
    {
        next.may(Action::AppAsks, |after| {
            let request = after.desktop.ask(token, after.service.now(token.session));
            after.network.insert(request);
        });
    }
    for &message in world.network.iter().filter(|it| !it.is_request()) {
        next.may(Action::AppHears(message), |after| {
            after.desktop.hear(message, rules);
        });
    }
    if let Doing::Holding(token) = app.doing {
        next.may(Action::AppStores, |after| {
            after.desktop.record = Some(token);
            after.desktop.doing = Doing::Nothing;
        });
    }
    for &session in &app.wishes {
        next.may(Action::AppSendsLastWish(session), |after| {
            after.network.insert(Message::DesktopSignOut { session });
            if !rules.keeps_last_wish {
                after.desktop.wishes.remove(&session);
            }
        });
    }
    if rules.silence_signs_out && matches!(app.doing, Doing::Waiting(_)) {
        next.may(Action::AppGivesUp, |after| after.desktop.forget());
    }
    if app.doing != Doing::Nothing || app.on_call {
        next.may(Action::AppKilled, |after| {
            after.desktop.doing = Doing::Nothing;
            after.desktop.on_call = false;
        });
    }
}

fn next_session(world: &World, scenario: &Scenario) -> Option<Name> {
    if world.desktop.record.is_some() {
        return None;
    }
    [Name::Desktop, Name::DesktopAgain]
        .into_iter()
        .take(scenario.desktop_sign_ins)
        .find(|name| world.service.disk[*name as usize].is_none())
}
