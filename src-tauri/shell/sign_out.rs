//! `workspace --sign-out` where no app was running.

use std::time::Duration;

use tauri::{AppHandle, Manager};

use super::running::{self, Running};
use crate::session::{request::Request, snapshot::StateView};

/// How long `--sign-out` waits for the keychain and the service.
const SIGN_OUT_LIMIT: Duration = Duration::from_secs(20);

/// Signs out, and ends the app.
pub async fn and_leave(app: AppHandle) {
    let controller = app.state::<Running>().controller.clone();
    let mut changes = controller.changes();
    let signed_out = async {
        changes
            .wait_for(|snapshot| snapshot.state != StateView::Starting)
            .await?;
        controller.send(Request::SignOut);
        changes
            .wait_for(|snapshot| {
                matches!(snapshot.state, StateView::SignedOut) && !snapshot.sign_out_owed
            })
            .await
            .map(drop)
    };
    // What the service could not be told in time, it is told at the next start.
    let _ = tokio::time::timeout(SIGN_OUT_LIMIT, signed_out).await;
    running::quit(&app);
}
