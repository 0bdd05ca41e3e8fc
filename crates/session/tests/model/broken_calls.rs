//! Each rule of calls, broken on purpose.

use crate::{
    broken_on_purpose::{Mutant, found_out},
    fair_weather, mutants,
    rules::Rules,
    scenario::Scenario,
};

const MUTANTS: [Mutant; 11] = [
    Mutant {
        how: "a sign-out for after the call does not wait for it",
        rules: Rules {
            during: mutants::no_end_waits,
            ..Rules::REAL
        },
        scenario: Scenario::CALLS,
        breaks: "no end that may wait interrupts a call",
    },
    Mutant {
        how: "an admin's end does not wait for calls",
        rules: Rules {
            during: mutants::no_end_waits,
            ..Rules::REAL
        },
        scenario: Scenario::CALLS_AND_ADMIN,
        breaks: "no end that may wait interrupts a call",
    },
    Mutant {
        how: "every end waits for calls",
        rules: Rules {
            during: mutants::every_end_waits,
            ..Rules::REAL
        },
        scenario: Scenario::CALLS,
        breaks: "who says now is signed out now, call or not",
    },
    Mutant {
        how: "an end waits for as long as the call goes on",
        rules: Rules {
            settle: mutants::waits_for_as_long_as_the_call_goes_on,
            ..Rules::REAL
        },
        scenario: Scenario::CALLS,
        breaks: "an end that waits comes with the end of the call, or after four hours",
    },
    Mutant {
        how: "an end waits for the limit, whether there is still a call or not",
        rules: Rules {
            settle: mutants::waits_for_the_limit_alone,
            ..Rules::REAL
        },
        scenario: Scenario::CALLS,
        breaks: "an end that waits comes with the end of the call, or after four hours",
    },
    Mutant {
        how: "an end that waits comes when it is next looked at",
        rules: Rules {
            settle: mutants::does_not_wait,
            ..Rules::REAL
        },
        scenario: Scenario::CALLS,
        breaks: "no end that may wait interrupts a call",
    },
    Mutant {
        how: "each look at an end that waits moves its limit",
        rules: Rules {
            settle: mutants::each_look_waits_anew,
            ..Rules::REAL
        },
        scenario: Scenario::CALLS,
        breaks: "an end that waits comes with the end of the call, or after four hours",
    },
    Mutant {
        how: "of two ends that wait the later one stands",
        rules: Rules {
            or_earlier: mutants::the_later_end_stands,
            ..Rules::REAL
        },
        scenario: Scenario::CALLS,
        breaks: "an end that waits comes with the end of the call, or after four hours",
    },
    Mutant {
        how: "an end waits for the calls of other sessions too",
        rules: Rules {
            own_calls_only: false,
            ..Rules::REAL
        },
        scenario: Scenario::CALLS_AND_ADMIN,
        breaks: "an end that waits comes with the end of the call, or after four hours",
    },
    Mutant {
        how: "an end that waits is kept in memory only",
        rules: Rules {
            endings_are_durable: false,
            ..Rules::REAL
        },
        scenario: Scenario::CALLS,
        breaks: "whoever was told that it ends after the call sees it end",
    },
    Mutant {
        how: "a call whose page has gone is never over",
        rules: Rules {
            is_silent: mutants::calls_never_go_silent,
            ..Rules::REAL
        },
        scenario: Scenario::CALLS,
        breaks: "an end that waits comes with the end of the call, or after four hours",
    },
];

#[test]
fn every_rule_of_calls_broken_on_purpose_gives_a_counterexample() {
    found_out(&MUTANTS, fair_weather::not_tried);
}
