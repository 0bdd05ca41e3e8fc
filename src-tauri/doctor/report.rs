//! The doctor's findings, for people and for programs.

use std::fmt::Write as _;

use serde_json::{Value, json as object};

use super::{Finding, Outcome, all_well};
use crate::session::{message::Message, shell::Words};

/// For a terminal: one line a check, and below a failure what to do.
pub fn text(findings: &[Finding], words: &dyn Words) -> String {
    let mut out = String::new();
    for finding in findings {
        let (mark, message) = match &finding.outcome {
            Outcome::Fine(message) => ("doctor-mark-fine", message),
            Outcome::Wrong(message) => ("doctor-mark-wrong", message),
            Outcome::Skipped(message) => ("doctor-mark-skipped", message),
        };
        let mark = words.text(&Message::plain(mark));
        let label = words.text(&finding.check.label());
        let said = words.text(message);
        let _ = writeln!(out, "{mark:<7} {label}: {said}");
        if matches!(finding.outcome, Outcome::Wrong(_)) {
            let advice = words.text(&finding.check.advice());
            let _ = writeln!(out, "        {advice} ({})", finding.check.code());
        }
    }
    let end = if all_well(findings) {
        "doctor-all-well"
    } else {
        "doctor-not-well"
    };
    let _ = writeln!(out, "\n{}", words.text(&Message::plain(end)));
    out
}

/// For programs: `{"ok": …, "checks": [{"check", "outcome", "code", "text", "advice"}]}`.
pub fn json(findings: &[Finding], words: &dyn Words) -> Value {
    let checks: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let (outcome, message) = match &finding.outcome {
                Outcome::Fine(message) => ("fine", message),
                Outcome::Wrong(message) => ("wrong", message),
                Outcome::Skipped(message) => ("skipped", message),
            };
            let wrong = outcome == "wrong";
            object!({
                "check": format!("{:?}", finding.check).to_lowercase(),
                "outcome": outcome,
                "code": wrong.then(|| finding.check.code()),
                "text": words.text(message),
                "advice": wrong.then(|| words.text(&finding.check.advice())),
            })
        })
        .collect();
    object!({ "ok": all_well(findings), "checks": checks })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Check;

    struct Keys;

    impl Words for Keys {
        fn text(&self, message: &Message) -> String {
            message.key.to_owned()
        }
    }

    #[test]
    fn a_failure_says_what_to_do_and_makes_the_whole_fail() {
        let fine = Check::Browser.fine(Message::plain("doctor-browser-fine"));
        let wrong = Check::Clock.wrong(Message::plain("doctor-clock-wrong"));
        assert!(all_well(std::slice::from_ref(&fine)));
        let findings = [fine, wrong];
        assert!(!all_well(&findings));
        let shown = text(&findings, &Keys);
        assert!(shown.contains("doctor-clock-advice (UL-2307)"), "{shown}");
        assert!(!shown.contains("doctor-browser-advice"), "{shown}");
        let document = json(&findings, &Keys);
        assert_eq!(document["ok"], false);
        assert_eq!(document["checks"][1]["code"], "UL-2307");
    }
}
