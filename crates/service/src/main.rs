//! `unified-login`: the session service and its operator's commands.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    service::cli::main().await
}
