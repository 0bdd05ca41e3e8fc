//! What can go wrong in an admin act.

use store::StoreError;
use thiserror::Error;

use crate::{mail::MailError, sessions::SessionsError, sign_in::PasswordError};

/// An admin act that was not done.
#[derive(Debug, Error)]
pub enum AdminError {
    /// No such organization.
    #[error("UL-1220: there is no organization `{0}`; --create-organization makes it")]
    NoOrganization(String),
    /// No such person.
    #[error("UL-1221: there is no user with the address `{0}`")]
    NoUser(String),
    /// The address is taken.
    #[error("UL-1222: there is a user with the address `{0}` already")]
    Taken(String),
    /// Not an address.
    #[error("UL-1223: `{0}` is not an email address")]
    Address(String),
    /// A password that the rules refuse.
    #[error("UL-1224: the password is not accepted: {0}")]
    Password(String),
    /// The address has had enough mail for now.
    #[error("too many mails to `{0}`; wait an hour")]
    TooManyMails(String),
    /// An origin that cannot be listed.
    #[error("UL-1225: {0}")]
    Origin(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Ending sessions failed.
    #[error(transparent)]
    Sessions(#[from] SessionsError),
    /// Hashing failed.
    #[error(transparent)]
    Hash(#[from] PasswordError),
    /// Mail was not sent.
    #[error(transparent)]
    Mail(#[from] MailError),
}
