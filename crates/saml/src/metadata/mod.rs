//! Metadata: the identity provider's is read, the service's own is written.

mod read;
mod write;

pub use read::{MetadataError, read};
pub use write::write;
