//! Renewing sessions: durably, and told if a spent token has ended one.

use std::sync::Arc;

use store::{Renewal, Renewed, StoreError};

use super::{completion::to_completion, end::tell};
use crate::state::App;

/// Rotates by the rules. An end that came of it is told, also if nobody waits for the answer.
pub async fn renew(app: &App, renewal: Renewal) -> Result<Renewed, StoreError> {
    let service = Arc::clone(app);
    to_completion(app, async move {
        let (renewed, ended) = service.store.sessions().renew(renewal).await?;
        tell(&service, ended.as_slice());
        Ok(renewed)
    })
    .await
}
