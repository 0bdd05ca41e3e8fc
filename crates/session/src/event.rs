//! Session events: what happened to a session, by whom, where, why. This is their wire form too.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{EndReason, Kind, SessionId, Surface, UserId};

/// One thing that happened to one session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export_to = "wire/"))]
pub struct SessionEvent {
    /// Its place in the service's sequence; a stream resumes after it. Never reused, always
    /// rising.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub sequence: u64,
    /// Whose session.
    pub user: UserId,
    /// Which session.
    pub session: SessionId,
    /// Its kind.
    pub kind: Kind,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
    /// When.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub at: Timestamp,
    /// Where the person was when it happened, if a person did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<Surface>,
    /// The session's device, in words ("Chromium on Linux", "Mira's laptop").
    pub device: String,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export_to = "wire/"))]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    /// A sign-in made it.
    Started,
    /// A refresh token was rotated.
    Renewed,
    /// It ended, for good.
    Ended {
        /// Why.
        reason: EndReason,
    },
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use proptest::prelude::*;

    use super::*;
    use crate::arbitrary;

    proptest! {
        #[test]
        fn an_event_survives_the_wire(event in arbitrary::event()) {
            let wire = serde_json::to_string(&event).unwrap();
            prop_assert_eq!(serde_json::from_str::<SessionEvent>(&wire).unwrap(), event);
        }

        #[test]
        fn an_event_with_fields_of_a_newer_service_is_still_read(event in arbitrary::event()) {
            let mut wire = serde_json::to_value(&event).unwrap();
            wire["a_newer_field"] = serde_json::json!({"any": ["thing"]});
            prop_assert_eq!(serde_json::from_value::<SessionEvent>(wire).unwrap(), event);
        }
    }

    #[test]
    fn the_wire_form_of_an_end_is_what_integrators_were_promised() {
        let event = SessionEvent {
            sequence: 42,
            user: "00000000-0000-0000-0000-00000000000a".parse().unwrap(),
            session: "00000000-0000-0000-0000-00000000000b".parse().unwrap(),
            kind: Kind::Browser,
            what: What::Ended {
                reason: EndReason::SignedOut,
            },
            at: "2026-01-02T03:04:05Z".parse().unwrap(),
            surface: Some(Surface::Cti),
            device: "Chromium on Linux".to_owned(),
        };
        assert_eq!(
            serde_json::to_value(&event).unwrap(),
            serde_json::json!({
                "sequence": 42,
                "user": "00000000-0000-0000-0000-00000000000a",
                "session": "00000000-0000-0000-0000-00000000000b",
                "kind": "browser",
                "what": "ended",
                "reason": "signed_out",
                "at": "2026-01-02T03:04:05Z",
                "surface": "cti",
                "device": "Chromium on Linux",
            })
        );
    }

    #[cfg(feature = "typescript")]
    #[test]
    fn its_typescript_form_has_every_field_of_the_wire_form() {
        use ts_rs::TS;

        let config = ts_rs::Config::default();
        let declared = SessionEvent::decl(&config);
        for field in [
            "sequence: number",
            "user: ",
            "session: ",
            "kind: ",
            "at: string",
            "surface?: ",
            "device: string",
        ] {
            assert!(declared.contains(field), "{field} in {declared}");
        }
        let what = What::decl(&config);
        for variant in [
            "\"started\"",
            "\"renewed\"",
            "\"ended\"",
            "reason: EndReason",
        ] {
            assert!(what.contains(variant), "{variant} in {what}");
        }
    }
}
