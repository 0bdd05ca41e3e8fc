//! Desktop sessions: one for each installed app and account, made by the exchange of a code.

use std::sync::Arc;

use session::{Authentication, Generations, Kind, Session, SessionId, Surface};
use store::{Device, NewSession, SessionRecord, User, Whereabouts};

use super::{Live, SessionsError, completion::to_completion};
use crate::state::App;

/// A desktop session to be started. Its id was chosen with the code, so that a second use of the
/// code finds the session that the first one led to.
#[derive(Debug)]
pub struct NewDesktop<'a> {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub user: &'a User,
    /// How the person signed in.
    pub authentication: Authentication,
    /// The client it is for.
    pub client_id: &'a str,
    /// The device, as the app says.
    pub device: Device,
    /// From where the code came.
    pub whereabouts: Whereabouts,
    /// The thumbprint of the key its refresh tokens are bound to (RFC 9449 §5).
    pub key_thumbprint: Option<String>,
}

/// Starts a desktop session, and nothing else: no browser session is made, renewed or changed.
pub async fn start_desktop(
    app: &App,
    new: NewDesktop<'_>,
) -> Result<Option<Arc<Live>>, SessionsError> {
    let now = app.clock.now();
    let id = new.id;
    let new = NewSession {
        record: SessionRecord {
            session: Session {
                id: new.id,
                user: new.user.id,
                organization: new.user.organization,
                kind: Kind::Desktop,
                browser: None,
                authentication: new.authentication,
                started_at: now,
                last_used_at: now,
                generations: Generations::default(),
                end: None,
            },
            device: new.device,
            whereabouts: new.whereabouts,
            client_id: Some(new.client_id.to_owned()),
            key_thumbprint: new.key_thumbprint,
            ending: None,
        },
        surface: Surface::Desktop,
    };
    let service = Arc::clone(app);
    to_completion(app, async move {
        let event = service.store.sessions().start(&new).await?;
        service.bus.publish(event);
        Ok::<_, SessionsError>(())
    })
    .await?;
    app.sessions.get(app.store.as_ref(), id, now).await
}
