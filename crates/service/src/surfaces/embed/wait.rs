//! `/embed/attempts/{attempt}/wait`: the frame waits for its window, and gets its own cookie.

use std::time::Duration;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use secrecy::ExposeSecret;
use session::SessionId;
use tokio::{
    sync::broadcast::error::RecvError,
    time::{Instant, timeout_at},
};

use super::stored::{self, Outcome};
use crate::{
    keys::Holder,
    openid::secret,
    state::App,
    surfaces::{
        Body, Site, SurfaceError, cookies,
        wire::{EmbeddingWait, EmbeddingWaitAnswer},
    },
};

/// Shorter than proxies and browsers wait for an answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(25);
/// What another process wrote is noticed within this.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// `POST /embed/attempts/{attempt}/wait`.
///
/// Threats: somebody who knows the attempt's name (it stands in the window's address) but is not
/// its frame (the second secret never leaves the frame); a cookie given out twice (the attempt is
/// used up by the first); a session that has ended meanwhile.
pub(super) async fn wait(
    State(app): State<App>,
    jar: CookieJar,
    Path(attempt): Path<String>,
    Body(asked): Body<EmbeddingWait>,
) -> Result<Response, SurfaceError> {
    let (digest, until) = (secret::digest(&attempt), Instant::now() + ANSWER_WITHIN);
    let Some(mut told) = app.surfaces.embeddings.listen() else {
        return Ok(waiting());
    };
    loop {
        let stored = stored::load(&app, &attempt).await?;
        if !stored::is_digest_of(&stored.wait, asked.wait.expose_secret()) {
            return Err(SurfaceError::AttemptOver);
        }
        if stored.outcome.is_some() {
            let stored = stored::take(&app, &attempt).await?;
            let outcome = stored.outcome.ok_or(SurfaceError::AttemptOver)?;
            return came_to(&app, jar, outcome).await;
        }
        let look_again = until.min(Instant::now() + LOOK_EVERY);
        let heard = async {
            loop {
                match told.recv().await {
                    Ok(other) if other != digest => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => return true,
                    Err(RecvError::Closed) => return false,
                }
            }
        };
        let goes_on = timeout_at(look_again, heard).await.unwrap_or(true);
        if !goes_on || Instant::now() >= until {
            return Ok(waiting());
        }
    }
}

async fn came_to(app: &App, jar: CookieJar, outcome: Outcome) -> Result<Response, SurfaceError> {
    match outcome {
        Outcome::SignedIn(session) => signed_in(app, jar, session).await,
        Outcome::Cancelled => Err(SurfaceError::Cancelled),
        Outcome::OtherOrganization => Err(SurfaceError::OtherOrganization),
    }
}

async fn signed_in(
    app: &App,
    jar: CookieJar,
    session: SessionId,
) -> Result<Response, SurfaceError> {
    let now = app.clock.now();
    let live = app.sessions.get(app.store.as_ref(), session, now).await?;
    live.ok_or(SurfaceError::AttemptOver)?;
    let login = cookies::login(app, Site::Cti, Holder::Frame, session);
    Ok((jar.add(login), Json(EmbeddingWaitAnswer::SignedIn)).into_response())
}

fn waiting() -> Response {
    (StatusCode::ACCEPTED, Json(EmbeddingWaitAnswer::Waiting)).into_response()
}
