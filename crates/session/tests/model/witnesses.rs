//! Moments that the search must come to: a model in which nothing happens proves nothing.

use session::EndReason;

use crate::{
    browser::Shows,
    calls::HOURS,
    message::Message,
    service::Backup,
    world::{Name, Place, Record, World},
};

type Witness = (&'static str, fn(&World) -> bool);

/// The moments.
pub const WITNESSES: [Witness; 12] = [
    (
        "the browser signed out, and the desktop renewing",
        |world| ended(world, Name::Browser).is_some() && issued(world, Name::Desktop) == Some(2),
    ),
    ("the desktop signed out, and a tab signed in", |world| {
        ended(world, Name::Desktop).is_some()
            && world.browser.surfaces[0].shows == Shows::SignedIn(Name::Browser)
    }),
    (
        "both tabs and the widget signed out by the widget",
        |world| {
            world.network.contains(&Message::SurfaceSignOut {
                session: Name::Browser,
                place: Place::Widget,
            }) && (world.browser.surfaces.iter())
                .all(|tab| tab.shows == Shows::SignedOut(Name::Browser))
        },
    ),
    (
        "a tab signed in again, beside one that has not noticed",
        |world| {
            world.browser.surfaces[0].shows == Shows::SignedIn(Name::BrowserAgain)
                && world.browser.surfaces[1].shows == Shows::SignedIn(Name::Browser)
        },
    ),
    (
        "the desktop signed in again, the old sign-out still on its way",
        |world| {
            world
                .desktop
                .record
                .is_some_and(|it| it.session == Name::DesktopAgain)
                && world.network.contains(&Message::DesktopSignOut {
                    session: Name::Desktop,
                })
                && ended(world, Name::Desktop).is_none()
        },
    ),
    ("the desktop renewed five times", |world| {
        world.desktop.record.is_some_and(|it| it.generation == 5)
    }),
    (
        "a restored service that is two tokens behind the app",
        |world| {
            world.service.backup == Backup::Restored
                && issued(world, Name::Desktop) == Some(1)
                && world.desktop.record.is_some_and(|it| it.generation == 3)
        },
    ),
    ("a thief found out", |world| {
        ended(world, Name::Desktop) == Some(EndReason::TokenReplayed)
    }),
    (
        "two tabs on calls, and an end that waits for both",
        |world| {
            world
                .browser
                .surfaces
                .iter()
                .filter(|tab| tab.on_call)
                .count()
                == 2
                && record(world, Name::Browser).is_some_and(|it| it.ending.is_some())
        },
    ),
    (
        "an end that has come after four hours, the call still going on",
        |world| {
            ended(world, Name::Browser) == Some(EndReason::SignedOut)
                && world.browser.surfaces[0].on_call
                && world.service.minutes >= HOURS
                && !world
                    .network
                    .iter()
                    .any(|sent| matches!(sent, Message::SurfaceSignOut { .. }))
        },
    ),
    (
        "an end that has come a minute after the page on the call was closed",
        |world| {
            ended(world, Name::Browser) == Some(EndReason::SignedOut)
                && world.browser.surfaces.iter().all(|tab| !tab.on_call)
                && world.service.minutes == 1
                && !world.network.iter().any(|sent| {
                    matches!(
                        sent,
                        Message::SurfaceSignOut { .. } | Message::CallOver { .. }
                    )
                })
        },
    ),
    (
        "an admin's end that has come for the browser, and waits for the app's call",
        |world| {
            ended(world, Name::Browser) == Some(EndReason::EndedByAdmin)
                && record(world, Name::Desktop).is_some_and(|it| it.ending.is_some())
        },
    ),
];

fn record(world: &World, name: Name) -> Option<Record> {
    world.service.disk[name as usize]
}

fn ended(world: &World, name: Name) -> Option<EndReason> {
    record(world, name)?.end
}

/// The newest token of a session that lives.
fn issued(world: &World, name: Name) -> Option<u8> {
    record(world, name)
        .filter(|record| record.is_live())
        .map(|record| record.issued)
}
