//! The mails that the service writes. Their words are in the catalogue.

use crate::pages::words;

/// A mail.
#[derive(Clone, Copy, Debug)]
pub enum Letter<'a> {
    /// A link to choose a new password.
    PasswordReset {
        /// The person's name.
        name: &'a str,
        /// The link, with its secret.
        link: &'a str,
        /// The host of the service.
        host: &'a str,
    },
    /// An invitation to join an organization.
    Invitation {
        /// The organization's name.
        organization: &'a str,
        /// The link, with its secret.
        link: &'a str,
        /// The host of the service.
        host: &'a str,
    },
    /// News that the password was changed.
    PasswordChanged {
        /// The person's name.
        name: &'a str,
        /// Where to choose another one.
        link: &'a str,
        /// The host of the service.
        host: &'a str,
    },
}

impl Letter<'_> {
    /// Subject and text.
    pub(super) fn write(&self) -> (String, String) {
        let (subject, body, arguments) = match *self {
            Self::PasswordReset { name, link, host } => (
                "mail-reset-subject",
                "mail-reset-body",
                [("name", name), ("link", link), ("host", host)],
            ),
            Self::Invitation {
                organization,
                link,
                host,
            } => (
                "mail-invitation-subject",
                "mail-invitation-body",
                [
                    ("organization", organization),
                    ("link", link),
                    ("host", host),
                ],
            ),
            Self::PasswordChanged { name, link, host } => (
                "mail-changed-subject",
                "mail-changed-body",
                [("name", name), ("link", link), ("host", host)],
            ),
        };
        (
            words().say_with(subject, &arguments),
            words().say_with(body, &arguments),
        )
    }
}
