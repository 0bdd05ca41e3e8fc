//! The three browser surfaces, and where each is.

use session::{Kind, Surface};
use url::Url;

use crate::config::{ClientConfig, ClientSecret, SurfaceOrigins, TokenEndpointAuth};

/// A browser surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Site {
    /// Workspace in the browser.
    Workspace,
    /// The Dashboard, for Admins and Supervisors.
    Dashboard,
    /// The widget inside a CRM page.
    Cti,
}

impl Site {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Workspace, Self::Dashboard, Self::Cti];

    /// As events and the audit log name it.
    pub fn surface(self) -> Surface {
        match self {
            Self::Workspace => Surface::Workspace,
            Self::Dashboard => Surface::Dashboard,
            Self::Cti => Surface::Cti,
        }
    }

    /// Its `client_id` at the OpenID Provider.
    pub fn client_id(self) -> &'static str {
        match self {
            Self::Workspace => "workspace-web",
            Self::Dashboard => "dashboard",
            Self::Cti => "cti",
        }
    }

    /// The key of its name for people.
    fn name(self) -> &'static str {
        match self {
            Self::Workspace => "client-workspace",
            Self::Dashboard => "client-dashboard",
            Self::Cti => "client-cti",
        }
    }
}

/// Where the surfaces are.
#[derive(Clone, Debug)]
pub struct Sites {
    origins: SurfaceOrigins,
}

impl Sites {
    pub(super) fn new(origins: SurfaceOrigins) -> Self {
        Self { origins }
    }

    fn url(&self, site: Site) -> &Url {
        match site {
            Site::Workspace => &self.origins.workspace,
            Site::Dashboard => &self.origins.dashboard,
            Site::Cti => &self.origins.cti,
        }
    }

    /// A surface's origin, as browsers write it.
    pub fn origin(&self, site: Site) -> &str {
        self.url(site).as_str().trim_end_matches('/')
    }

    /// The address of one of its paths.
    pub fn at(&self, site: Site, path: &str) -> String {
        format!("{}{path}", self.origin(site))
    }

    /// Its host, with the port where it has one.
    pub fn host(&self, site: Site) -> &str {
        let origin = self.origin(site);
        origin.split_once("://").map_or(origin, |(_, host)| host)
    }

    /// Its host without the port.
    pub(super) fn name(&self, site: Site) -> &str {
        self.url(site).host_str().unwrap_or_default()
    }

    /// The surfaces as clients of the OpenID Provider. Their codes are exchanged inside the
    /// service: at the token endpoint they are nobody's, under a secret that is never told.
    pub(crate) fn clients(&self) -> Vec<(ClientConfig, Surface)> {
        let client = |site: Site| {
            let words = crate::pages::words();
            let redirect = Url::parse(&self.at(site, "/callback")).into_iter();
            let mut client = ClientConfig::own(
                site.client_id(),
                &words.say(site.name()),
                Kind::Browser,
                redirect.collect(),
            );
            client.post_logout_redirect_uris = vec![self.url(site).clone()];
            client.token_endpoint_auth_method = TokenEndpointAuth::ClientSecretBasic;
            let secret = crate::openid::secret::random();
            client.secret = Some(ClientSecret::Plain(secret.into()));
            (client, site.surface())
        };
        Site::ALL.into_iter().map(client).collect()
    }
}
