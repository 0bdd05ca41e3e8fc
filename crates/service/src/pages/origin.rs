//! State may be changed from our own pages only.
//!
//! Threat: cross-site request forgery. `Sec-Fetch-Site` and `Origin` say where a request comes
//! from; cookies are SameSite=Lax beside that.

use axum::response::Response;
use tower_http::csrf::{ConfigError, CsrfLayer, ProtectionError};

use super::PageError;
use crate::config::Config;

/// The middleware's type.
pub type OwnForms = CsrfLayer<fn(ProtectionError) -> Response>;

/// The middleware: refuses what other origins' pages send.
pub fn layer(config: &Config) -> Result<OwnForms, ConfigError> {
    Ok(CsrfLayer::new()
        .add_trusted_origin(config.issuer())?
        .with_rejection_response(refuse as fn(ProtectionError) -> Response))
}

fn refuse(_: ProtectionError) -> Response {
    PageError::ForeignOrigin.page()
}
