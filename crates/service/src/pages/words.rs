//! The message catalogue: every word that a person reads.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

const SOURCES: [&str; 2] = [
    include_str!("../../../../ui/design/messages/en/pages.ftl"),
    include_str!("../../../../ui/design/messages/en/mail.ftl"),
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
