//! Each rule, broken on purpose: the model must find out, and say how in a shortest trace.

use std::time::Instant;

use crate::{
    explorer::explore,
    fair_weather::{self, Outcome},
    mutants,
    rules::Rules,
    scenario::Scenario,
};

/// A rule that is broken, and the exploration that must show it.
pub struct Mutant {
    pub how: &'static str,
    pub rules: Rules,
    pub scenario: Scenario,
    /// The property that it breaks.
    pub breaks: &'static str,
}

const MUTANTS: [Mutant; 19] = [
    Mutant {
        how: "a browser sign-out reaches desktop sessions",
        rules: Rules {
            effect: mutants::browser_sign_out_reaches_desktops,
            ..Rules::REAL
        },
        scenario: Scenario::EVERYBODY,
        breaks: "a browser sign-out never ends a desktop session",
    },
    Mutant {
        how: "a desktop sign-out reaches browser sessions",
        rules: Rules {
            effect: mutants::desktop_sign_out_reaches_browsers,
            ..Rules::REAL
        },
        scenario: Scenario::EVERYBODY,
        breaks: "a desktop sign-out never ends a browser session",
    },
    Mutant {
        how: "a desktop sign-out reaches whichever desktop session there is",
        rules: Rules {
            effect: mutants::desktop_sign_out_reaches_any_desktop,
            ..Rules::REAL
        },
        scenario: Scenario::DESKTOP_AGAIN,
        breaks: "a sign-out ends no session but the one signed out of",
    },
    Mutant {
        how: "a browser sign-out reaches whichever browser session there is",
        rules: Rules {
            effect: mutants::browser_sign_out_reaches_any_browser,
            ..Rules::REAL
        },
        scenario: Scenario::BROWSER,
        breaks: "a sign-out ends no session but the one signed out of",
    },
    Mutant {
        how: "the bridge obeys browser sign-outs",
        rules: Rules {
            hear: mutants::bridge_obeys_every_end,
            ..Rules::REAL
        },
        scenario: Scenario::EVERYBODY,
        breaks: "app, tabs and widget sign out only when the session ended or the person said so",
    },
    Mutant {
        how: "an end is not final: a second one replaces it",
        rules: Rules {
            effect: mutants::ended_sessions_end_again,
            end: mutants::a_second_end_replaces_the_first,
            ..Rules::REAL
        },
        scenario: Scenario::THIEF,
        breaks: "an ended session never comes back at the service",
    },
    Mutant {
        how: "an end is not final: a renewal takes it back",
        rules: Rules {
            ended_sessions_renew: true,
            ..Rules::REAL
        },
        scenario: Scenario::DESKTOP,
        breaks: "an ended session never comes back at the service",
    },
    Mutant {
        how: "the newest token's predecessor counts as spent",
        rules: Rules {
            present: mutants::predecessor_is_spent,
            ..Rules::REAL
        },
        scenario: Scenario::DESKTOP,
        breaks: "no crash, no lost, late or repeated message ends a session",
    },
    Mutant {
        how: "a spent token just renews",
        rules: Rules {
            present: mutants::spent_renews,
            ..Rules::REAL
        },
        scenario: Scenario::THIEF,
        breaks: "a spent refresh token ends its session; any other gives its one successor",
    },
    Mutant {
        how: "a token may be repeated for ever",
        rules: Rules {
            present: mutants::repeats_for_ever,
            ..Rules::REAL
        },
        scenario: Scenario::THIEF,
        breaks: "a spent refresh token ends its session; any other gives its one successor",
    },
    Mutant {
        how: "a repeat gives a successor of its own",
        rules: Rules {
            present: mutants::repeat_gives_another_successor,
            ..Rules::REAL
        },
        scenario: Scenario::DESKTOP,
        breaks: "a spent refresh token ends its session; any other gives its one successor",
    },
    Mutant {
        how: "a token newer than a restored service knows counts as spent",
        rules: Rules {
            present: mutants::tokens_ahead_are_spent,
            ..Rules::REAL
        },
        scenario: Scenario::RESTORED,
        breaks: "no crash, no lost, late or repeated message ends a session",
    },
    Mutant {
        how: "a request that was held up counts as a second holder's",
        rules: Rules {
            held_up: mutants::never_held_up,
            ..Rules::REAL
        },
        scenario: Scenario::DESKTOP,
        breaks: "no crash, no lost, late or repeated message ends a session",
    },
    Mutant {
        how: "the service answers before it commits",
        rules: Rules {
            durable_before_answering: false,
            ..Rules::REAL
        },
        scenario: Scenario::DESKTOP,
        breaks: "an ended session never comes back at the service",
    },
    Mutant {
        how: "the app uses a successor before it stores it",
        rules: Rules {
            stores_before_use: false,
            ..Rules::REAL
        },
        scenario: Scenario::DESKTOP,
        breaks: "no crash, no lost, late or repeated message ends a session",
    },
    Mutant {
        how: "the app takes answers that it no longer waits for",
        rules: Rules {
            takes_only_awaited_answers: false,
            ..Rules::REAL
        },
        scenario: Scenario::DESKTOP,
        breaks: "an ended session never comes back in the app",
    },
    Mutant {
        how: "the app takes silence for an end",
        rules: Rules {
            silence_signs_out: true,
            ..Rules::REAL
        },
        scenario: Scenario::DESKTOP,
        breaks: "app, tabs and widget sign out only when the session ended or the person said so",
    },
    Mutant {
        how: "the app asks to be signed out once, and forgets it",
        rules: Rules {
            keeps_last_wish: false,
            ..Rules::REAL
        },
        scenario: Scenario::DESKTOP,
        breaks: "a sign-out in the app is never forgotten",
    },
    Mutant {
        how: "a tab believes an old answer after it heard of the end",
        rules: Rules {
            tabs_remember_ends: false,
            ..Rules::REAL
        },
        scenario: Scenario::BROWSER,
        breaks: "an ended session never comes back in a tab or widget that heard of its end",
    },
];

/// Broken rules that end no session wrongly, and leave somebody stuck.
const STUCK: [Mutant; 3] = [
    Mutant {
        how: "the newest token's predecessor counts as spent",
        rules: Rules {
            present: mutants::predecessor_is_spent,
            ..Rules::REAL
        },
        scenario: Scenario::DESKTOP,
        breaks: "in fair weather a live session renews",
    },
    Mutant {
        how: "a desktop sign-out is confirmed, and ends nothing",
        rules: Rules {
            effect: mutants::desktop_sign_out_is_confirmed_and_ignored,
            ..Rules::REAL
        },
        scenario: Scenario::DESKTOP,
        breaks: "in fair weather a sign-out reaches the service",
    },
    Mutant {
        how: "a call whose page has gone is never over",
        rules: Rules {
            is_silent: mutants::calls_never_go_silent,
            ..Rules::REAL
        },
        scenario: Scenario::CALLS,
        breaks: "in fair weather an end that waits comes with the end of the call",
    },
];

#[test]
fn every_rule_broken_on_purpose_gives_a_counterexample() {
    found_out(&MUTANTS, fair_weather::not_tried);
}

#[test]
fn every_rule_broken_so_that_somebody_is_stuck_gives_a_counterexample() {
    found_out(&STUCK, fair_weather::missed);
}

pub fn found_out(mutants: &[Mutant], outcome: Outcome) {
    let begun = Instant::now();
    for mutant in mutants {
        let explored = explore(&mutant.rules, &mutant.scenario, outcome);
        let Some(counterexample) = explored.counterexample else {
            panic!("not found in {} states: {}", explored.states, mutant.how);
        };
        println!("{}\n{counterexample}", mutant.how);
        assert_eq!(counterexample.property, mutant.breaks, "{}", mutant.how);
    }
    println!("{} mutants in {:.1?}", mutants.len(), begun.elapsed());
}
