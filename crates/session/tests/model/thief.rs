//! A thief who copied the keychain record, key and all, and renews beside the app.

use crate::{
    desktop::Token,
    message::{Holder, Message},
    rules::Rules,
    scenario::Scenario,
    service,
    world::{Action, Next},
};

/// The thief.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Thief {
    /// What was copied, or what came of it since.
    pub token: Token,
}

/// What the thief may do next.
pub fn next(next: &mut Next<'_>, rules: &Rules, scenario: &Scenario) {
    let world = next.world;
    let Some(Thief { token }) = world.thief else {
        if let Some(token) = world.desktop.record
            && scenario.thief
        {
            next.may(Action::ThiefCopies, |after| {
                after.thief = Some(Thief { token });
            });
        }
        return;
    };
    if token.generation < scenario.generations {
        // A thief's request is never late: to send it later is as good.
        let request = Message::Renew {
            by: Holder::Thief,
            session: token.session,
            generation: token.generation,
            made_at: world.service.now(token.session),
        };
        service::may_read(next, request, rules, scenario);
    }
    for &message in &world.network {
        if let Message::Renewed {
            to: Holder::Thief,
            session,
            generation,
            successor,
        } = message
            && token.session == session
            && token.generation == generation
        {
            next.may(Action::ThiefHears(message), |after| {
                after.thief = Some(Thief {
                    token: Token {
                        session,
                        generation: successor,
                    },
                });
            });
        }
    }
}
