//! What is said, before it is put into words: a message of the catalogue and its arguments.

/// A message of the catalogue with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The message's name in `desktop.ftl`.
    pub key: &'static str,
    /// Its arguments.
    pub arguments: Vec<(&'static str, String)>,
}

impl Message {
    /// A message without arguments.
    pub fn plain(key: &'static str) -> Self {
        Self {
            key,
            arguments: Vec::new(),
        }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.arguments.push((name, value.into()));
        self
    }
}
