//! What the surfaces' JSON endpoints share: bodies, queries, pages of a long list, and problems.

mod body;
mod cursor;
mod named;
mod problem;
pub mod text;

pub use body::{Asked, Body};
pub use cursor::Cursor;
pub use named::Named;
pub use problem::{ApiError, Refusal};

/// The largest body of any of them.
pub const LARGEST_BODY: usize = 64 * 1024;
