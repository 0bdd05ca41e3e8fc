//! Every state against every input.

use ::session::EndReason;

use super::*;

const CURRENT: u64 = 2;

fn standings() -> Vec<Standing> {
    let problem = Problem::KeychainLocked;
    vec![
        Standing::Starting,
        Standing::SignedOut,
        Standing::SignedIn(Connection::Connecting),
        Standing::SignedIn(Connection::Online),
        Standing::SignedIn(Connection::Offline),
        Standing::KeychainUnavailable {
            problem,
            holding: true,
        },
        Standing::KeychainUnavailable {
            problem,
            holding: false,
        },
        Standing::Ended(Ending::Refused),
        Standing::Ended(Ending::Told(EndReason::EndedByAdmin)),
    ]
}

fn attempts() -> Vec<Option<Attempt>> {
    let mut all = vec![None];
    for way in [Way::DeepLink, Way::Loopback] {
        for stage in [
            Stage::Preparing,
            Stage::Waiting,
            Stage::Exchanging,
            Stage::Storing,
        ] {
            all.push(Some(Attempt {
                number: CURRENT,
                way,
                stage,
            }));
        }
    }
    all
}

fn states() -> Vec<State> {
    let mut all = Vec::new();
    for standing in standings() {
        for attempt in attempts() {
            for notice in [
                None,
                Some(Problem::ClockWrong),
                Some(Problem::LinkOfAnother),
            ] {
                all.push(State {
                    standing,
                    attempt,
                    notice,
                    attempts: CURRENT,
                });
            }
        }
    }
    all
}

fn inputs() -> Vec<Input> {
    let mut all = vec![
        Input::SignIn(Way::DeepLink),
        Input::SignIn(Way::Loopback),
        Input::Cancel,
        Input::SignOut,
        Input::Retry,
        Input::Dismiss,
        Input::RecordRead(Reading::Found),
        Input::RecordRead(Reading::Absent),
        Input::RecordRead(Reading::Failed(Problem::KeychainMissing)),
        Input::Came(Answer::Stray(Problem::LinkOfAnother)),
        Input::Came(Answer::Stray(Problem::LinkUnreadable)),
        Input::Renewed(Renewed::Fresh),
        Input::Renewed(Renewed::Later(Problem::IssuerUnreachable)),
        Input::Renewed(Renewed::Later(Problem::RequestRefused)),
        Input::Renewed(Renewed::Over(Ending::Refused)),
        Input::Renewed(Renewed::Keychain(Problem::KeychainLocked)),
        Input::Reached,
        Input::Told(Ending::Told(EndReason::PasswordChanged)),
    ];
    for number in [1, CURRENT] {
        all.extend([
            Input::Prepared(number, Ok(Way::DeepLink)),
            Input::Prepared(number, Err(Problem::IssuerUnreachable)),
            Input::BrowserFailed(number),
            Input::Came(Answer::Code(number)),
            Input::Came(Answer::Error(number, Problem::AccessDenied)),
            Input::Exchanged(number, Ok(())),
            Input::Exchanged(number, Err(Problem::CodeRefused)),
            Input::Stored(number, Ok(())),
            Input::Stored(number, Err(Problem::KeychainLocked)),
            Input::Expired(number),
        ]);
    }
    all
}

fn each(check: impl Fn(State, Input, State, &[Effect])) {
    let mut checked = 0;
    for before in states() {
        for input in inputs() {
            let (after, effects) = before.step(input);
            check(before, input, after, &effects);
            checked += 1;
        }
    }
    assert_eq!(checked, 9 * 9 * 3 * inputs().len());
}

#[test]
fn only_a_sign_out_or_an_end_leaves_a_session() {
    each(|before, input, after, effects| {
        let leaves = before.holds_session() && !after.holds_session();
        let may = matches!(
            input,
            Input::SignOut | Input::Renewed(Renewed::Over(_)) | Input::Told(_)
        );
        assert_eq!(
            leaves,
            before.holds_session() && may,
            "{before:?} {input:?}"
        );
        let touches = effects
            .iter()
            .any(|effect| matches!(effect, Effect::SignOut | Effect::Remove));
        assert!(!touches || may, "{before:?} {input:?} -> {effects:?}");
    });
}

#[test]
fn nothing_but_a_record_or_a_completed_sign_in_makes_a_session() {
    each(|before, input, after, _| {
        if !before.holds_session() && after.holds_session() {
            let waits = matches!(
                before.standing,
                Standing::Starting | Standing::KeychainUnavailable { holding: false, .. }
            );
            let by_record = input == Input::RecordRead(Reading::Found) && waits;
            let by_sign_in =
                input == Input::Stored(CURRENT, Ok(())) && before.at(CURRENT, Stage::Storing);
            assert!(by_record || by_sign_in, "{before:?} {input:?}");
        }
    });
}

#[test]
fn a_link_that_fits_no_attempt_changes_nothing_and_is_a_notice() {
    each(|before, input, after, effects| {
        let stray = match input {
            Input::Came(Answer::Stray(_)) => true,
            Input::Came(Answer::Code(number) | Answer::Error(number, _)) => {
                !before.at(number, Stage::Waiting)
            }
            _ => false,
        };
        if stray {
            assert_eq!(
                after,
                State {
                    notice: after.notice,
                    ..before
                }
            );
            assert!(after.notice.is_some());
            assert_eq!(effects, [Effect::BringToFront]);
        }
    });
}

#[test]
fn late_reports_of_an_earlier_attempt_change_nothing() {
    each(|before, input, after, effects| {
        let late = matches!(
            input,
            Input::Prepared(1, _)
                | Input::BrowserFailed(1)
                | Input::Exchanged(1, _)
                | Input::Stored(1, _)
                | Input::Expired(1)
        );
        if late {
            assert_eq!(after, before, "{input:?}");
            assert!(effects.is_empty());
        }
    });
}

#[test]
fn an_attempt_that_is_left_is_abandoned_and_only_then() {
    each(|before, input, after, effects| {
        let abandoned = effects.contains(&Effect::Abandon(CURRENT));
        let left = before.attempt.is_some()
            && after.attempt.map(|attempt| attempt.number) != Some(CURRENT);
        let completed = input == Input::Stored(CURRENT, Ok(())) && left;
        assert_eq!(abandoned, left && !completed, "{before:?} {input:?}");
    });
}

#[test]
fn a_failed_cancelled_or_expired_sign_in_leaves_the_session_as_it_was() {
    each(|before, input, after, _| {
        let failed = matches!(
            input,
            Input::SignIn(_)
                | Input::Cancel
                | Input::Expired(_)
                | Input::Prepared(..)
                | Input::Exchanged(..)
                | Input::Stored(_, Err(_))
                | Input::Came(_)
        );
        if failed {
            assert_eq!(after.standing, before.standing, "{before:?} {input:?}");
        }
    });
}

#[test]
fn signing_in_twice_goes_on_with_the_first_and_loopback_takes_its_place() {
    let (state, effects) = State::default().step(Input::SignIn(Way::DeepLink));
    assert_eq!(effects, [Effect::Prepare(1, Way::DeepLink)]);
    let (state, _) = state.step(Input::Prepared(1, Ok(Way::DeepLink)));
    let (state, effects) = state.step(Input::SignIn(Way::DeepLink));
    assert_eq!(effects, [Effect::OpenBrowser(1)]);
    let (state, effects) = state.step(Input::SignIn(Way::Loopback));
    assert_eq!(
        effects,
        [Effect::Abandon(1), Effect::Prepare(2, Way::Loopback)]
    );
    let (state, effects) = state.step(Input::Came(Answer::Code(1)));
    assert_eq!(
        state.attempt.map(|attempt| attempt.stage),
        Some(Stage::Preparing)
    );
    assert_eq!(effects, [Effect::BringToFront]);
}

#[test]
fn signing_out_ends_signed_out_from_everywhere_and_drops_the_attempt() {
    each(|before, input, after, effects| {
        if input == Input::SignOut {
            assert_eq!(after.standing, Standing::SignedOut);
            assert_eq!(after.attempt, None);
            let had = !matches!(before.standing, Standing::SignedOut | Standing::Ended(_));
            assert_eq!(effects.contains(&Effect::SignOut), had);
        }
    });
}

#[test]
fn a_locked_keychain_is_a_state_with_a_way_out_and_no_sign_out() {
    let problem = Problem::KeychainLocked;
    let (state, _) = State::default().step(Input::RecordRead(Reading::Failed(problem)));
    assert_eq!(
        state.standing,
        Standing::KeychainUnavailable {
            problem,
            holding: false
        }
    );
    let (state, effects) = state.step(Input::Retry);
    assert_eq!(effects, [Effect::ReadRecord]);
    let (state, effects) = state.step(Input::RecordRead(Reading::Found));
    assert_eq!(effects, [Effect::Begin]);
    let (state, _) = state.step(Input::Renewed(Renewed::Keychain(problem)));
    assert!(state.holds_session());
    let (state, effects) = state.step(Input::Retry);
    assert_eq!(effects, [Effect::Renew]);
    let (state, _) = state.step(Input::Renewed(Renewed::Fresh));
    assert_eq!(state.standing, Standing::SignedIn(Connection::Online));
}

#[test]
fn every_state_but_starting_has_a_way_on() {
    for before in states() {
        if before.standing == Standing::Starting || before.is_storing() {
            continue;
        }
        let moves = [
            Input::SignIn(Way::DeepLink),
            Input::Cancel,
            Input::Retry,
            Input::SignOut,
        ]
        .into_iter()
        .any(|input| {
            let (after, effects) = before.step(input);
            after != before || !effects.is_empty()
        });
        assert!(moves, "{before:?}");
    }
}
