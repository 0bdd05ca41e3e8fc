//! The surfaces of one browser: signed in together, signed out together, embedded or not.

mod cookie_modes;
mod latency;
mod sign_out_matrix;
mod stays_signed_in;
