//! Says for a few seconds that a sign-in has just been tried, so that a page is shown whatever
//! came of it: no chain of redirects goes round.

use std::time::Duration;

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

const COOKIE: &str = "__Host-ul-tried";
const LIFE: Duration = Duration::from_secs(10);

pub(super) fn cookie() -> Cookie<'static> {
    Cookie::build((COOKIE, "1"))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(LIFE.try_into().unwrap_or_default())
        .build()
}

pub(super) fn lately(jar: &CookieJar) -> bool {
    jar.get(COOKIE).is_some()
}
