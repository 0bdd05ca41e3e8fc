//! What must hold of calls and of the ends that wait for them. In minutes of the model, in words
//! of their own: none asks the rules.

use session::EndReason;

use crate::{
    calls::HOURS,
    message::Message,
    properties::{Property, restored},
    world::{Action, Caller, Name, Record, World},
};

pub const PROPERTIES: [Property; 4] = [
    (
        "no end that may wait interrupts a call",
        |before, action, after| {
            Name::ALL.into_iter().all(|name| {
                !ends_by_choice(before, name, after)
                    || said_now(action, name)
                    || !heard_of_lately(before, name, hung_up(action, name))
                    || waited_for_hours(before, name)
            })
        },
    ),
    (
        "an end that waits comes with the end of the call, or after four hours",
        |before, action, after| {
            Name::ALL.into_iter().all(|name| {
                let looked = match action {
                    Action::ServiceLooks => true,
                    Action::ServiceReads(Message::CallOver { session, by }) => {
                        let was = before.service.memory[name as usize];
                        session == name && was.is_some_and(|it| it.calls[by as usize].is_some())
                    }
                    _ => false,
                };
                !looked
                    || !waits(after, name)
                    || (heard_of_lately(after, name, None) && !waited_for_hours(after, name))
            })
        },
    ),
    (
        "whoever was told that it ends after the call sees it end",
        |_, _, after| {
            restored(after)
                || after.network.iter().all(|sent| match sent {
                    Message::EndsAfterCall { session } => {
                        let book = [after.service.memory, after.service.disk];
                        let known = book.map(|book| book[*session as usize]);
                        known
                            .into_iter()
                            .flatten()
                            .all(|it| it.ending.is_some() || !it.is_live())
                    }
                    _ => true,
                })
        },
    ),
    (
        "who says now is signed out now, call or not",
        |_, action, after| {
            Name::ALL.into_iter().all(|name| {
                !said_now(action, name)
                    || after.service.memory[name as usize].is_none_or(|it| !it.is_live())
            })
        },
    ),
];

fn record(world: &World, name: Name) -> Option<Record> {
    world.service.memory[name as usize]
}

/// It ended in this step, by somebody who may choose or have to wait.
fn ends_by_choice(before: &World, name: Name, after: &World) -> bool {
    let by_choice = [EndReason::SignedOut, EndReason::EndedByAdmin];
    let end = record(after, name).and_then(|it| it.end);
    record(before, name).is_some_and(Record::is_live)
        && end.is_some_and(|end| by_choice.contains(&end))
}

/// Somebody said that it ends now.
fn said_now(action: Action, name: Name) -> bool {
    match action {
        Action::ServiceReads(
            Message::SurfaceSignOut { session, .. } | Message::DesktopSignOut { session },
        ) => session == name,
        Action::ServiceReads(Message::AdminEnds { now }) => now,
        _ => false,
    }
}

/// Whose call the service is told is over.
fn hung_up(action: Action, name: Name) -> Option<Caller> {
    match action {
        Action::ServiceReads(Message::CallOver { session, by }) if session == name => Some(by),
        _ => None,
    }
}

/// The service has heard in this minute of a call of the session, other than that one.
fn heard_of_lately(world: &World, name: Name, but: Option<Caller>) -> bool {
    Caller::ALL.into_iter().any(|caller| {
        let seen = record(world, name).and_then(|it| it.calls[caller as usize]);
        but != Some(caller) && seen == Some(world.service.minutes)
    })
}

fn waited_for_hours(world: &World, name: Name) -> bool {
    let asked = record(world, name).and_then(|it| it.asked);
    asked.is_some_and(|minute| world.service.minutes - minute >= HOURS)
}

fn waits(world: &World, name: Name) -> bool {
    record(world, name).is_some_and(|it| it.is_live() && it.ending.is_some())
}
