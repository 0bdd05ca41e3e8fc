//! What every store has to do, written once against the trait. A store's test file names a way to
//! open a fresh one and runs [`storage_suite!`].

pub mod call_model;
pub mod calls;
pub mod clients;
pub mod ends;
pub mod events;
pub mod found;
pub mod lifetimes;
pub mod model;
pub mod people;
pub mod renewals;
pub mod sample;
pub mod single_use;
pub mod teams;
pub mod who_waits;

/// One test per promise: `storage_suite!(open)`, where `open().await` gives a fresh place whose
/// `store()` is the store.
#[macro_export]
macro_rules! storage_suite {
    ($open:path) => {
        $crate::promises! { $open:
            renewals::{
                a_token_may_be_repeated_until_its_successor_was_used,
                a_spent_token_ends_its_session_alone,
                renewals_of_one_session_at_once_issue_one_successor,
                many_sessions_are_renewed_together,
                a_copied_token_at_once_with_the_real_one_ends_the_session_once,
                a_request_that_was_held_up_ends_nothing,
                a_request_made_after_the_newest_token_was_given_is_not_held_up,
                a_token_ahead_of_a_restored_database_is_the_newest,
                an_unknown_session_harms_no_neighbour,
                a_late_renewal_does_not_revive,
                a_failing_change_harms_no_neighbour,
            },
            ends::{
                a_browser_sign_out_leaves_the_desktop_alone,
                a_choice_never_reaches_another_persons_session,
                an_end_is_final,
                no_renewal_is_granted_after_an_end,
                a_changed_password_spares_the_browser_that_changed_it,
                a_tightened_policy_gives_its_notice,
            },
            call_model::{
                every_history_of_calls_is_as_the_rules_say,
            },
            calls::{
                a_sign_out_for_after_the_call_comes_with_its_end,
                a_sign_out_now_waits_for_nothing,
                a_call_whose_page_has_gone_is_over_after_a_minute,
                a_late_report_keeps_no_end_waiting,
                an_end_waits_for_the_last_call_of_its_session,
                an_end_waits_for_four_hours_at_most,
                calls_outlive_a_restart,
                a_call_of_no_session_is_unknown,
            },
            clients::{
                a_client_comes_back_as_it_was_registered,
                an_end_owes_word_to_each_client_that_was_used,
                a_delivery_comes_up_until_it_is_settled,
                only_what_was_given_up_long_ago_is_removed,
                a_removed_client_is_told_nothing,
            },
            teams::{
                a_team_comes_back_with_its_people,
                a_supervisor_sees_the_people_of_their_own_teams,
                a_team_takes_nobody_of_another_organization,
                an_organization_lists_its_own_crm_origins,
                a_persons_availability_is_what_they_said_last,
            },
            found::{
                sessions_are_found_by_what_people_know_of_them,
                pages_of_sessions_show_each_once,
                the_audit_log_answers_what_is_asked,
            },
            who_waits::{
                only_a_sessions_own_call_holds_its_end,
                an_admin_ends_one_session_of_the_own_organization,
                passwords_and_policies_wait_for_calls,
                nobody_signs_in_past_being_disabled,
                a_disabled_persons_call_is_not_cut_off,
            },
            lifetimes::{
                unused_sessions_end_by_their_kind,
                use_keeps_a_session_alive,
                a_late_use_does_not_revive,
                shorter_lifetimes_hold_for_living_sessions,
                due_sessions_end_a_few_at_a_time,
                a_clock_that_goes_backwards_ends_nothing,
            },
            model::{
                every_history_is_as_the_rules_say,
            },
            people::{
                an_address_belongs_to_one_person_however_it_is_written,
                an_organization_keeps_its_name_and_settings,
                a_person_can_be_changed,
                an_organization_keeps_its_last_admin,
                a_password_can_be_set_and_replaced,
                a_session_comes_back_as_it_was_started,
                the_audit_log_tells_the_newest_first,
            },
            single_use::{
                of_many_takers_one_gets_it,
                a_secret_is_for_one_purpose_and_a_time,
                a_second_use_tells_what_the_first_led_to,
                only_what_is_long_over_is_cleaned_away,
            },
            events::{
                a_stream_resumes_without_a_gap,
                a_stream_is_told_of_a_gap,
                a_number_is_never_given_out_twice,
                a_number_from_before_a_restore_is_a_gap,
            },
        }
    };
}

/// The tests of some modules of the suite.
#[macro_export]
macro_rules! promises {
    ($open:path: $($module:ident :: { $($test:ident),* $(,)? }),* $(,)?) => {
        $(mod $module {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                let place = $open().await;
                $crate::suite::$module::$test(place.store()).await;
            })*
        })*
    };
}
