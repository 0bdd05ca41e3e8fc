//! What an operator sets: one TOML file, environment variables over it, command-line flags over
//! both. Every key is described in `docs/operating.md`.

mod check;
mod client;
mod load;
mod surfaces;

use std::{net::SocketAddr, path::PathBuf};

use ipnet::IpNet;
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

pub use client::{ClientConfig, ClientSecret, SigningAlgorithm, TokenEndpointAuth};
pub use load::{ConfigError, Overrides, SHOWN_DEFAULTS, load};
pub use surfaces::{SurfaceOrigins, SurfacesConfig};

/// The whole configuration.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The address that everybody knows this service by (OpenID Connect Discovery §3).
    pub issuer: Url,
    /// Where it listens for people and apps.
    pub listen: SocketAddr,
    /// Where it listens for monitoring: metrics and health.
    pub admin_listen: SocketAddr,
    /// The folder with database, keys and unsent mail.
    pub data_dir: PathBuf,
    /// Reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Where the browser surfaces are.
    pub surfaces: SurfacesConfig,
    /// How mail is sent.
    pub mail: MailConfig,
    /// Where addresses are.
    pub geoip: GeoIpConfig,
    /// How often something may be tried.
    pub limits: LimitsConfig,
    /// What is written to the log.
    pub log: LogConfig,
    /// OpenID clients beside the built-in desktop app.
    pub clients: Vec<ClientConfig>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            issuer: default_issuer(),
            listen: SocketAddr::from(([127, 0, 0, 1], 7400)),
            admin_listen: SocketAddr::from(([127, 0, 0, 1], 7401)),
            data_dir: PathBuf::from("data"),
            trusted_proxies: Vec::new(),
            surfaces: SurfacesConfig::default(),
            mail: MailConfig::default(),
            geoip: GeoIpConfig::default(),
            limits: LimitsConfig::default(),
            log: LogConfig::default(),
            clients: Vec::new(),
        }
    }
}

#[expect(clippy::expect_used, reason = "a constant, read by a test")]
fn default_issuer() -> Url {
    Url::parse("http://id.acme.localhost:7400").expect("the default issuer is an address")
}

impl Config {
    /// The issuer as it stands in tokens and metadata: without a trailing slash.
    pub fn issuer(&self) -> &str {
        self.issuer.as_str().trim_end_matches('/')
    }

    /// The host (and port) that pages name as the place of sign-in.
    pub fn issuer_host(&self) -> String {
        let host = self.issuer.host_str().unwrap_or_default();
        self.issuer
            .port()
            .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// Where the browser surfaces are, if they are served.
    pub fn surface_origins(&self) -> Option<SurfaceOrigins> {
        self.surfaces.origins(&self.issuer)
    }

    /// The address of one of our own pages.
    pub fn page(&self, path_and_query: &str) -> String {
        format!("{}{path_and_query}", self.issuer())
    }
}

/// `[mail]`: how mail is sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailConfig {
    /// `smtp://` or `smtps://`, with user and password where needed. Without it mail is written
    /// to `folder`.
    pub smtp_url: Option<SecretString>,
    /// The sender.
    pub from: String,
    /// Where mail is written while there is no `smtp_url`; `<data_dir>/mail` by default.
    pub folder: Option<PathBuf>,
}

impl Default for MailConfig {
    fn default() -> Self {
        Self {
            smtp_url: None,
            from: "Unified Login <no-reply@acme.example>".to_owned(),
            folder: None,
        }
    }
}

/// `[geoip]`: where addresses are.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GeoIpConfig {
    /// A `MaxMind` DB file with cities. Nothing is looked up anywhere else.
    pub file: Option<PathBuf>,
}

/// `[limits]`: how often something may be tried.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsConfig {
    /// Sign-ins, resets and invitations tried from one address in a minute.
    pub attempts_per_address_per_minute: u32,
    /// Wrong passwords in a row for one account until it is locked.
    pub failures_before_lockout: u32,
    /// How long a locked account stays locked.
    pub lockout_minutes: u32,
    /// Mails to one account in an hour.
    pub mails_per_account_per_hour: u32,
    /// Passwords hashed at the same time; each needs 19 MiB. 0: one for each processor.
    pub password_hashes_at_once: u32,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self {
            attempts_per_address_per_minute: 60,
            failures_before_lockout: 10,
            lockout_minutes: 15,
            mails_per_account_per_hour: 5,
            password_hashes_at_once: 0,
        }
    }
}

/// `[log]`: what is written to the log (standard error).
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogConfig {
    /// One JSON object a line, or text.
    pub format: LogFormat,
    /// Which targets and levels, as `tracing` filters are written.
    pub filter: String,
}

impl Default for LogConfig {
    fn default() -> Self {
        Self {
            format: LogFormat::Json,
            filter: "info".to_owned(),
        }
    }
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For reading in a terminal.
    Text,
}
