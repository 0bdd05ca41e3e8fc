//! Every code that a person can meet is explained, and every explanation is of a code.

use std::{collections::BTreeSet, fs};

use super::sources::texts;
use crate::root::Root;

/// The codes in a text: `UL-` and four digits.
fn codes(text: &str) -> BTreeSet<String> {
    text.match_indices("UL-")
        .filter_map(|(place, _)| text.get(place..place + 7))
        .filter(|code| code[3..].bytes().all(|byte| byte.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

/// The codes that have a row of their own.
fn explained() -> Vec<String> {
    let page = fs::read_to_string(Root::find().unwrap().join("docs/errors.md")).unwrap();
    page.lines()
        .filter(|line| line.starts_with("| UL-") && line.matches('|').count() >= 4)
        .flat_map(|line| codes(line.split('|').nth(1).unwrap_or_default()))
        .collect()
}

#[test]
fn every_code_in_the_sources_is_explained_once_and_no_other() {
    let rows = explained();
    let explained: BTreeSet<String> = rows.iter().cloned().collect();
    assert_eq!(rows.len(), explained.len(), "a code has two rows");

    let used: BTreeSet<String> = texts(
        &[
            "crates/saml",
            "crates/service",
            "crates/store",
            "src-tauri",
            "ui",
        ],
        &["package-lock.json"],
    )
    .iter()
    .flat_map(|(_, text)| codes(text))
    .collect();
    let missing: Vec<_> = used.difference(&explained).collect();
    let unused: Vec<_> = explained.difference(&used).collect();
    assert!(
        missing.is_empty() && unused.is_empty(),
        "docs/errors.md lacks {missing:?}, and explains {unused:?}, which nothing says"
    );
}

#[test]
fn codes_are_told_from_what_looks_like_them() {
    let found = codes("UL-1001, UL-20xx and UL-2101");
    assert_eq!(
        found.into_iter().collect::<Vec<_>>(),
        ["UL-1001", "UL-2101"]
    );
}
