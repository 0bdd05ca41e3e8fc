//! The cookies of surface logins.
//!
//! A surface's own cookie is `__Host-`, `HttpOnly`, `Secure`; `SameSite=Lax` where no other site
//! may frame the surface, `None` for the widget, so that a frame may use it where the browser and
//! the person allow that. A frame's cookie is partitioned (CHIPS): the browser keeps it for that
//! one embedding site. Both hold a session's id under a MAC and nothing else: no cookie lives
//! longer than its session.

use std::time::Duration;

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use session::SessionId;

use super::Site;
use crate::{
    keys::{Holder, SurfaceSeal},
    state::Service,
};

/// A surface's own cookie.
pub const SURFACE_COOKIE: &str = "__Host-ul-surface";
/// A frame's cookie.
pub const FRAME_COOKIE: &str = "__Host-ul-frame";

const LIFE: Duration = Duration::from_hours(180 * 24);

/// The cookie that attaches a surface to a session.
pub(super) fn login(
    app: &Service,
    site: Site,
    holder: Holder,
    session: SessionId,
) -> Cookie<'static> {
    let value = app.openid.keys.seal_login(&SurfaceSeal {
        session,
        surface: site.surface(),
        holder,
        issued_at: app.clock.now(),
    });
    let same_site = match (site, holder) {
        (_, Holder::Frame) | (Site::Cti, Holder::Own) => SameSite::None,
        (Site::Workspace | Site::Dashboard, Holder::Own) => SameSite::Lax,
    };
    Cookie::build((name(holder), value))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(same_site)
        .partitioned(holder == Holder::Frame)
        .max_age(LIFE.try_into().unwrap_or_default())
        .build()
}

/// What the cookies say, the newest first. A value in the wrong cookie or at the wrong surface
/// says nothing.
pub(super) fn logins(app: &Service, site: Site, jar: &CookieJar) -> Vec<SurfaceSeal> {
    let read = |holder: Holder| {
        let seal = app.openid.keys.open_login(jar.get(name(holder))?.value())?;
        (seal.surface == site.surface() && seal.holder == holder).then_some(seal)
    };
    let mut all = vec![read(Holder::Own)];
    // Only the widget is ever framed.
    if site == Site::Cti {
        all.push(read(Holder::Frame));
    }
    let mut all: Vec<SurfaceSeal> = all.into_iter().flatten().collect();
    all.sort_by_key(|seal| std::cmp::Reverse(seal.issued_at));
    all
}

fn name(holder: Holder) -> &'static str {
    match holder {
        Holder::Own => SURFACE_COOKIE,
        Holder::Frame => FRAME_COOKIE,
    }
}
