//! `serve`: until SIGTERM or Ctrl-C.

use tokio_util::sync::CancellationToken;

use super::CliError;
use crate::{config::Config, observe, server};

pub(super) async fn serve(config: Config) -> Result<(), CliError> {
    observe::start_log(&config.log)?;
    let stop = CancellationToken::new();
    let stopper = stop.clone();
    tokio::spawn(async move {
        signalled().await;
        stopper.cancel();
    });
    server::serve(config, stop).await?;
    Ok(())
}

async fn signalled() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = tokio::signal::ctrl_c() => {}
                }
                return;
            }
            Err(error) => tracing::error!(%error, "SIGTERM cannot be heard"),
        }
    }
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::error!(%error, "Ctrl-C cannot be heard");
        std::future::pending::<()>().await;
    }
}
