//! The audit log as CSV (RFC 4180), for spreadsheets.
//!
//! Threat: a name that a spreadsheet runs as a formula (`=HYPERLINK(…)`): a cell that begins like
//! one is written with an apostrophe before it (OWASP, CSV Injection), and every cell is quoted.

use crate::dashboard::wire::{ActorKind, AuditShown};

/// The first line.
pub(super) const HEADING: &str =
    "at,actor,actor_id,action,subject,subject_email,subject_id,session,surface,address,reason\r\n";

/// Appends a line.
pub(super) fn row(page: &mut String, entry: &AuditShown) {
    let subject = entry.subject.as_ref();
    let actor = match entry.actor.kind {
        ActorKind::Person => entry.actor.name.as_deref().unwrap_or("person"),
        ActorKind::Anonymous => "anonymous",
        ActorKind::Operator => "operator",
        ActorKind::Service => "service",
    };
    let id = |id: Option<session::UserId>| id.map(|id| id.to_string()).unwrap_or_default();
    let surface = entry.surface.map(word).unwrap_or_default();
    let session = entry.session.map(|id| id.to_string()).unwrap_or_default();
    let at = entry.at.to_string();
    let cells = [
        at.as_str(),
        actor,
        &id(entry.actor.id),
        &entry.action,
        subject.map_or("", |subject| subject.name.as_str()),
        subject.map_or("", |subject| subject.email.as_str()),
        &id(subject.map(|subject| subject.id)),
        &session,
        surface,
        entry.address.as_deref().unwrap_or_default(),
        entry.reason.as_deref().unwrap_or_default(),
    ];
    for (place, text) in cells.into_iter().enumerate() {
        if place > 0 {
            page.push(',');
        }
        cell(page, text);
    }
    page.push_str("\r\n");
}

fn cell(page: &mut String, text: &str) {
    page.push('"');
    // White space before it does not keep a spreadsheet from reading a formula.
    let first = text
        .trim_start_matches([' ', '\u{a0}', '\u{feff}'])
        .chars()
        .next();
    if first.is_some_and(|first| "=+-@\t\r\n|%\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(first)) {
        page.push('\'');
    }
    for character in text.chars() {
        match character {
            '"' => page.push_str("\"\""),
            '\0' => {}
            other => page.push(other),
        }
    }
    page.push('"');
}

fn word(surface: session::Surface) -> &'static str {
    match surface {
        session::Surface::Workspace => "workspace",
        session::Surface::Dashboard => "dashboard",
        session::Surface::Cti => "cti",
        session::Surface::Desktop => "desktop",
        session::Surface::Account => "account",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut page = String::new();
        cell(&mut page, text);
        page
    }

    #[test]
    fn no_cell_is_a_formula() {
        for formula in [
            "=HYPERLINK(\"http://evil.example\")",
            "+1+1",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1",
            "\u{a0}=1",
            "\u{ff1d}1",
            "|calc",
        ] {
            assert!(written(formula).starts_with("\"'"), "{formula:?}");
        }
        for plain in [
            "Mira Okafor",
            "203.0.113.9",
            "a=b",
            "2026-11-24T00:00:00Z",
            "",
        ] {
            assert_eq!(written(plain), format!("\"{plain}\""));
        }
    }

    #[test]
    fn a_cell_cannot_end_itself() {
        assert_eq!(written("a\",\"=1"), "\"a\"\",\"\"=1\"");
        assert_eq!(written("two\nlines"), "\"two\nlines\"");
    }
}
