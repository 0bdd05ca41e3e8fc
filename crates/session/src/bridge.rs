//! What a session event means to a desktop app (the bridge's rules).

use crate::{EndReason, SessionEvent, SessionId, What};

/// What the desktop app makes of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Its own session ended: the app signs out here.
    OwnEnd(EndReason),
    /// Another session of the person started or ended: shown as activity, nothing else.
    Activity,
    /// Nothing to show or do.
    Nothing,
}

/// Decides by the event alone. Only an end of the app's own session ends it; what happens to
/// browser sessions and other devices is news at most.
pub fn hear(own: SessionId, event: &SessionEvent) -> Heard {
    match event.what {
        What::Ended { reason } if event.session == own => Heard::OwnEnd(reason),
        What::Started | What::Ended { .. } if event.session != own => Heard::Activity,
        _ => Heard::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{EndReason, arbitrary};

    proptest! {
        #[test]
        fn only_an_end_of_its_own_session_signs_the_app_out(
            own in arbitrary::session_id(), event in arbitrary::event(),
        ) {
            let expected = match event.what {
                What::Ended { reason } if event.session == own => Some(reason),
                _ => None,
            };
            let signed_out = match hear(own, &event) {
                Heard::OwnEnd(reason) => Some(reason),
                Heard::Activity | Heard::Nothing => None,
            };
            prop_assert_eq!(signed_out, expected);
        }

        #[test]
        fn a_sign_out_on_any_browser_surface_is_news_and_no_more(
            own in arbitrary::session_id(), event in arbitrary::event(),
        ) {
            prop_assume!(event.session != own);
            let event = SessionEvent { what: What::Ended { reason: EndReason::SignedOut }, ..event };
            prop_assert_eq!(hear(own, &event), Heard::Activity);
        }

        #[test]
        fn starts_and_ends_elsewhere_are_shown_and_renewals_never(
            own in arbitrary::session_id(), event in arbitrary::event(),
        ) {
            let elsewhere = event.session != own;
            let shown = hear(own, &event) == Heard::Activity;
            prop_assert_eq!(shown, elsewhere && event.what != What::Renewed);
        }
    }
}
