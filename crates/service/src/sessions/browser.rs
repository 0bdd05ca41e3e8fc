//! Browser sessions, and the cookie that holds them.
//!
//! The cookie is the session's id under a MAC (`keys`), so that a stolen database yields no
//! cookie. It is `__Host-`, `HttpOnly`, `Secure` and `SameSite=Lax`: no script, no
//! other host and no cross-site request can use it.

use std::{sync::Arc, time::Duration};

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use session::{BrowserId, Cause, Generations, Kind, Session, SessionId, Surface, When};
use store::{Actor, NewSession, SessionRecord, Touch};
use uuid::Uuid;

use super::{Live, SessionsError, completion::to_completion, end};
use crate::{
    openid::attempt::Authenticated,
    pages::facts::RequestFacts,
    state::{App, Service},
};

/// The cookie of a browser session.
pub const SESSION_COOKIE: &str = "__Host-ul-session";

const TOUCH_EVERY: Duration = Duration::from_mins(1);
const COOKIE_LIFE: Duration = Duration::from_hours(180 * 24);

/// The live browser session that this browser is signed in to, if any. Notes that it was used.
pub async fn browser_session(
    app: &Service,
    jar: &CookieJar,
    facts: Option<&RequestFacts>,
) -> Result<Option<Arc<Live>>, SessionsError> {
    match id_in(app, jar) {
        Some(id) => live_browser(app, id, facts).await,
        None => Ok(None),
    }
}

/// The browser session of that id, if it lives. Notes that it was used.
pub async fn live_browser(
    app: &Service,
    id: SessionId,
    facts: Option<&RequestFacts>,
) -> Result<Option<Arc<Live>>, SessionsError> {
    let now = app.clock.now();
    let live = app.sessions.get(app.store.as_ref(), id, now).await?;
    let live = live.filter(|live| live.record.session.kind == Kind::Browser);
    if let (Some(live), Some(facts)) = (&live, facts)
        && live.touch_due(now, TOUCH_EVERY)
    {
        let touch = Touch {
            session: id,
            at: now,
            whereabouts: facts.whereabouts.clone(),
        };
        app.store.sessions().touch(touch).await?;
    }
    Ok(live)
}

/// Signs this browser in: a new session with a new cookie value (no fixation). A browser has one
/// session; one that it had before ends as signed out.
pub async fn start_browser(
    app: &App,
    jar: CookieJar,
    who: &Authenticated,
    facts: &RequestFacts,
    surface: Surface,
) -> Result<(CookieJar, SessionId), SessionsError> {
    let before = browser_session(app, &jar, None).await?;
    let now = app.clock.now();
    let id = SessionId(Uuid::now_v7());
    let browser = before
        .as_ref()
        .and_then(|before| before.record.session.browser)
        .unwrap_or_else(|| BrowserId(Uuid::now_v7()));
    let new = NewSession {
        record: SessionRecord {
            session: Session {
                id,
                user: who.user.id,
                organization: who.user.organization,
                kind: Kind::Browser,
                browser: Some(browser),
                authentication: who.authentication.clone(),
                started_at: now,
                last_used_at: now,
                generations: Generations::default(),
                end: None,
            },
            device: facts.device.clone(),
            whereabouts: facts.whereabouts.clone(),
            client_id: None,
            key_thumbprint: None,
            ending: None,
        },
        surface,
    };
    // Whole, or a client that hangs up would leave the session before without an owner.
    let service = Arc::clone(app);
    to_completion(app, async move {
        replace(&service, &new, before.as_deref()).await
    })
    .await?;
    Ok((jar.add(cookie(app.openid.keys.seal_browser(id))), id))
}

/// Starts a browser's session and ends the one before.
async fn replace(app: &App, new: &NewSession, before: Option<&Live>) -> Result<(), SessionsError> {
    let event = app.store.sessions().start(new).await?;
    app.bus.publish(event);
    if let Some(before) = before {
        let surface = new.surface;
        let user = before.user.id;
        let cause = Cause::SurfaceSignOut {
            session: before.record.session.id,
            user,
            surface,
            all_browsers: false,
            when: When::Now,
        };
        let actor = Actor::User {
            user,
            session: Some(before.record.session.id),
        };
        end(app, &cause, &actor, Some(surface)).await?;
    }
    Ok(())
}

/// Takes the cookie away; ending the session is the caller's.
pub fn forget_browser(jar: CookieJar) -> CookieJar {
    let mut gone = cookie(String::new());
    gone.make_removal();
    jar.add(gone)
}

fn id_in(app: &Service, jar: &CookieJar) -> Option<SessionId> {
    app.openid
        .keys
        .open_browser(jar.get(SESSION_COOKIE)?.value())
}

fn cookie(value: String) -> Cookie<'static> {
    let life = COOKIE_LIFE.try_into().unwrap_or_default();
    Cookie::build((SESSION_COOKIE, value))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(life)
        .build()
}
