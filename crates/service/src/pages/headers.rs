//! Security headers on every page.
//!
//! Threats: script injection (no script at all may run), framing for click-jacking, forms that
//! send elsewhere, secrets in the address leaking by the referrer, pages kept in caches of shared
//! computers, downgrade to plain HTTP.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header, header::Entry},
    response::Response,
};
use url::Url;

/// Where else the forms of a page may lead: Chromium applies `form-action` to the redirect that
/// answers a form, too.
#[derive(Clone, Debug)]
pub struct FormTargets(Vec<String>);

impl FormTargets {
    /// The origin of a client's redirect, or the scheme of an app's own.
    pub fn of(redirect: &Url) -> Self {
        Self(match redirect.scheme() {
            "http" | "https" => vec![redirect.origin().ascii_serialization()],
            scheme => vec![format!("{scheme}:")],
        })
    }

    /// That origin too.
    #[must_use]
    pub fn and(mut self, origin: &str) -> Self {
        self.0.push(origin.to_owned());
        self
    }

    /// That origin.
    pub fn origin(origin: &str) -> Self {
        Self(vec![origin.to_owned()])
    }
}

/// A page that may be in a window which a sandboxed frame opened: such a window loads nothing that
/// would cut it from its opener (HTML §7.1.3.2), so the page does without.
#[derive(Clone, Copy, Debug)]
pub struct KeepsOpener;

/// Protects an answer that a browser shows or follows.
pub fn protect_page<B>(mut response: Response<B>, https: bool) -> Response<B> {
    let targets = response.extensions_mut().remove::<FormTargets>();
    let keeps_opener = response.extensions_mut().remove::<KeepsOpener>().is_some();
    let redirects = response.status().is_redirection();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy(targets));
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // A redirect has no document to protect, and would cut a window from its opener on the way.
    if !redirects && !keeps_opener {
        headers.insert(
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        );
    }
    for_all(headers, https);
    response
}

/// Protects an answer to a program: it is neither shown nor followed, so only what keeps it from
/// being taken for a page, embedded or stored. If it is a page after all, as such.
pub fn protect_answer<B>(mut response: Response<B>, https: bool) -> Response<B> {
    let headers = response.headers_mut();
    let kind = headers.get(header::CONTENT_TYPE);
    if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return protect_page(response, https);
    }
    for_all(headers, https);
    response
}

fn for_all(headers: &mut HeaderMap, https: bool) {
    for (name, value) in FIXED_FOR_ALL {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Entry::Vacant(unsaid) = headers.entry(header::CACHE_CONTROL) {
        unsaid.insert(HeaderValue::from_static("no-store"));
    }
    if https {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
}

const FIXED_FOR_ALL: [(HeaderName, &str); 2] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

// Not `no-referrer`: under it browsers send `Origin: null` with our own forms, and the check of
// the origin would have nothing to hold on to (Fetch §3.2, "append a request Origin header").
const FIXED: [(HeaderName, &str); 3] = [
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

fn policy(targets: Option<FormTargets>) -> HeaderValue {
    let mut policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
                      frame-ancestors 'none'; form-action 'self'"
        .to_owned();
    for target in targets.map(|targets| targets.0).unwrap_or_default() {
        policy.push(' ');
        policy.push_str(&target);
    }
    HeaderValue::from_str(&policy)
        .unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    fn written(redirect: &str) -> String {
        let targets = FormTargets::of(&Url::parse(redirect).unwrap());
        policy(Some(targets)).to_str().unwrap().to_owned()
    }

    #[test]
    fn a_form_may_lead_to_its_client_and_nowhere_else() {
        assert!(
            policy(None)
                .to_str()
                .unwrap()
                .ends_with("form-action 'self'")
        );
        assert!(
            written("http://127.0.0.1:4711/signed-in?x=1")
                .ends_with("form-action 'self' http://127.0.0.1:4711")
        );
        assert!(
            written("com.unifiedlogin.workspace:/signed-in")
                .ends_with("form-action 'self' com.unifiedlogin.workspace:")
        );
    }
}
