//! `[surfaces]`: where the browser surfaces are.

use serde::Deserialize;
use url::Url;

/// The first label of the issuer's host where the surfaces' hosts follow from it.
const ID: &str = "id.";

/// The origins of the browser surfaces, which the service serves beside its own.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SurfacesConfig {
    /// Whether they are served.
    pub enabled: bool,
    /// Workspace in the browser.
    pub workspace: Option<Url>,
    /// The Dashboard.
    pub dashboard: Option<Url>,
    /// The widget.
    pub cti: Option<Url>,
}

impl Default for SurfacesConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            workspace: None,
            dashboard: None,
            cti: None,
        }
    }
}

/// All of them.
#[derive(Clone, Debug)]
pub struct SurfaceOrigins {
    /// Workspace in the browser.
    pub workspace: Url,
    /// The Dashboard.
    pub dashboard: Url,
    /// The widget.
    pub cti: Url,
}

impl SurfacesConfig {
    /// Those that are set, and for the others the issuer's siblings: `workspace.` for `id.`.
    pub(super) fn origins(&self, issuer: &Url) -> Option<SurfaceOrigins> {
        if !self.enabled {
            return None;
        }
        let or_sibling = |set: &Option<Url>, label| match set {
            Some(url) => Some(url.clone()),
            None => sibling(issuer, label),
        };
        Some(SurfaceOrigins {
            workspace: or_sibling(&self.workspace, "workspace")?,
            dashboard: or_sibling(&self.dashboard, "dashboard")?,
            cti: or_sibling(&self.cti, "cti")?,
        })
    }

    /// Whether any is set by name.
    pub(super) fn any_set(&self) -> bool {
        [&self.workspace, &self.dashboard, &self.cti]
            .iter()
            .any(|origin| origin.is_some())
    }
}

fn sibling(issuer: &Url, label: &str) -> Option<Url> {
    let rest = issuer.host_str()?.strip_prefix(ID)?;
    let mut url = issuer.clone();
    url.set_host(Some(&format!("{label}.{rest}"))).ok()?;
    Some(url)
}
