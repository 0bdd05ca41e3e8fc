//! Breadth-first search through every state, so that a counterexample is a shortest one.

use std::{collections::HashSet, fmt, rc::Rc};

use crate::{
    fair_weather::Outcome,
    properties,
    rules::Rules,
    scenario::Scenario,
    witnesses::WITNESSES,
    world::{Action, World},
};

/// A search that comes to more states than this has lost its bounds.
const AT_MOST: usize = 1_000_000;

/// What a search found.
pub struct Explored {
    /// How many different states it came to.
    pub states: usize,
    /// Which of the [`WITNESSES`] it came by.
    pub witnessed: [bool; WITNESSES.len()],
    /// How a property is broken, if one is.
    pub counterexample: Option<Counterexample>,
}

/// The shortest way to a broken property.
pub struct Counterexample {
    /// What was broken.
    pub property: &'static str,
    /// How.
    pub steps: Vec<Action>,
}

impl fmt::Display for Counterexample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "broken: {}", self.property)?;
        for (number, step) in self.steps.iter().enumerate() {
            writeln!(f, "{:>4}. {step}", number + 1)?;
        }
        Ok(())
    }
}

/// A state, and how it was come to.
struct Visit {
    world: Rc<World>,
    from: Option<(usize, Action)>,
}

/// Tries everything that may happen, until nothing new turns up or a property is broken.
pub fn explore(rules: &Rules, scenario: &Scenario, outcome: Outcome) -> Explored {
    let start = Rc::new(World::new());
    let mut seen = HashSet::from([Rc::clone(&start)]);
    let mut visits = vec![Visit {
        world: start,
        from: None,
    }];
    let mut witnessed = [false; WITNESSES.len()];
    let mut at = 0;
    while at < visits.len() {
        assert!(at < AT_MOST, "too many states: {}", scenario.name);
        let before = Rc::clone(&visits[at].world);
        for (seen, (_, witness)) in witnessed.iter_mut().zip(WITNESSES) {
            *seen |= witness(&before);
        }
        for (action, after) in before.next(rules, scenario) {
            let is_new = !seen.contains(&after);
            let broken = properties::broken(&before, action, &after)
                .or_else(|| is_new.then(|| outcome(&after, rules))?);
            if let Some(property) = broken {
                let mut steps = way_to(&visits, at);
                steps.push(action);
                return Explored {
                    states: visits.len(),
                    witnessed,
                    counterexample: Some(Counterexample { property, steps }),
                };
            }
            if is_new {
                let world = Rc::new(after);
                seen.insert(Rc::clone(&world));
                visits.push(Visit {
                    world,
                    from: Some((at, action)),
                });
            }
        }
        at += 1;
    }
    Explored {
        states: visits.len(),
        witnessed,
        counterexample: None,
    }
}

fn way_to(visits: &[Visit], mut at: usize) -> Vec<Action> {
    let mut steps = Vec::new();
    while let Some((from, action)) = visits[at].from {
        steps.push(action);
        at = from;
    }
    steps.reverse();
    steps
}
