//! A sign-in of a surface on its way through the OpenID Provider (RFC 6749 §4.1 with `state`,
//! `nonce` and PKCE), kept by nobody but the browser.
//!
//! One cookie holds a secret for all sign-ins of this browser at this surface. `state` says under
//! a MAC where the person goes afterwards, and names the cookie by its digest; verifier and nonce
//! are derived from the cookie. So any number of tabs may sign in at once, the service stores
//! nothing, and an answer counts only in the browser that asked (RFC 9700 §4.7): a link with
//! somebody else's code and state signs nobody in.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use session::Surface;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::Site;
use crate::{openid::secret, state::Service};

/// The cookie that binds sign-ins to a browser.
pub(super) const FLOW_COOKIE: &str = "__Host-ul-flow";

/// The provider waits ten minutes for a person; its answer needs a moment.
const LIFE: SignedDuration = SignedDuration::from_mins(12);

/// What a sign-in is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum For {
    /// A page of the surface.
    Page(String),
    /// A frame that waits: its attempt.
    Window(String),
    /// A session that began elsewhere: the ticket that says where the browser goes on.
    Join(String),
}

/// How a sign-in is begun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct How {
    /// Only if nobody has to be asked anything: `prompt=none` (OpenID Connect Core §3.1.2.1).
    pub silent: bool,
    /// It is the second try, after one whose cookie was not there.
    pub again: bool,
}

/// A sign-in under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Flow {
    /// What for.
    pub to: For,
    /// How it was begun.
    pub how: How,
    surface: Surface,
    /// The digest of the browser's cookie.
    browser: String,
    /// What tells it from the browser's others.
    id: String,
    at: Timestamp,
}

/// What the provider is asked with.
pub(super) struct Begun {
    /// With the flow cookie.
    pub jar: CookieJar,
    /// `state`.
    pub state: String,
    /// `nonce`.
    pub nonce: String,
    /// `code_challenge` (S256).
    pub challenge: String,
}

/// An answer that belongs to this browser's sign-in.
#[derive(Debug)]
pub(super) struct Matched {
    /// The sign-in.
    pub flow: Flow,
    /// `code_verifier`.
    pub verifier: String,
    /// The `nonce` that the ID token must hold.
    pub nonce: String,
}

/// A `state` that does not fit.
#[derive(Debug)]
pub(super) enum Mismatch {
    /// Not made here, or for another surface.
    Foreign,
    /// Ours, but over, or another browser's, or this browser lost its cookie.
    Elsewhere(Flow),
}

/// Begins a sign-in in this browser.
pub(super) fn begin(app: &Service, site: Site, jar: CookieJar, to: For, how: How) -> Option<Begun> {
    let own = jar.get(FLOW_COOKIE).map(|cookie| cookie.value().to_owned());
    let browser = own
        .filter(|value| value.len() == 43)
        .unwrap_or_else(secret::random);
    let flow = Flow {
        to,
        how,
        surface: site.surface(),
        browser: secret::digest_text(&browser),
        id: secret::random(),
        at: app.clock.now(),
    };
    let content = serde_json::to_vec(&flow).ok()?;
    let verifier = derived(&browser, "verifier", &flow.id)?;
    Some(Begun {
        state: app.openid.keys.seal_flow(&content),
        nonce: derived(&browser, "nonce", &flow.id)?,
        challenge: URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)),
        jar: jar.add(cookie(browser)),
    })
}

/// Holds an answer's `state` against this browser's cookie.
pub(super) fn matched(
    app: &Service,
    site: Site,
    jar: &CookieJar,
    state: &str,
) -> Result<Matched, Mismatch> {
    let content = app.openid.keys.open_flow(state);
    let flow: Option<Flow> = content.and_then(|content| serde_json::from_slice(&content).ok());
    let flow = flow.filter(|flow| flow.surface == site.surface());
    let flow = flow.ok_or(Mismatch::Foreign)?;
    let browser = jar.get(FLOW_COOKIE).map(|cookie| cookie.value().to_owned());
    let browser = browser.filter(|browser| {
        let digest = secret::digest_text(browser);
        digest.as_bytes().ct_eq(flow.browser.as_bytes()).into()
    });
    let in_time = app.clock.now().duration_since(flow.at) <= LIFE;
    let Some(browser) = browser.filter(|_| in_time) else {
        return Err(Mismatch::Elsewhere(flow));
    };
    let secrets = derived(&browser, "verifier", &flow.id).zip(derived(&browser, "nonce", &flow.id));
    let (verifier, nonce) = secrets.ok_or(Mismatch::Foreign)?;
    Ok(Matched {
        flow,
        verifier,
        nonce,
    })
}

/// HMAC as a PRF over the cookie's 256 random bits.
fn derived(browser: &str, label: &str, id: &str) -> Option<String> {
    let keyed = Hmac::<Sha256>::new_from_slice(browser.as_bytes()).ok()?;
    let tag = keyed.chain_update(label).chain_update(id).finalize();
    Some(URL_SAFE_NO_PAD.encode(tag.into_bytes()))
}

fn cookie(value: String) -> Cookie<'static> {
    Cookie::build((FLOW_COOKIE, value))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
}
