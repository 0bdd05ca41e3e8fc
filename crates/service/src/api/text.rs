//! Text that a person writes into a field: bounded, and without what cannot be seen.

use super::Refusal;

/// The longest name of anything.
pub const LONGEST_NAME: usize = 100;
/// The longest text to search for.
pub const LONGEST_SEARCH: usize = 100;

/// A name without the white space around it.
pub fn name(field: &str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::of(field, "UL-1406", "api-name-missing"));
    }
    if text.chars().count() > LONGEST_NAME || text.chars().any(char::is_control) {
        return Err(Refusal::of(field, "UL-1406", "api-name-unusable"));
    }
    Ok(text.to_owned())
}

/// What is searched for, if anything is.
pub fn search(field: &str, text: Option<String>) -> Result<Option<String>, Refusal> {
    let text = text.map(|text| text.trim().to_owned());
    match text {
        Some(text) if text.chars().count() > LONGEST_SEARCH => {
            Err(Refusal::of(field, "UL-1406", "api-search-too-long"))
        }
        text => Ok(text.filter(|text| !text.is_empty())),
    }
}
