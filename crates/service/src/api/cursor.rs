//! Where the next page of a long list begins. Opaque to its reader, and no secret: it names a
//! place in the order and gives no access to anything.

use axum::http::StatusCode;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};

use super::Refusal;

/// None of ours is longer.
const LONGEST: usize = 200;

/// A place in a list.
pub struct Cursor;

impl Cursor {
    /// The cursor of a place.
    pub fn of<T: Serialize>(place: &T) -> String {
        // Plain values only: nothing in them that JSON could refuse.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(place).unwrap_or_default())
    }

    /// The place of a cursor.
    pub fn place<T: DeserializeOwned>(cursor: &str) -> Result<T, Refusal> {
        let read = || {
            if cursor.len() > LONGEST {
                return None;
            }
            let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
            serde_json::from_slice(&bytes).ok()
        };
        read().ok_or_else(|| {
            Refusal::new(StatusCode::BAD_REQUEST, "UL-1405", "api-cursor").at("cursor")
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn a_cursor_leads_back_and_rubbish_nowhere() {
        let place = (1_800_000_000_000_i64, "a".to_owned());
        assert_eq!(
            Cursor::place::<(i64, String)>(&Cursor::of(&place)).unwrap(),
            place
        );
        for rubbish in ["", "%%%", "bm9wZQ", &"A".repeat(201)] {
            assert!(
                Cursor::place::<(i64, String)>(rubbish).is_err(),
                "{rubbish}"
            );
        }
    }
}
