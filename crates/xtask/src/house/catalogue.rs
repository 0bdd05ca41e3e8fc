//! No message is kept that nobody reads.

use std::{collections::HashSet, path::PathBuf};

use super::sources::texts;

/// The identifiers of a catalogue's messages.
fn identifiers(catalogue: &str) -> Vec<&str> {
    catalogue
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
        .filter_map(|line| {
            line.split_once('=')
                .map(|(identifier, _)| identifier.trim())
        })
        .collect()
}

/// Whether some source names the identifier, or names its beginning and adds its ending to a value.
fn is_used(sources: &[(PathBuf, String)], identifier: &str) -> bool {
    let by_any = |identifier: &str| sources.iter().any(|(_, text)| names(text, identifier));
    let ended = || {
        identifier
            .rsplit_once('-')
            .is_some_and(|(beginning, ending)| {
                let added = format!("}}-{ending}\"");
                by_any(beginning) && sources.iter().any(|(_, text)| text.contains(&added))
            })
    };
    by_any(identifier) || ended()
}

/// Whether a source names the identifier, whole or as a beginning that a value completes.
fn names(text: &str, identifier: &str) -> bool {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let whole = text.match_indices(identifier).any(|(place, _)| {
        let before = place.checked_sub(1).map(|before| text.as_bytes()[before]);
        let after = text.as_bytes().get(place + identifier.len()).copied();
        !before.is_some_and(part) && !after.is_some_and(part)
    });
    let begun = || {
        identifier.match_indices('-').any(|(place, _)| {
            let beginning = &identifier[..=place];
            text.contains(&format!("\"{beginning}{{")) || text.contains(&format!("`{beginning}${{"))
        })
    };
    whole || begun()
}

fn catalogues() -> Vec<(PathBuf, String)> {
    texts(&["ui/design/messages"], &[])
}

#[test]
fn every_message_is_used() {
    let sources = texts(
        &["crates/service", "src-tauri", "ui"],
        &[".ftl", "package-lock.json"],
    );
    let catalogues = catalogues();
    // Most are named whole: one look at all words spares thousands of searches.
    let words: HashSet<&str> = sources
        .iter()
        .flat_map(|(_, text)| {
            text.split(|part: char| !(part.is_ascii_alphanumeric() || part == '-'))
        })
        .collect();
    let mut unused = Vec::new();
    for (path, catalogue) in &catalogues {
        for identifier in identifiers(catalogue) {
            if words.contains(identifier) {
                continue;
            }
            let by_message = catalogues
                .iter()
                .any(|(_, other)| other.contains(&format!("{{ {identifier} }}")));
            if !by_message && !is_used(&sources, identifier) {
                unused.push(format!("{identifier} ({})", path.display()));
            }
        }
    }
    assert!(unused.is_empty(), "nothing says: {unused:#?}");
}

#[test]
fn no_message_is_written_twice() {
    for (path, catalogue) in catalogues() {
        let mut all = identifiers(&catalogue);
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "{} repeats a message", path.display());
    }
}

#[test]
fn whole_and_begun_identifiers_are_seen_and_longer_ones_are_not_taken_for_them() {
    assert!(names("words.say(\"sign-in\")", "sign-in"));
    assert!(!names("words.say(\"sign-in-title\")", "sign-in"));
    assert!(names("format!(\"cause-{name}\")", "cause-expired"));
    assert!(names("say(`cause-${name}`)", "cause-expired"));
}
