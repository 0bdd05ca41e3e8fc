//! An authorization request waiting for its person: the hand-over between the protocol and the
//! sign-in pages.
//!
//! Threats: an attempt is bound to the browser that began it by a cookie, so that nobody can hand
//! a victim a half-finished sign-in (RFC 9700 §4.7) or finish somebody else's; its id is random
//! and works once.

use std::{sync::Arc, time::Duration};

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use serde::{Deserialize, Serialize};
use session::{Authentication, Kind, Surface};
use store::{Purpose, StoreError, Taken, User, UserStatus};
use subtle::ConstantTimeEq;
use thiserror::Error;
use url::Url;

use super::{Client, ProtocolError, code, request::Request, secret};
use crate::{
    pages::facts::RequestFacts,
    sessions::{SessionsError, start_browser},
    state::{App, Service},
};

/// The cookie that binds attempts to a browser.
pub const ATTEMPT_COOKIE: &str = "__Host-ul-attempt";

/// A person has this long to sign in.
const LIFE: Duration = Duration::from_mins(10);

/// An authorization request waiting for its person, as the sign-in page shows it.
#[derive(Debug)]
pub struct Attempt {
    /// Its id, as in `/sign-in?attempt=<id>`.
    pub id: String,
    /// The client's name, for people.
    pub client_name: String,
    /// Where the person signs in.
    pub surface: Surface,
    /// What kind of session it leads to.
    pub kind: Kind,
    /// The desktop app's device.
    pub device_name: Option<String>,
    /// Who is probably signing in.
    pub login_hint: Option<String>,
    /// Where the answer will go; a page that posts to it needs it in `form-action`.
    pub redirect: Url,
    pub(super) request: Request,
    pub(super) pushed: Option<String>,
    client: Arc<Client>,
}

/// A person who has proved who they are.
#[derive(Clone, Debug)]
pub struct Authenticated {
    /// Who.
    pub user: User,
    /// How and when.
    pub authentication: Authentication,
}

/// How an attempt goes on.
#[derive(Debug)]
pub enum Finished {
    /// Back to a client on the web or on a loopback address.
    Redirect(Url),
    /// An app's own scheme: our last page opens it, and shows the code in case it does not open.
    LastPage {
        /// The address that opens the app.
        deep_link: Url,
        /// The code to paste into the app.
        code: String,
    },
}

/// An attempt that cannot go on.
#[derive(Debug, Error)]
pub enum AttemptError {
    /// Over, never begun, or begun in another browser.
    #[error("this sign-in is over or was begun in another browser")]
    Unknown,
    /// Finished already (the back button, a second tab).
    #[error("this sign-in was finished already")]
    Finished,
    /// The person may not sign in.
    #[error("this account may not sign in")]
    NotAllowed,
    /// The protocol refuses.
    #[error(transparent)]
    Protocol(#[from] ProtocolError),
}

impl AttemptError {
    /// Its stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "UL-1110",
            Self::Finished | Self::NotAllowed => "UL-1111",
            Self::Protocol(error) => error.code(),
        }
    }
}

impl From<StoreError> for AttemptError {
    fn from(error: StoreError) -> Self {
        Self::Protocol(error.into())
    }
}

impl From<SessionsError> for AttemptError {
    fn from(error: SessionsError) -> Self {
        Self::Protocol(error.into())
    }
}

/// An attempt as it is stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    request: Request,
    /// The digest of the browser's cookie.
    browser: String,
    /// The pushed request it came from, used up with it.
    pushed: Option<String>,
}

/// Begins an attempt in this browser; its id.
pub(super) async fn begin(
    app: &Service,
    jar: CookieJar,
    request: Request,
    pushed: Option<String>,
) -> Result<(CookieJar, String), ProtocolError> {
    // The browser's other attempts stay good: they share the cookie.
    let own = jar
        .get(ATTEMPT_COOKIE)
        .map(|cookie| cookie.value().to_owned());
    let browser = own
        .filter(|value| value.len() == 43)
        .unwrap_or_else(secret::random);
    let id = secret::random();
    let stored = Stored {
        request,
        browser: secret::digest_text(&browser),
        pushed,
    };
    let payload = serde_json::to_string(&stored)
        .map_err(|_| ProtocolError::Internal("an attempt without text form"))?;
    let over = app.clock.now() + LIFE;
    app.store
        .single_use()
        .put(Purpose::Attempt, secret::digest(&id), &payload, over)
        .await?;
    let cookie = Cookie::build((ATTEMPT_COOKIE, browser))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .build();
    Ok((jar.add(cookie), id))
}

/// The attempt, if it is this browser's and still waits.
pub async fn load(app: &App, jar: &CookieJar, id: &str) -> Result<Attempt, AttemptError> {
    let now = app.clock.now();
    let digest = secret::digest(id);
    let single_use = app.store.single_use();
    let (payload, finished) = match single_use.peek(Purpose::Attempt, digest, now).await? {
        Taken::Now(payload) => (payload, false),
        Taken::Before(payload) => (payload, true),
        Taken::Expired | Taken::Unknown => return Err(AttemptError::Unknown),
    };
    let stored = read(&payload)?;
    let cookie = jar.get(ATTEMPT_COOKIE).ok_or(AttemptError::Unknown)?;
    let browser = secret::digest_text(cookie.value());
    if !bool::from(browser.as_bytes().ct_eq(stored.browser.as_bytes())) {
        return Err(AttemptError::Unknown);
    }
    if finished {
        return Err(AttemptError::Finished);
    }
    let client = app.openid.clients.get(&stored.request.client_id);
    let client = client.ok_or(AttemptError::Unknown)?;
    Ok(Attempt {
        id: id.to_owned(),
        client_name: client.config.name.clone(),
        surface: client.surface(),
        kind: client.config.session_kind,
        device_name: stored.request.device_name.clone(),
        login_hint: stored.request.login_hint.clone(),
        redirect: stored.request.redirect()?,
        request: stored.request,
        pushed: stored.pushed,
        client,
    })
}

/// Finishes an attempt for the person who signed in: makes the code. For a browser client the
/// browser is signed in too; for a desktop client no browser session is made or changed.
pub async fn finish(
    app: &App,
    jar: CookieJar,
    attempt: Attempt,
    who: Authenticated,
    facts: &RequestFacts,
) -> Result<(CookieJar, Finished), AttemptError> {
    if who.user.status != UserStatus::Active || !attempt.client.admits(&who.user) {
        return Err(AttemptError::NotAllowed);
    }
    use_up(app, &attempt).await?;
    let (jar, session) = match attempt.kind {
        Kind::Browser => {
            let (jar, id) = start_browser(app, jar, &who, facts, attempt.surface).await?;
            (jar, Some(id))
        }
        Kind::Desktop => (jar, None),
    };
    let code = code::issue(app, attempt.request.clone(), &who, session, facts).await?;
    let mut redirect = attempt.redirect;
    answer(app, &mut redirect, attempt.request.state.as_deref()).append_pair("code", &code);
    Ok((jar, finished(redirect, code)))
}

/// Ends an attempt because the person does not want it: the client is told (RFC 6749 §4.1.2.1).
pub async fn refuse(app: &App, attempt: Attempt) -> Result<Url, AttemptError> {
    use_up(app, &attempt).await?;
    Ok(refusal(
        app,
        &attempt.request,
        &ProtocolError::AccessDenied,
    )?)
}

/// The address that tells the client of an error.
pub(super) fn refusal(
    app: &Service,
    request: &Request,
    error: &ProtocolError,
) -> Result<Url, ProtocolError> {
    let mut redirect = request.redirect()?;
    answer(app, &mut redirect, request.state.as_deref())
        .append_pair("error", error.error())
        .append_pair("error_description", &error.to_string());
    Ok(redirect)
}

/// The answer's address for a browser that was signed in all along.
pub(super) fn granted(app: &Service, request: &Request, code: &str) -> Result<Url, ProtocolError> {
    let mut redirect = request.redirect()?;
    answer(app, &mut redirect, request.state.as_deref()).append_pair("code", code);
    Ok(redirect)
}

/// `iss` (RFC 9207) and `state` go with every answer.
fn answer<'a>(
    app: &Service,
    redirect: &'a mut Url,
    state: Option<&str>,
) -> url::form_urlencoded::Serializer<'a, url::UrlQuery<'a>> {
    let mut pairs = redirect.query_pairs_mut();
    pairs.append_pair("iss", &app.openid.issuer);
    if let Some(state) = state {
        pairs.append_pair("state", state);
    }
    pairs
}

fn finished(redirect: Url, code: String) -> Finished {
    if matches!(redirect.scheme(), "http" | "https") {
        Finished::Redirect(redirect)
    } else {
        Finished::LastPage {
            deep_link: redirect,
            code,
        }
    }
}

/// Of two tabs that finish one attempt, one does. Its pushed request goes with it.
async fn use_up(app: &Service, attempt: &Attempt) -> Result<(), AttemptError> {
    let now = app.clock.now();
    let single_use = app.store.single_use();
    let digest = secret::digest(&attempt.id);
    match single_use.take(Purpose::Attempt, digest, now).await? {
        Taken::Now(_) => {}
        Taken::Before(_) => return Err(AttemptError::Finished),
        Taken::Expired | Taken::Unknown => return Err(AttemptError::Unknown),
    }
    if let Some(pushed) = &attempt.pushed {
        let digest = secret::digest(pushed);
        single_use.take(Purpose::PushedRequest, digest, now).await?;
    }
    Ok(())
}

fn read(payload: &str) -> Result<Stored, ProtocolError> {
    serde_json::from_str(payload)
        .map_err(|_| ProtocolError::Unavailable(StoreError::Unreadable("sign-in attempt")))
}
