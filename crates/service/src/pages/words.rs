//! The message catalogue: every word that a person reads.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

const SOURCES: [&str; 3] = [
    include_str!("../../../../ui/design/messages/en/pages.ftl"),
    include_str!("../../../../ui/design/messages/en/mail.ftl"),
    include_str!("../../../../ui/design/messages/en/api.ftl"),
];

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::read(&SOURCES));

/// The catalogue.
pub fn words() -> &'static Words {
    &ENGLISH
}

/// The messages of one language.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    fn read(sources: &[&str]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![english()]);
        bundle.set_use_isolating(false);
        for source in sources {
            // What cannot be parsed is left out; a test sees that nothing is.
            let resource = FluentResource::try_new((*source).to_owned())
                .unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { bundle }
    }

    /// A message without arguments.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A message with arguments.
    pub fn say_with(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|it| it.value()) else {
            tracing::error!(key, "a message is missing from the catalogue");
            return key.to_owned();
        };
        let mut values = FluentArgs::new();
        for (name, value) in arguments {
            values.set(*name, *value);
        }
        let mut errors = Vec::new();
        self.bundle
            .format_pattern(pattern, Some(&values), &mut errors)
            .into_owned()
    }

    /// A message about a number of things.
    pub fn count(&self, key: &str, number: u64) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|it| it.value()) else {
            tracing::error!(key, "a message is missing from the catalogue");
            return key.to_owned();
        };
        let mut values = FluentArgs::new();
        values.set("number", number);
        self.bundle
            .format_pattern(pattern, Some(&values), &mut Vec::new())
            .into_owned()
    }
}

fn english() -> LanguageIdentifier {
    LanguageIdentifier::from_bytes(b"en").unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use std::{fs, path::Path};

    use super::*;

    const ASKING: [&str; 5] = [
        "say(\"",
        "say_with(\"",
        "say_of(\"",
        "count(\"",
        "Problem::with(",
    ];

    #[test]
    fn every_source_can_be_parsed() {
        for source in SOURCES {
            let parsed = FluentResource::try_new(source.to_owned());
            assert!(
                parsed.is_ok(),
                "{:?}",
                parsed.err().map(|(_, errors)| errors)
            );
        }
    }

    #[test]
    fn every_message_that_is_asked_for_is_there() {
        let mut keys = Vec::new();
        collect(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut keys,
        );
        assert!(keys.len() > 100, "the sources are read: {}", keys.len());
        for key in keys {
            assert!(words().bundle.has_message(&key), "{key}");
        }
    }

    #[test]
    fn every_error_page_has_heading_and_text() {
        let source = include_str!("error.rs");
        let mut parts = source.split("\"error-").skip(1).peekable();
        assert!(parts.peek().is_some());
        for part in parts {
            let key = format!("error-{}", part.split('"').next().unwrap());
            assert!(words().bundle.has_message(&key), "{key}");
            assert!(
                words().bundle.has_message(&format!("{key}-heading")),
                "{key}"
            );
        }
    }

    #[test]
    fn numbers_are_told_in_one_and_in_many() {
        assert_eq!(words().count("time-hours", 1), "an hour ago");
        assert_eq!(words().count("time-hours", 5), "5 hours ago");
    }

    fn collect(path: &Path, keys: &mut Vec<String>) {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, keys);
            } else if path
                .extension()
                .is_some_and(|it| it == "rs" || it == "html")
                && !path.ends_with("words.rs")
            {
                let text = fs::read_to_string(&path).unwrap();
                for asking in ASKING {
                    keys.extend(
                        text.split(asking)
                            .skip(1)
                            .filter_map(|rest| key(asking, rest)),
                    );
                }
            }
        }
    }

    /// The key in what follows; none where it is computed.
    fn key(asking: &str, rest: &str) -> Option<String> {
        let key = if asking.ends_with('"') {
            rest.split('"').next()?
        } else {
            rest.split(')').next()?.split('"').nth(3)?
        };
        key.chars()
            .all(|c| c.is_ascii_lowercase() || c == '-')
            .then(|| key.to_owned())
    }
}
