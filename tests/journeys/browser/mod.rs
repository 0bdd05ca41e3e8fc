//! The surfaces of one browser: signed in together, signed out together, embedded or not.

mod cookie_modes;
