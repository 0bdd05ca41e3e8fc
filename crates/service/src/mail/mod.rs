//! Sends mail: over SMTP, or into a folder where no server is configured.

mod letters;

use std::path::PathBuf;

use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    address::AddressError,
    message::{Mailbox, header::ContentType},
};
use secrecy::ExposeSecret;
use thiserror::Error;

pub use letters::Letter;

use crate::config::Config;

/// Why mail cannot be sent.
#[derive(Debug, Error)]
pub enum MailError {
    /// `mail.from` is no address.
    #[error("UL-1213: `mail.from` is not a sender, write for instance `Name <name@acme.example>`")]
    From(#[source] AddressError),
    /// The person's address cannot be written to.
    #[error("the recipient's address cannot be written to")]
    To(#[source] AddressError),
    /// `mail.smtp_url` cannot be used.
    #[error("UL-1213: `mail.smtp_url` cannot be used")]
    Url(#[source] lettre::transport::smtp::Error),
    /// The message could not be put together.
    #[error("the mail could not be put together")]
    Message(#[source] lettre::error::Error),
    /// The mail server did not take it.
    #[error("UL-1203: the mail server did not take a mail")]
    Smtp(#[source] lettre::transport::smtp::Error),
    /// It could not be written.
    #[error("UL-1203: a mail could not be written to the mail folder")]
    File(#[source] lettre::transport::file::Error),
    /// The mail folder cannot be made.
    #[error("UL-1213: the mail folder {} cannot be made", .0.display())]
    Folder(PathBuf, #[source] std::io::Error),
}

/// Sends mail.
pub struct Mail {
    from: Mailbox,
    way: Way,
}

enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf, AsyncFileTransport<Tokio1Executor>),
}

impl Mail {
    /// As configured.
    pub fn new(config: &Config) -> Result<Self, MailError> {
        let from = config.mail.from.parse().map_err(MailError::From)?;
        let way = if let Some(url) = &config.mail.smtp_url {
            Way::Smtp(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret())
                    .map_err(MailError::Url)?
                    .build(),
            )
        } else {
            let folder = config.mail.folder.clone();
            let folder = folder.unwrap_or_else(|| config.data_dir.join("mail"));
            std::fs::create_dir_all(&folder)
                .map_err(|error| MailError::Folder(folder.clone(), error))?;
            let transport = AsyncFileTransport::new(&folder);
            Way::Folder(folder, transport)
        };
        Ok(Self { from, way })
    }

    /// The folder that mail is written to, if no server sends it.
    pub fn folder(&self) -> Option<&std::path::Path> {
        match &self.way {
            Way::Smtp(_) => None,
            Way::Folder(folder, _) => Some(folder),
        }
    }

    /// Sends one. Takes as long as the mail server does: never while a person waits.
    pub async fn send(&self, to: &str, letter: &Letter<'_>) -> Result<(), MailError> {
        let (subject, body) = letter.write();
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.parse().map_err(MailError::To)?))
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(body)
            .map_err(MailError::Message)?;
        match &self.way {
            Way::Smtp(server) => server
                .send(message)
                .await
                .map(drop)
                .map_err(MailError::Smtp),
            Way::Folder(_, folder) => folder
                .send(message)
                .await
                .map(drop)
                .map_err(MailError::File),
        }
    }
}
