//! The log: JSON lines on standard error, as much as `WORKSPACE_LOG` asks for.

use tracing_subscriber::EnvFilter;

/// Starts the log. Without `WORKSPACE_LOG` only warnings and errors are written.
pub fn start() {
    let filter =
        EnvFilter::try_from_env("WORKSPACE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let started = tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
    // A log that somebody else has started is as good.
    drop(started);
}
