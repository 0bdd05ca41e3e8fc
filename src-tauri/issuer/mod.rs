//! The identity provider: its address, how it is spoken to, what it offers.

pub mod address;
