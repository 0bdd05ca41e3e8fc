//! The Dashboard: what Admins and Supervisors see and do.

pub mod wire;
