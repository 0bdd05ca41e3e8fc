//! What an operator sees of a running service: audit entries, log lines, metrics, health.

pub mod audit;
mod health;
mod log;
mod metrics;
mod watch;

pub use health::{health, router as admin_router};
pub use log::{LogError, start as start_log};
pub use metrics::Metrics;
pub use watch::Watch;
