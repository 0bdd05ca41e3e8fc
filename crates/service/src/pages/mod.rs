//! What all pages share: words, layout, forms, errors, security headers, and what a request says
//! of its sender.

mod assets;
pub mod device;
mod error;
pub mod facts;
mod form;
mod headers;
mod layout;
pub mod leaving;
mod origin;
mod words;

pub use assets::router as assets;
pub use error::{PageError, method_not_allowed, not_found, panicked};
pub use form::{Field, FormPage, Link, Problem, Query, Submitted};
pub use headers::{FormTargets, KeepsOpener, protect_answer, protect_page};
pub use layout::{Message, Page, Tone, html};
pub use origin::layer as same_origin_only;
pub use words::{Words, words};
