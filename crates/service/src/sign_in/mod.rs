//! Signing in with email and password.

mod passwords;

pub use passwords::{PasswordError, Passwords};
