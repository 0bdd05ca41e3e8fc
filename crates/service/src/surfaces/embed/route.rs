//! `/{crm}/{organization}`: the widget's document for one organization's CRM. Which pages may
//! frame it is that organization's list and nothing else.

use axum::http::{HeaderMap, header};
use store::{Crm, Organization};
use url::Url;

use crate::{
    state::App,
    surfaces::{
        Site, SurfaceError,
        policy::{Opener, Policy},
    },
};

/// A CRM, and the organization that the widget is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub crm: Crm,
    /// Lower-cased.
    pub organization: String,
}

impl Route {
    /// From names as they stand in addresses.
    pub fn named(crm: &str, organization: &str) -> Option<Self> {
        let crm = match crm {
            "hubspot" => Crm::Hubspot,
            "zendesk" => Crm::Zendesk,
            "salesforce" => Crm::Salesforce,
            _ => return None,
        };
        let organization = organization.trim().to_lowercase();
        (!organization.is_empty()).then_some(Self { crm, organization })
    }

    /// From the path of a document.
    pub fn of_path(path: &str) -> Option<Self> {
        let mut segments = path.trim_start_matches('/').split('/');
        let (crm, organization) = (segments.next()?, segments.next()?);
        Self::named(crm, &decoded(organization)?)
    }

    /// From the document whose script asks. Documents of ours send their whole address to their
    /// own origin and nothing to any other.
    pub fn asked_from(app: &App, headers: &HeaderMap) -> Option<Self> {
        let referrer = headers.get(header::REFERER)?.to_str().ok()?;
        let sites = app.surfaces.sites()?;
        let path = referrer.strip_prefix(sites.origin(Site::Cti))?;
        let path = path.split(['?', '#']).next()?;
        path.starts_with('/').then(|| Self::of_path(path))?
    }

    /// Whether it is that organization's.
    pub fn is_of(&self, organization: &Organization) -> bool {
        organization.name.trim().to_lowercase() == self.organization
    }

    /// The origins that the organization lists for the CRM; none of an unknown organization.
    pub async fn origins(&self, app: &App) -> Result<Vec<String>, SurfaceError> {
        let organizations = app.store.organizations();
        let Some(organization) = organizations.named(&self.organization).await? else {
            return Ok(Vec::new());
        };
        let mut all = app.store.crm_origins().of(organization.id).await?;
        let mut origins = all.remove(&self.crm).unwrap_or_default();
        // They were checked when they were set; in a header a wrong one would be a hole.
        origins.retain(|origin| is_source(origin));
        Ok(origins)
    }

    /// The headers of its document. Open CTI's script comes from the Salesforce page's own origin.
    pub async fn policy(&self, app: &App) -> Result<Policy, SurfaceError> {
        let ancestors = self.origins(app).await?;
        Ok(Policy {
            scripts: match self.crm {
                Crm::Salesforce => ancestors.clone(),
                Crm::Hubspot | Crm::Zendesk => Vec::new(),
            },
            ancestors,
            opener: Opener::Opens,
        })
    }
}

/// A host source (Content Security Policy Level 3 §2.3.1): scheme, host, port and nothing else.
fn is_source(origin: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:*[]".contains(&byte);
    let rest = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && rest != "*" && rest.bytes().all(allowed))
}

/// A percent-encoded segment of a path: the query's decoder, but `+` and `&` stand for themselves.
fn decoded(segment: &str) -> Option<String> {
    let pair = segment.replace('+', "%2B").replace('&', "%26");
    let pair = format!("s={pair}");
    let (_, text) = url::form_urlencoded::parse(pair.as_bytes()).next()?;
    Some(text.into_owned())
}

/// The address of an organization's widget in a CRM.
pub(crate) fn address(origin: &str, crm: Crm, organization: &str) -> Option<String> {
    let mut url = Url::parse(origin).ok()?;
    let name = match crm {
        Crm::Hubspot => "hubspot",
        Crm::Zendesk => "zendesk",
        Crm::Salesforce => "salesforce",
    };
    url.path_segments_mut()
        .ok()?
        .pop_if_empty()
        .extend([name, &organization.trim().to_lowercase()]);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn an_organization_is_found_by_its_name_however_it_is_written() {
        let acme = Route::of_path("/hubspot/Acme%20%26%20S%C3%B6hne+1/calls").unwrap();
        assert_eq!(acme.crm, Crm::Hubspot);
        assert_eq!(acme.organization, "acme & söhne+1");
        let written = address(
            "http://cti.acme.localhost:7400",
            Crm::Hubspot,
            "Acme & Söhne+1",
        );
        let written = Url::parse(&written.unwrap()).unwrap();
        assert_eq!(Route::of_path(written.path()).unwrap(), acme);
        for none in ["/", "/hubspot", "/hubspot/", "/pipedrive/acme"] {
            assert_eq!(Route::of_path(none), None, "{none}");
        }
    }

    #[test]
    fn nothing_but_an_origin_gets_into_the_policy() {
        for good in [
            "https://app.hubspot.com",
            "https://*.zendesk.com",
            "http://hubspot.localhost:7410",
        ] {
            assert!(is_source(good), "{good}");
        }
        for bad in [
            "*",
            "https://*",
            "https:",
            "'self'",
            "https://a.example; script-src *",
            "https://a.example https://b.example",
            "https://a.example/path",
            "https://a.example,https://b.example",
            "data:",
        ] {
            assert!(!is_source(bad), "{bad}");
        }
    }
}
