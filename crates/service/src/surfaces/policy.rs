//! Security headers of the surfaces' documents.
//!
//! Threats: script injection (scripts of our own origin only, none inline), framing (nobody; the
//! widget by the pages that its organization lists), forms and bases that lead elsewhere, other
//! windows that keep a hold on ours.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

/// Who may frame a document, and what else it may run.
#[derive(Clone, Debug, Default)]
pub(super) struct Policy {
    /// The origins that may frame it.
    pub ancestors: Vec<String>,
    /// Origins of scripts beside our own.
    pub scripts: Vec<String>,
    /// What it and the windows that it opens, or that opened it, know of each other.
    pub opener: Opener,
}

/// `Cross-Origin-Opener-Policy`. In a frame it is the framing page's that counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Opener {
    /// Nobody else's windows have a hold on it, nor the reverse.
    #[default]
    Apart,
    /// Nobody who opens it has a hold on it; a window that it opens may shake hands with it.
    Opens,
    /// It shakes hands with the page that opened it.
    Opened,
}

impl Opener {
    fn text(self) -> &'static str {
        match self {
            Self::Apart => "same-origin",
            Self::Opens => "same-origin-allow-popups",
            Self::Opened => "unsafe-none",
        }
    }
}

const FIXED: [(HeaderName, &str); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
    ),
];

impl Policy {
    fn text(&self) -> String {
        let listed = |first: &str, more: &[String]| {
            let mut text = first.to_owned();
            for origin in more {
                text.push(' ');
                text.push_str(origin);
            }
            text
        };
        let ancestors = match self.ancestors.as_slice() {
            [] => "'none'".to_owned(),
            listed => listed.join(" "),
        };
        format!(
            "default-src 'none'; script-src {}; style-src 'self'; connect-src 'self'; img-src \
             'self' data:; font-src 'self'; media-src 'self'; worker-src 'self'; manifest-src \
             'self'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}",
            listed("'self'", &self.scripts)
        )
    }

    /// Puts the headers on a document.
    pub(super) fn protect(&self, response: &mut Response, https: bool) {
        let headers = response.headers_mut();
        for (name, value) in FIXED {
            headers.insert(name, HeaderValue::from_static(value));
        }
        let policy = HeaderValue::from_str(&self.text()).unwrap_or_else(|_| {
            HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")
        });
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        let framed = !self.ancestors.is_empty();
        if !framed {
            headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
        }
        headers.insert(
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static(if framed {
                "cross-origin"
            } else {
                "same-origin"
            }),
        );
        headers.insert(
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static(self.opener.text()),
        );
        if https {
            headers.insert(
                header::STRICT_TRANSPORT_SECURITY,
                HeaderValue::from_static("max-age=63072000; includeSubDomains"),
            );
        }
    }
}
