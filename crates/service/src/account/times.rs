//! Times in words. The service does not know a person's time zone, so what is recent is told by
//! its distance, and the exact time is given in UTC.

use jiff::Timestamp;

use crate::pages::words;

/// "just now", "3 hours ago", "12 November 2026".
pub fn in_words(then: Timestamp, now: Timestamp) -> String {
    let seconds = u64::try_from(now.duration_since(then).as_secs()).unwrap_or(0);
    let words = words();
    match seconds {
        0..60 => words.say("time-now"),
        60..3600 => words.count("time-minutes", seconds / 60),
        3600..86_400 => words.count("time-hours", seconds / 3600),
        86_400..2_592_000 => words.count("time-days", seconds / 86_400),
        _ => then.strftime("%-d %B %Y").to_string(),
    }
}

/// "12 November 2026, 14:02 UTC".
pub fn exactly(then: Timestamp) -> String {
    then.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn what_is_recent_is_told_by_its_distance() {
        let now: Timestamp = "2026-11-12T14:02:30Z".parse().unwrap();
        for (then, words) in [
            ("2026-11-12T14:02:01Z", "just now"),
            ("2026-11-12T14:03:00Z", "just now"),
            ("2026-11-12T14:01:00Z", "a minute ago"),
            ("2026-11-12T11:00:00Z", "3 hours ago"),
            ("2026-11-11T11:00:00Z", "yesterday"),
            ("2026-11-02T11:00:00Z", "10 days ago"),
            ("2026-03-02T11:00:00Z", "2 March 2026"),
        ] {
            assert_eq!(in_words(then.parse().unwrap(), now), words);
        }
        assert_eq!(exactly(now), "12 November 2026, 14:02 UTC");
    }
}
