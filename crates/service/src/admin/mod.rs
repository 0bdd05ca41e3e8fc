//! What admins and operators do: people, invitations, passwords, ending sessions.

mod error;
pub mod links;
pub mod passwords;
pub mod users;

pub use error::AdminError;
