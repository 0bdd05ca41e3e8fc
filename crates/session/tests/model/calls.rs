//! Calls: who may be on one, what the service makes of it, and how time passes for it.

use session::{Call, Cause, Ending, Settled, Surface, UserLoss, When};

use crate::{
    browser::Shows,
    message::Message,
    rules::Rules,
    scenario::Scenario,
    service::Service,
    world::{Action, Caller, Name, Next, PERSON, World},
};

/// An end waits for so many minutes at most.
pub const HOURS: u16 = 240;
/// So many pass at once: all but a minute, so that what is asked for and looked at a minute later
/// still comes to the limit.
const PASS: u16 = HOURS - 1;

impl Service {
    /// Whether the session is on a call, as the service knows.
    pub fn on_call(&self, name: Name, rules: &Rules) -> bool {
        let now = self.clock();
        let of = |name: Name| {
            let record = self.memory[name as usize];
            let mut calls = record
                .map_or_else(Default::default, |it| it.calls)
                .into_iter();
            calls.any(|seen| seen.is_some_and(|minute| !(rules.is_silent)(&call(minute), now)))
        };
        of(name) || (!rules.own_calls_only && Name::ALL.into_iter().any(of))
    }

    /// Decides on a message that has to do with calls.
    pub fn read_of_calls(&mut self, message: Message, rules: &Rules) {
        let when = |now| if now { When::Now } else { When::AfterCall };
        match message {
            Message::Call { session, by } => self.hear_of_call(session, by, rules),
            Message::CallOver { session, by } => {
                let record = self.memory[session as usize].as_mut();
                if record.is_some_and(|it| it.calls[by as usize].take().is_some()) {
                    self.settle(session, rules);
                }
            }
            Message::SignOutAfterCall { session } => {
                let cause = Cause::SurfaceSignOut {
                    session: session.id(),
                    user: PERSON,
                    surface: Surface::Cti,
                    all_browsers: false,
                    when: When::AfterCall,
                };
                self.apply(&cause, rules);
            }
            Message::AdminEnds { now } => {
                let cause = Cause::UserLost {
                    user: PERSON,
                    loss: UserLoss::EndedByAdmin,
                    when: when(now),
                };
                self.apply(&cause, rules);
            }
            _ => {}
        }
    }

    /// A late report of a call that has gone silent finds its session ended, if an end waited.
    fn hear_of_call(&mut self, name: Name, by: Caller, rules: &Rules) {
        self.settle(name, rules);
        let minutes = self.minutes;
        if let Some(record) = &mut self.memory[name as usize]
            && record.is_live()
        {
            record.calls[by as usize] = Some(minutes);
        }
    }

    /// An end that waits for a call.
    pub fn end_later(&mut self, name: Name, ending: Ending, rules: &Rules) {
        let minutes = self.minutes;
        if let Some(record) = &mut self.memory[name as usize] {
            let before = record.ending;
            record.ending = Some(before.map_or(ending, |it| (rules.or_earlier)(it, ending)));
            record.asked.get_or_insert(minutes);
            self.unsent.insert(Message::EndsAfterCall { session: name });
        }
    }

    fn settle(&mut self, name: Name, rules: &Rules) {
        let (now, on_call) = (self.clock(), self.on_call(name, rules));
        let Some(record) = &mut self.memory[name as usize] else {
            return;
        };
        let Some(ending) = record.ending.filter(|_| record.end.is_none()) else {
            return;
        };
        match (rules.settle)(ending, on_call, now) {
            Settled::Over(reason) => self.end(name, reason, rules),
            Settled::Later(later) => record.ending = Some(later),
        }
    }

    /// Looks at everything, as it does every few seconds.
    pub fn look(&mut self, rules: &Rules) {
        let now = self.clock();
        for name in Name::ALL {
            self.settle(name, rules);
            if let Some(record) = &mut self.memory[name as usize] {
                for seen in &mut record.calls {
                    *seen = seen.filter(|minute| !(rules.is_silent)(&call(*minute), now));
                }
            }
        }
    }

    /// A service that keeps ends that wait in memory only.
    pub fn forget_endings(&mut self) {
        for record in self.memory.iter_mut().chain(&mut self.disk).flatten() {
            record.ending = None;
        }
    }
}

/// A call as the rules know it.
fn call(minute: u16) -> Call {
    let seen_at = Service {
        minutes: minute,
        ..Service::default()
    };
    Call {
        surface: Surface::Cti,
        since: seen_at.clock(),
        seen_at: seen_at.clock(),
    }
}

/// What callers, the person, an admin and time may do next.
pub fn next(next: &mut Next<'_>, rules: &Rules, scenario: &Scenario) {
    if scenario.callers.is_empty() {
        return;
    }
    for &caller in scenario.callers {
        on_the_phone(next, caller);
    }
    let world = next.world;
    let asked = |message| world.network.contains(&message);
    if let Some(session) = world.browser.cookie
        && signed_in(world, Caller::FirstTab) == Some(session)
    {
        let message = Message::SignOutAfterCall { session };
        if !scenario.admin && !asked(message) {
            next.may(Action::SignsOutAfterCall, |after| {
                after.network.insert(message);
            });
        }
    }
    for now in [true, false] {
        let thought_better = now && asked(Message::AdminEnds { now: false });
        let first = !now;
        if scenario.admin && (first || thought_better) && !asked(Message::AdminEnds { now }) {
            next.may(Action::AdminEnds { now }, |after| {
                after.network.insert(Message::AdminEnds { now });
            });
        }
    }
    let passed = world.service.minutes;
    if passed % PASS < scenario.minutes {
        for reported in [true, false] {
            next.may(Action::MinutePasses { reported }, |after| {
                pass(after, 1, reported);
            });
        }
    }
    if passed < PASS {
        next.may(Action::HoursPass, |after| pass(after, PASS, true));
    }
    let at_rest = world.service.memory == world.service.disk && world.service.unsent.is_empty();
    let known = world.service.memory.iter().flatten();
    let mut known = known.filter(|record| record.is_live());
    if at_rest && known.any(|it| it.ending.is_some() || it.calls.iter().any(Option::is_some)) {
        next.may(Action::ServiceLooks, |after| {
            after.service.look(rules);
            if scenario.at_once {
                after.service.commit();
                after.network.append(&mut after.service.unsent);
            }
        });
    }
}

/// A page or the app begins a call, says again and again that it goes on, and hangs up. The
/// network repeats what was said, also when the caller has crashed.
fn on_the_phone(next: &mut Next<'_>, by: Caller) {
    let world = next.world;
    let Some(session) = signed_in(world, by) else {
        return;
    };
    let said = world.network.contains(&Message::Call { session, by });
    if is_on_call(world, by) {
        next.may(Action::HangsUp(by), |after| {
            *line(after, by) = false;
            after.network.insert(Message::CallOver { session, by });
        });
    } else if !said {
        next.may(Action::Calls(by), |after| {
            *line(after, by) = true;
            after.network.insert(Message::Call { session, by });
        });
    }
}

/// Time passes. The calls that go on are reported all the while, or not one is.
fn pass(world: &mut World, minutes: u16, reported: bool) {
    let going_on = Caller::ALL.map(|caller| reported && is_on_call(world, caller));
    let service = &mut world.service;
    service.minutes += minutes;
    for record in service.memory.iter_mut().chain(&mut service.disk).flatten() {
        for (seen, going_on) in record.calls.iter_mut().zip(going_on) {
            *seen = seen.map(|minute| if going_on { service.minutes } else { minute });
        }
    }
}

/// Whether it is on a call.
fn is_on_call(world: &World, by: Caller) -> bool {
    match by {
        Caller::FirstTab => world.browser.surfaces[0].on_call,
        Caller::SecondTab => world.browser.surfaces[1].on_call,
        Caller::App => world.desktop.on_call,
    }
}

fn line(world: &mut World, by: Caller) -> &mut bool {
    match by {
        Caller::FirstTab => &mut world.browser.surfaces[0].on_call,
        Caller::SecondTab => &mut world.browser.surfaces[1].on_call,
        Caller::App => &mut world.desktop.on_call,
    }
}

/// The session that it shows, or holds.
fn signed_in(world: &World, by: Caller) -> Option<Name> {
    let shown = |at: usize| match world.browser.surfaces[at].shows {
        Shows::SignedIn(session) => Some(session),
        Shows::Nothing | Shows::SignedOut(_) => None,
    };
    match by {
        Caller::FirstTab => shown(0),
        Caller::SecondTab => shown(1),
        Caller::App => world.desktop.record.map(|record| record.session),
    }
}
