//! The surfaces of one browser: signed in together, signed out together, embedded or not.

mod asleep;
mod cookie_modes;
mod cut_off;
mod foreign_requests;
mod framing;
mod latency;
mod many_tabs;
mod other_person;
mod role;
mod shared_computer;
mod sign_out_matrix;
mod signed_out_stays;
mod stays_signed_in;
mod two_tabs;
