//! What all pages share: words, layout, security headers, and what a request says of its sender.

pub mod device;
pub mod facts;
mod words;

pub use words::{Words, words};
