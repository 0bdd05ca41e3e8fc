//! `unified-login`: the session service and its operator's commands.

use std::process::ExitCode;

/// Every request makes and drops dozens of small values; this one does it in half the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    service::cli::main().await
}
