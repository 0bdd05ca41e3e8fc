//! What must come about as soon as nothing is lost, late or killed any more, whatever happened
//! before: that a session is not ended is worth little if it can no longer be used.

use crate::{
    browser::Shows,
    desktop::{Doing, Token},
    message::Message,
    rules::Rules,
    world::{Place, Record, World},
};

/// Says what would not come about from a state.
pub type Outcome = fn(&World, &Rules) -> Option<&'static str>;

type ComesAbout = fn(World, &Rules) -> bool;

const OUTCOMES: [(&str, ComesAbout); 4] = [
    ("in fair weather a live session renews", the_app_renews),
    (
        "in fair weather a sign-out reaches the service",
        wishes_come_true,
    ),
    (
        "in fair weather tabs and widget show what is so",
        surfaces_show_what_is_so,
    ),
    (
        "in fair weather an end that waits comes with the end of the call",
        ends_that_wait_come,
    ),
];

/// The first outcome that would not come about from here.
pub fn missed(world: &World, rules: &Rules) -> Option<&'static str> {
    OUTCOMES
        .iter()
        .find(|(_, comes_about)| !comes_about(world.clone(), rules))
        .map(|(name, _)| *name)
}

/// Leaves it untried, where the way to a wrong end matters more than who is stuck before it.
pub fn not_tried(_: &World, _: &Rules) -> Option<&'static str> {
    None
}

/// The service reads a request and commits, and the app receives what it says.
fn exchange(world: &mut World, request: Message, rules: &Rules) {
    world.service.read(request, rules);
    world.service.commit();
    for message in std::mem::take(&mut world.service.unsent) {
        world.desktop.hear(message, rules);
    }
}

fn the_app_renews(mut world: World, rules: &Rules) -> bool {
    world.service.commit();
    let Some(record) = world.desktop.record else {
        return true;
    };
    let lives = world.service.disk[record.session as usize].is_some_and(Record::is_live);
    if !lives || world.thief.is_some() {
        return true;
    }
    let request = world.desktop.ask(record, world.service.now(record.session));
    exchange(&mut world, request, rules);
    let successor = Token {
        generation: record.generation + 1,
        ..record
    };
    world.desktop.doing == Doing::Holding(successor)
}

fn wishes_come_true(mut world: World, rules: &Rules) -> bool {
    for session in world.desktop.wishes.clone() {
        exchange(&mut world, Message::DesktopSignOut { session }, rules);
        if world.service.disk[session as usize].is_some_and(Record::is_live) {
            return false;
        }
    }
    world.desktop.wishes.is_empty()
}

/// Nothing is heard of any call any more: a minute later no end waits.
fn ends_that_wait_come(mut world: World, rules: &Rules) -> bool {
    world.service.minutes += 1;
    world.service.look(rules);
    let mut records = world.service.memory.into_iter().flatten();
    records.all(|record| !record.is_live() || record.ending.is_none())
}

fn surfaces_show_what_is_so(mut world: World, rules: &Rules) -> bool {
    world.service.commit();
    let Some(cookie) = world.browser.cookie else {
        return true;
    };
    let lives = world.service.check(cookie, rules);
    Place::ALL.into_iter().all(|place| {
        let tab = &mut world.browser.surfaces[place as usize];
        tab.check = Some((cookie, lives));
        tab.read_check(rules);
        (tab.shows == Shows::SignedIn(cookie)) == lives
    })
}
