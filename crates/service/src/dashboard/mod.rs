//! The Dashboard: what Admins and Supervisors see and do.
//!
//! An Admin sees and changes everything in the own organization; a Supervisor sees the people of
//! the teams that they lead, and ends nothing but the own sessions; an Agent is refused. Who asks
//! is in [`who`]; every act is in the audit log.

mod audit;
mod clients;
mod crm;
pub mod crm_origin;
mod organization;
mod people;
mod sessions;
mod teams;
mod who;
pub mod wire;

use axum::{Router, extract::DefaultBodyLimit};

use crate::{api::LARGEST_BODY, state::App};

/// The endpoints at the Dashboard's origin.
pub fn router() -> Router<App> {
    Router::new()
        .merge(people::router())
        .merge(teams::router())
        .merge(sessions::router())
        .merge(crm::router())
        .merge(clients::router())
        .merge(audit::router())
        .merge(organization::router())
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
}
