//! The message catalogue of everything that is not the window: tray, notifications, command line.

use std::fmt::Write as _;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::langid;

use crate::session::{message::Message, shell::Words};

const ENGLISH: &str = include_str!("../ui/design/messages/en/desktop.ftl");

/// The catalogue in one language.
pub struct Catalogue(FluentBundle<FluentResource>);

impl Catalogue {
    /// The English catalogue.
    pub fn english() -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![langid!("en")]);
        bundle.set_use_isolating(false);
        let resource = match FluentResource::try_new(ENGLISH.to_owned()) {
            Ok(resource) => resource,
            // What can be read is used; a test reads all of it.
            Err((resource, errors)) => {
                tracing::error!(?errors, "the message catalogue has errors");
                resource
            }
        };
        bundle.add_resource_overriding(resource);
        Self(bundle)
    }

    /// The text of a message without arguments.
    pub fn plain(&self, key: &'static str) -> String {
        self.text(&Message::plain(key))
    }
}

impl Words for Catalogue {
    fn text(&self, message: &Message) -> String {
        let Some(pattern) = self
            .0
            .get_message(message.key)
            .and_then(|found| found.value())
        else {
            tracing::error!(key = message.key, "no such message");
            return message.key.to_owned();
        };
        let mut arguments = FluentArgs::new();
        for (name, value) in &message.arguments {
            arguments.set(*name, value.as_str());
        }
        let mut text = String::new();
        let mut errors = Vec::new();
        let written = self
            .0
            .write_pattern(&mut text, pattern, Some(&arguments), &mut errors);
        if written.is_err() || !errors.is_empty() {
            tracing::error!(
                key = message.key,
                ?errors,
                "the message cannot be formatted"
            );
            if text.is_empty() {
                let _ = text.write_str(message.key);
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::session::problem::Problem;

    #[test]
    fn the_catalogue_can_be_read_whole_and_names_nothing_twice() {
        let resource = FluentResource::try_new(ENGLISH.to_owned())
            .map_err(|(_, errors)| errors)
            .unwrap();
        let mut bundle = FluentBundle::new_concurrent(vec![langid!("en")]);
        bundle.add_resource(resource).unwrap();
    }

    #[test]
    fn every_problem_has_its_sentence() {
        let catalogue = Catalogue::english();
        for problem in Problem::ALL {
            let key = problem.message().key;
            assert!(catalogue.0.has_message(key), "desktop.ftl lacks {key}");
        }
    }

    #[test]
    fn arguments_are_put_in_without_invisible_marks() {
        let message = Message::plain("tray-signed-in").with("name", "Mira Okafor");
        assert_eq!(
            Catalogue::english().text(&message),
            "Mira Okafor, signed in"
        );
    }
}
