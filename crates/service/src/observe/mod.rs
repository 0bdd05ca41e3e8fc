//! What an operator sees of a running service: audit entries, log lines, metrics, health.

pub mod audit;
mod health;
mod log;
mod metrics;
mod trace;

pub use health::{health, router as admin_router};
pub use log::{LogError, start as start_log};
pub use metrics::{Metrics, count as count_requests};
pub use trace::{REQUEST_ID, layer as trace_layer, request_id};
