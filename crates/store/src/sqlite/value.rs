//! How values look in columns: times in milliseconds, enums as their words, sets as JSON.

use jiff::Timestamp;
use serde::{
    Serialize,
    de::{DeserializeOwned, IntoDeserializer, value::Error},
};
use serde_json::Value;
use sqlx::{Row, sqlite::SqliteRow};

use crate::StoreError;

/// A time as it will be read back: without what is finer than a millisecond.
pub(super) fn to_the_millisecond(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}

/// The word of an enum without fields, as serde writes it.
pub(super) fn word<T: Serialize>(value: &T) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Ok(word),
        _ => Err(StoreError::Unreadable("word")),
    }
}

/// The enum of a word.
pub(super) fn from_word<T: DeserializeOwned>(
    word: &str,
    what: &'static str,
) -> Result<T, StoreError> {
    let word: serde::de::value::StrDeserializer<'_, Error> = word.into_deserializer();
    T::deserialize(word).map_err(|_| StoreError::Unreadable(what))
}

/// A value as JSON text.
pub(super) fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable("value"))
}

/// The value of JSON text.
pub(super) fn from_json<T: DeserializeOwned>(
    text: &str,
    what: &'static str,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable(what))
}

/// The time in a column.
pub(super) fn time(row: &SqliteRow, column: &str) -> Result<Timestamp, StoreError> {
    from_milliseconds(row.try_get(column)?)
}

/// The time in a column that may be empty.
pub(super) fn optional_time(
    row: &SqliteRow,
    column: &str,
) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<i64> = row.try_get(column)?;
    at.map(from_milliseconds).transpose()
}

/// The enum in a column of words.
pub(super) fn enumerated<T: DeserializeOwned>(
    row: &SqliteRow,
    column: &'static str,
) -> Result<T, StoreError> {
    from_word(row.try_get(column)?, column)
}

/// The enum in a column of words that may be empty.
pub(super) fn optional_enumerated<T: DeserializeOwned>(
    row: &SqliteRow,
    column: &'static str,
) -> Result<Option<T>, StoreError> {
    let word: Option<&str> = row.try_get(column)?;
    word.map(|word| from_word(word, column)).transpose()
}

fn from_milliseconds(at: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(at).map_err(|_| StoreError::Unreadable("time"))
}
