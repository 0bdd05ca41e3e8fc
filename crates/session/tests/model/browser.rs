//! One browser: two tabs and a widget that share its session. A surface knows what it was told
//! since it was loaded; the browser keeps the cookie over reloads.

use crate::{
    message::Message,
    rules::Rules,
    scenario::Scenario,
    world::{Action, Name, Next, Place, World},
};

const SESSIONS: [Name; 2] = [Name::Browser, Name::BrowserAgain];

/// The browser.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Browser {
    /// The session that its cookie names.
    pub cookie: Option<Name>,
    pub surfaces: [Tab; Place::ALL.len()],
}

/// One surface, as it is loaded now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tab {
    pub shows: Shows,
    /// The answer to its check, on its way: which session, and whether it lived.
    pub check: Option<(Name, bool)>,
    /// Whether it is on a call.
    pub on_call: bool,
}

/// What a surface shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shows {
    #[default]
    Nothing,
    SignedIn(Name),
    SignedOut(Name),
}

impl Tab {
    /// The answer to its check arrives.
    pub fn read_check(&mut self, rules: &Rules) {
        match self.check.take() {
            Some((session, true)) => {
                let heard_of_its_end = self.shows == Shows::SignedOut(session);
                if !(rules.tabs_remember_ends && heard_of_its_end) {
                    self.shows = Shows::SignedIn(session);
                }
            }
            Some((session, false)) => self.hear_end(session),
            None => {}
        }
    }

    /// What was signed in is signed out now; news of another session changes nothing.
    fn hear_end(&mut self, session: Name) {
        if matches!(self.shows, Shows::Nothing) || self.shows == Shows::SignedIn(session) {
            self.shows = Shows::SignedOut(session);
        }
    }
}

/// What the surfaces, and the person in front of them, may do next.
pub fn next(next: &mut Next<'_>, rules: &Rules, scenario: &Scenario) {
    let world = next.world;
    if let Some(name) = next_session(world, scenario) {
        next.may(Action::SignsInInBrowser(name), |after| {
            after.service.start(name);
            after.browser.cookie = Some(name);
        });
    }
    for place in Place::ALL.into_iter().take(scenario.surfaces) {
        surface(next, place, rules, scenario);
    }
}

fn surface(next: &mut Next<'_>, place: Place, rules: &Rules, scenario: &Scenario) {
    let world = next.world;
    let at = place as usize;
    let tab = &world.browser.surfaces[at];
    if let Some(cookie) = world.browser.cookie
        && tab.check.is_none()
    {
        next.may(Action::SurfaceChecks(place), |after| {
            let lives = after.service.check(cookie, rules);
            let tab = &mut after.browser.surfaces[at];
            tab.check = Some((cookie, lives));
            if !scenario.slow_checks {
                tab.read_check(rules);
            }
        });
    }
    if tab.check.is_some() {
        next.may(Action::SurfaceReadsCheck(place), |after| {
            after.browser.surfaces[at].read_check(rules);
        });
    }
    for &message in &world.network {
        if let Message::Ended { session, .. } = message
            && SESSIONS.contains(&session)
        {
            next.may(Action::SurfaceHears(place, message), |after| {
                after.browser.surfaces[at].hear_end(session);
            });
        }
    }
    if let Shows::SignedIn(session) = tab.shows
        && !signed_out_of(world, session)
    {
        next.may(Action::SignsOutOn(place), |after| {
            after
                .network
                .insert(Message::SurfaceSignOut { session, place });
        });
    }
    if *tab != Tab::default() {
        next.may(Action::SurfaceReloads(place), |after| {
            after.browser.surfaces[at] = Tab::default();
        });
    }
}

/// A person signs out once; the network repeats it.
fn signed_out_of(world: &World, name: Name) -> bool {
    world
        .network
        .iter()
        .any(|sent| matches!(sent, Message::SurfaceSignOut { session, .. } if *session == name))
}

/// A person signs in again when a surface says that they are signed out.
fn next_session(world: &World, scenario: &Scenario) -> Option<Name> {
    let browser = &world.browser;
    let signed_out = browser.cookie.is_none_or(|cookie| {
        browser
            .surfaces
            .iter()
            .any(|tab| tab.shows == Shows::SignedOut(cookie))
    });
    SESSIONS
        .into_iter()
        .take(scenario.browser_sign_ins)
        .find(|name| signed_out && world.service.disk[*name as usize].is_none())
}
