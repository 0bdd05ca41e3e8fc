//! The surfaces of one browser: signed in together, signed out together, embedded or not.

mod accessibility;
mod another_surface;
mod asleep;
mod calls;
mod cookie_modes;
mod crm_silent;
mod cut_off;
mod foreign_requests;
mod forged_messages;
mod framing;
mod latency;
mod many_tabs;
mod other_person;
mod role;
mod sandboxed;
mod shared_computer;
mod sign_in_window;
mod sign_out_matrix;
mod signed_out_stays;
mod stays_signed_in;
mod two_frames;
mod two_tabs;
mod wrong_person;
