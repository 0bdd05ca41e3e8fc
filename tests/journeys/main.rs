//! What a person relies on, on real parts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod stage_works;
