//! RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0).

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use session::{Cause, Kind, Surface, When};
use store::Actor;
use url::Url;

use super::{
    Client, ProtocolError,
    id_token::{self, Hint},
    page,
    parameters::Parameters,
};
use crate::{
    pages::{FormPage, FormTargets, Page, html, leaving, words},
    sessions::{
        Live, browser_session,
        calls::{self, SignedOut},
        end, forget_browser,
    },
    state::{App, Service},
};

/// `GET /oauth/logout`.
///
/// Threats: a page that signs people out by an image or a link (without the ID token of this
/// very session the person is asked, §2); an open redirect (exact match with what the client
/// registered, §3); a browser's logout that reaches desktop sessions (rule 1: it does not).
pub async fn by_query(
    State(app): State<App>,
    jar: CookieJar,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    match Parameters::read(query.as_bytes()) {
        Ok(parameters) => answer(&app, jar, &parameters, Said::Nothing).await,
        Err(error) => page::error(&app, &error),
    }
}

/// `POST /oauth/logout`: the same, from a form; the confirmation page's own form says yes.
pub async fn by_form(
    State(app): State<App>,
    jar: CookieJar,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    parameters: Result<Parameters, ProtocolError>,
) -> Response {
    match parameters {
        Ok(parameters) if is_own_page(&app, &headers) => {
            let said = match (parameters.get("confirmed"), query.as_deref()) {
                (None, _) => Said::Nothing,
                (Some(_), Some("when=now")) => Said::When(When::Now),
                (Some(_), Some("when=after_call")) => Said::When(When::AfterCall),
                (Some(_), _) => Said::Yes,
            };
            answer(&app, jar, &parameters, said).await
        }
        Ok(parameters) => parameters.by_query("/oauth/logout"),
        Err(error) => page::error(&app, &error),
    }
}

/// What a person has said on our own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Nothing,
    Yes,
    /// And what is to become of the call.
    When(When),
}

/// What a person says about a call.
const WAYS: leaving::Ways = leaving::Ways {
    now: "/oauth/logout?when=now",
    after_call: "/oauth/logout?when=after_call",
};

fn is_own_page(app: &Service, headers: &HeaderMap) -> bool {
    let origin = headers.get("origin").and_then(|value| value.to_str().ok());
    origin == Some(app.config.issuer())
}

async fn answer(app: &App, jar: CookieJar, parameters: &Parameters, said: Said) -> Response {
    let asked = match read(app, parameters) {
        Ok(asked) => asked,
        Err(error) => return page::error(app, &error),
    };
    match sign_out(app, jar, parameters, &asked, said).await {
        Ok(response) => response,
        Err(error) => page::error(app, &error),
    }
}

struct Asked {
    client: Option<Arc<Client>>,
    hint: Option<Hint>,
    /// Where the person goes afterwards, with `state`.
    back: Option<Url>,
}

fn read(app: &Service, parameters: &Parameters) -> Result<Asked, ProtocolError> {
    let refused = ProtocolError::LogoutRefused;
    let hint = match parameters.get("id_token_hint") {
        Some(text) => Some(id_token::read_hint(app, text).ok_or(refused("its hint is not ours"))?),
        None => None,
    };
    let said = parameters.get("client_id");
    let of_hint = hint.as_ref().map(|hint| hint.aud.as_str());
    if said.is_some() && of_hint.is_some() && said != of_hint {
        return Err(refused("its hint is another client's"));
    }
    let client = match said.or(of_hint) {
        Some(id) => Some(
            app.openid
                .clients
                .get(id)
                .ok_or(ProtocolError::UnknownClient)?,
        ),
        None => None,
    };
    let back = match (parameters.get("post_logout_redirect_uri"), &client) {
        (None, _) => None,
        (Some(uri), Some(client)) if client.may_return_to(uri) => {
            let mut back = Url::parse(uri).map_err(|_| refused("its return address is no URL"))?;
            if let Some(state) = parameters.get("state") {
                back.query_pairs_mut().append_pair("state", state);
            }
            Some(back)
        }
        (Some(_), _) => return Err(refused("its return address is not registered")),
    };
    Ok(Asked { client, hint, back })
}

async fn sign_out(
    app: &App,
    jar: CookieJar,
    parameters: &Parameters,
    asked: &Asked,
    said: Said,
) -> Result<Response, ProtocolError> {
    if let Some(hint) = &asked.hint
        && sign_out_desktop(app, hint).await?
    {
        return Ok(done(jar, asked));
    }
    let Some(live) = browser_session(app, &jar, None).await? else {
        return Ok(done(jar, asked));
    };
    let hinted = asked.hint.as_ref();
    let is_this = hinted.is_some_and(|hint| hint.sid == live.record.session.id);
    if !is_this && said == Said::Nothing {
        return Ok(confirmation(app, parameters, asked, &live));
    }
    let user = live.user.id;
    let surface = asked.client.as_ref();
    let surface = surface.map_or(Surface::Account, |client| client.surface());
    let actor = Actor::User {
        user,
        session: Some(live.record.session.id),
    };
    let when = match said {
        Said::When(when) => Some(when),
        Said::Nothing | Said::Yes => None,
    };
    // No client signs a person out of a call without asking.
    match calls::sign_out(app, &live, &actor, surface, when).await? {
        SignedOut::Now => Ok(done(forget_browser(jar), asked)),
        SignedOut::AfterCall(_) => Ok(leaving::later(app)),
        SignedOut::Asks(call) => {
            let page = leaving::asks(app, &call, WAYS, kept(parameters));
            Ok(shown(&page, asked))
        }
    }
}

/// A hint of a desktop session signs that session out, and leaves this browser's alone (rule 2).
async fn sign_out_desktop(app: &App, hint: &Hint) -> Result<bool, ProtocolError> {
    let record = app.store.sessions().get(hint.sid).await?;
    let desktop = record.filter(|record| record.session.kind == Kind::Desktop);
    let Some(record) = desktop else {
        return Ok(false);
    };
    if record.session.user != hint.sub {
        return Ok(false);
    }
    let cause = Cause::DesktopSignOut { session: hint.sid };
    let actor = Actor::User {
        user: hint.sub,
        session: Some(hint.sid),
    };
    end(app, &cause, &actor, Some(Surface::Desktop)).await?;
    Ok(true)
}

fn done(jar: CookieJar, asked: &Asked) -> Response {
    let next = asked.back.as_ref().map_or("/signed-out", Url::as_str);
    (jar, Redirect::to(next)).into_response()
}

fn confirmation(app: &Service, parameters: &Parameters, asked: &Asked, live: &Live) -> Response {
    let words = words();
    let form = FormPage {
        page: Page::new(app.config.issuer_host(), words.say("logout-title")),
        heading: words.say("logout-heading"),
        lead: Some(words.say_with("logout-lead", &[("name", &live.user.name)])),
        notice: None,
        problems: Vec::new(),
        action: "/oauth/logout",
        hidden: kept(parameters),
        fields: Vec::new(),
        submit: words.say("logout-submit"),
        cancel: None,
        links: Vec::new(),
        footnote: Some(words.say("logout-footnote")),
    };
    shown(&form, asked)
}

/// The request, as the page's form sends it again with the person's yes.
fn kept(parameters: &Parameters) -> Vec<(&'static str, String)> {
    let kept = [
        "client_id",
        "post_logout_redirect_uri",
        "state",
        "id_token_hint",
    ];
    let kept = kept.into_iter().filter_map(|name| {
        let value = parameters.get(name)?.to_owned();
        Some((name, value))
    });
    kept.chain([("confirmed", "yes".to_owned())]).collect()
}

fn shown(form: &FormPage, asked: &Asked) -> Response {
    let mut response = html(StatusCode::OK, form);
    if let Some(back) = &asked.back {
        response.extensions_mut().insert(FormTargets::of(back));
    }
    response
}
