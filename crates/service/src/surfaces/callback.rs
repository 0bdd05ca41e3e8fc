//! `/callback` at a surface: the provider's answer (RFC 6749 §4.1.2), exchanged inside the
//! service, becomes the surface's own cookie.

use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use session::SessionId;

use super::{
    Here, Site, SurfaceError, cookies, embed, failed,
    flow::{self, For, How, Matched, Mismatch},
    here, join, sign_in, tried,
};
use crate::{
    keys::Holder,
    openid::{ProtocolError, own, parameters::Parameters},
    pages::facts::RequestFacts,
    state::App,
};

/// `GET /callback`.
///
/// Threats: login CSRF (a code and state from another browser fit no cookie here, RFC 9700 §4.7);
/// mix-up (`iss`, RFC 9207); a replayed code (single use, and its second use ends nothing that the
/// browser session has made elsewhere: a browser client's code carries no session of its own);
/// session fixation (the cookie is made here, after the exchange, whatever the browser had
/// before); an endless chain (one second try, and no redirect to sign in right after one).
pub(super) async fn answer(
    State(app): State<App>,
    site: Site,
    jar: CookieJar,
    facts: RequestFacts,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let Ok(parameters) = Parameters::read(query.as_bytes()) else {
        return failed::page(&app, site, "UL-1306");
    };
    let ours = parameters.get("iss") == Some(app.openid.issuer.as_str());
    let state = parameters.get("state").unwrap_or_default();
    let matched = match flow::matched(&app, site, &jar, state) {
        Ok(matched) if ours => matched,
        Ok(_) | Err(Mismatch::Foreign) => return failed::page(&app, site, "UL-1306"),
        Err(Mismatch::Elsewhere(flow)) => {
            return match flow.to {
                For::Page(page) if !flow.how.again => {
                    let how = How {
                        again: true,
                        ..flow.how
                    };
                    Redirect::to(&sign_in::address(&page, how)).into_response()
                }
                // Whoever follows the link gets no further than by the link it leads to.
                For::Join(ticket) => join::go_on(&app, jar, &ticket).await,
                For::Page(_) | For::Window(_) => failed::page(&app, site, "UL-1306"),
            };
        }
    };
    if let Some(error) = parameters.get("error") {
        return refused(&app, site, jar, &matched.flow.to, error).await;
    }
    match session_of(&app, site, &matched, &parameters, &facts).await {
        Ok(session) => signed_in(&app, site, jar, &matched.flow.to, session).await,
        Err(error) if matches!(matched.flow.to, For::Join(_)) => {
            error.log();
            go_on(&app, site, jar, &matched.flow.to).await
        }
        Err(error) => {
            error.log();
            // The address was loaded twice: the first time has signed the person in.
            if let For::Page(page) = &matched.flow.to
                && let Ok(Here::Live(_)) = here(&app, site, &headers, &facts).await
            {
                return Redirect::to(page).into_response();
            }
            failed::page(&app, site, SurfaceError::Protocol(error).code())
        }
    }
}

async fn session_of(
    app: &App,
    site: Site,
    matched: &Matched,
    parameters: &Parameters,
    facts: &RequestFacts,
) -> Result<SessionId, ProtocolError> {
    let sites = app.surfaces.sites();
    let sites = sites.ok_or(ProtocolError::UnknownClient)?;
    let answered = own::Answered {
        client_id: site.client_id(),
        redirect_uri: &sites.at(site, "/callback"),
        code: parameters.need("code")?,
        verifier: &matched.verifier,
        nonce: &matched.nonce,
    };
    own::exchange(app, &answered, facts).await
}

async fn signed_in(
    app: &App,
    site: Site,
    jar: CookieJar,
    to: &For,
    session: SessionId,
) -> Response {
    if let For::Window(attempt) = to
        && let Err(error) = embed::complete(app, &jar, attempt, session).await
    {
        let jar = jar.add(cookies::login(app, site, Holder::Own, session));
        return (jar, embed::window_failed(app, &error)).into_response();
    }
    let login = cookies::login(app, site, Holder::Own, session);
    go_on(app, site, jar.add(login), to).await
}

/// The provider says no: nobody is signed in and nothing may be shown, or the person cancelled.
async fn refused(app: &App, site: Site, jar: CookieJar, to: &For, error: &str) -> Response {
    match (error, to) {
        (_, For::Join(_)) | ("login_required" | "access_denied", For::Page(_)) => {
            go_on(app, site, jar, to).await
        }
        (_, For::Window(attempt)) => {
            if let Err(error) = embed::cancel(app, &jar, attempt).await {
                return embed::window_failed(app, &error);
            }
            embed::window_failed(app, &SurfaceError::Cancelled)
        }
        _ => failed::page(app, site, "UL-1306"),
    }
}

async fn go_on(app: &App, site: Site, jar: CookieJar, to: &For) -> Response {
    match to {
        For::Page(page) => (jar.add(tried::cookie()), Redirect::to(page)).into_response(),
        For::Window(_) => (jar, Redirect::to("/window/done")).into_response(),
        For::Join(ticket) if site == Site::Cti => join::go_on(app, jar, ticket).await,
        For::Join(_) => failed::page(app, site, "UL-1306"),
    }
}
