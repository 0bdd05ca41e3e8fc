//! What must hold at every step. Each property looks at the world before and after one step, and
//! says in its own words what is right: none asks the rules that it checks.

use session::{EndReason, Kind};

use crate::{
    browser::Shows,
    call_properties,
    message::Message,
    service::{Backup, Book},
    world::{Action, Name, World},
};

pub type Property = (&'static str, fn(&World, Action, &World) -> bool);

const PROPERTIES: [Property; 10] = [
    (
        "a browser sign-out never ends a desktop session",
        |_, _, after| !ended_with(after, Kind::Desktop, EndReason::SignedOut),
    ),
    (
        "a desktop sign-out never ends a browser session",
        |_, _, after| !ended_with(after, Kind::Browser, EndReason::SignedOutOnDesktop),
    ),
    (
        "a sign-out ends no session but the one signed out of",
        |_, _, after| ends(after).all(|(name, end)| signed_out_of(after, name, end)),
    ),
    (
        "no crash, no lost, late or repeated message ends a session",
        |_, _, after| {
            ends(after).all(|(name, end)| end != EndReason::TokenReplayed || stolen(after, name))
        },
    ),
    (
        "an ended session never comes back at the service",
        |before, _, after| {
            restored(after) || (ends_are_final(before, after) && who_was_told_was_told_right(after))
        },
    ),
    (
        "an ended session never comes back in the app",
        |before, action, after| {
            let session = |world: &World| world.desktop.record.map(|record| record.session);
            session(after).is_none()
                || session(after) == session(before)
                || matches!(action, Action::SignsInOnDesktop(_))
        },
    ),
    (
        "an ended session never comes back in a tab or widget that heard of its end",
        |before, _, after| {
            let tabs = before.browser.surfaces.iter().zip(&after.browser.surfaces);
            tabs.into_iter().all(|(was, is)| {
                !matches!((was.shows, is.shows),
                    (Shows::SignedOut(out), Shows::SignedIn(again)) if out == again)
            })
        },
    ),
    (
        "app, tabs and widget sign out only when the session ended or the person said so",
        |before, action, after| {
            app_signs_out_with_reason(before, action, after) && tabs_tell_true_ends(after)
        },
    ),
    ("a sign-out in the app is never forgotten", |_, _, after| {
        [Name::Desktop, Name::DesktopAgain].into_iter().all(|name| {
            restored(after)
                || !is_live(&after.service.disk, name)
                || after.desktop.wishes.contains(&name)
                || after.desktop.record.is_some_and(|it| it.session == name)
        })
    }),
    (
        "a spent refresh token ends its session; any other gives its one successor",
        tokens_do_what_they_should,
    ),
];

/// What was committed after the backup is gone, ends too. What the app and the surfaces were told
/// is not.
pub fn restored(world: &World) -> bool {
    world.service.backup == Backup::Restored
}

/// The first property that the step breaks.
pub fn broken(before: &World, action: Action, after: &World) -> Option<&'static str> {
    PROPERTIES
        .iter()
        .chain(&call_properties::PROPERTIES)
        .find(|(_, holds)| !holds(before, action, after))
        .map(|(name, _)| *name)
}

fn is_live(book: &Book, name: Name) -> bool {
    book[name as usize].is_some_and(|record| record.end.is_none())
}

fn end_in(book: &Book, name: Name) -> Option<EndReason> {
    book[name as usize].and_then(|record| record.end)
}

/// Every end that the service knows of, committed or not.
fn ends(world: &World) -> impl Iterator<Item = (Name, EndReason)> + '_ {
    [&world.service.memory, &world.service.disk]
        .into_iter()
        .flat_map(|book| {
            Name::ALL
                .into_iter()
                .filter_map(move |name| Some((name, end_in(book, name)?)))
        })
}

fn ended_with(world: &World, kind: Kind, reason: EndReason) -> bool {
    ends(world).any(|(name, end)| name.kind() == kind && end == reason)
}

fn signed_out_of(world: &World, name: Name, end: EndReason) -> bool {
    let asked =
        |of: fn(Message) -> Option<Name>| world.network.iter().any(|sent| of(*sent) == Some(name));
    match end {
        EndReason::SignedOut => asked(|sent| match sent {
            Message::SurfaceSignOut { session, .. } | Message::SignOutAfterCall { session } => {
                Some(session)
            }
            _ => None,
        }),
        EndReason::SignedOutOnDesktop => asked(|sent| match sent {
            Message::DesktopSignOut { session } => Some(session),
            _ => None,
        }),
        _ => true,
    }
}

fn stolen(world: &World, name: Name) -> bool {
    world.thief.is_some_and(|thief| thief.token.session == name)
}

/// A committed end stays, with its first reason.
fn ends_are_final(before: &World, after: &World) -> bool {
    Name::ALL.into_iter().all(|name| {
        let end = end_in(&before.service.disk, name);
        end.is_none()
            || (end_in(&after.service.disk, name) == end
                && end_in(&after.service.memory, name) == end)
    })
}

/// Whoever was told of an end was told for good, whatever the service loses afterwards.
fn who_was_told_was_told_right(after: &World) -> bool {
    let told = after.network.iter().filter_map(|sent| sent.tells_end_of());
    told.into_iter()
        .all(|name| !is_live(&after.service.memory, name))
}

fn app_signs_out_with_reason(before: &World, action: Action, after: &World) -> bool {
    let Some(record) = before.desktop.record else {
        return true;
    };
    after
        .desktop
        .record
        .is_some_and(|it| it.session == record.session)
        || action == Action::SignsOutOnDesktop
        || !is_live(&after.service.disk, record.session)
}

fn tabs_tell_true_ends(after: &World) -> bool {
    after.browser.surfaces.iter().all(
        |tab| !matches!(tab.shows, Shows::SignedOut(session) if is_live(&after.service.disk, session)),
    )
}

/// A token is spent once a later one has been used. A request from before the newest token was
/// given out may be late; it changes nothing.
fn tokens_do_what_they_should(before: &World, action: Action, after: &World) -> bool {
    let Action::ServiceReads(Message::Renew {
        by,
        session,
        generation,
        made_at,
    }) = action
    else {
        return true;
    };
    let (Some(was), Some(is)) = (
        before.service.memory[session as usize],
        after.service.memory[session as usize],
    ) else {
        return false;
    };
    let spent = was.used.is_some_and(|used| used > generation);
    let late = made_at < was.issued;
    if !was.is_live() {
        true // what has ended is the business of other properties
    } else if spent && late {
        is == was
    } else if spent {
        is.end == Some(EndReason::TokenReplayed)
    } else {
        is.is_live()
            && is.issued == generation + 1
            && after.service.unsent.contains(&Message::Renewed {
                to: by,
                session,
                generation,
                successor: generation + 1,
            })
    }
}
