//! What admins and operators do: people, invitations, passwords, ending sessions.

mod by;
pub mod crm;
mod error;
pub mod invitations;
pub mod links;
pub mod passwords;
pub mod users;

pub use by::By;
pub use error::AdminError;
