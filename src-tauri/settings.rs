//! The app's few settings: `settings.toml` in its data folder, overridden by the environment and
//! the command line.

use std::{fs, io, path::PathBuf, time::Duration};

use serde::Deserialize;
use thiserror::Error;

use crate::issuer::address::{Issuer, IssuerError};

/// The organization's issuer where nothing else is set.
pub const DEFAULT_ISSUER: &str = "http://id.acme.localhost:7400";

const FILE: &str = "settings.toml";

/// What the app was told to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The identity provider, as configured: discovery's `issuer` must equal it.
    pub issuer: Issuer,
    /// The OpenID client that the app is.
    pub client_id: String,
    /// Where settings and other things without secrets are kept.
    pub data_dir: PathBuf,
    /// The name of the app's records in the keychain.
    pub keychain_service: String,
    /// The redirect scheme. A development build has its own, so as not to take the installed
    /// app's.
    pub scheme: &'static str,
    /// Shortens renewals; builds with fault points only.
    pub renew_every: Option<Duration>,
}

/// What the command line says.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--issuer`.
    pub issuer: Option<String>,
}

/// The settings cannot be used.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not as it should be.
    #[error("{path} is not valid: {source}")]
    Invalid {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// The issuer is no usable address.
    #[error("the issuer {issuer:?} cannot be used: {source}")]
    Issuer {
        /// As it was set.
        issuer: String,
        /// Why.
        source: IssuerError,
    },
    /// The platform has no folder for application data.
    #[error("this account has no folder for application data; set WORKSPACE_DATA_DIR")]
    NoDataDir,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    issuer: Option<String>,
    client_id: Option<String>,
}

/// The redirect scheme of this build.
pub const SCHEME: &str = if cfg!(debug_assertions) {
    "com.unifiedlogin.workspace.dev"
} else {
    "com.unifiedlogin.workspace"
};

impl Settings {
    /// Reads file and environment.
    pub fn load(overrides: &Overrides) -> Result<Self, SettingsError> {
        Self::load_with(overrides, |name| {
            std::env::var(name).ok().filter(|text| !text.is_empty())
        })
    }

    fn load_with(
        overrides: &Overrides,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, SettingsError> {
        let data_dir = match variable("WORKSPACE_DATA_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => directories::BaseDirs::new()
                .ok_or(SettingsError::NoDataDir)?
                .config_local_dir()
                .join(SCHEME),
        };
        let file = read(data_dir.join(FILE))?;
        let issuer = overrides
            .issuer
            .clone()
            .or_else(|| variable("WORKSPACE_ISSUER"))
            .or(file.issuer)
            .unwrap_or_else(|| DEFAULT_ISSUER.to_owned());
        let issuer =
            Issuer::parse(&issuer).map_err(|source| SettingsError::Issuer { issuer, source })?;
        let renew_every = variable("WORKSPACE_RENEW_EVERY_MS")
            .filter(|_| cfg!(feature = "fault-points"))
            .and_then(|text| text.parse().ok())
            .map(Duration::from_millis);
        Ok(Self {
            issuer,
            client_id: variable("WORKSPACE_CLIENT_ID")
                .or(file.client_id)
                .unwrap_or_else(|| "workspace-desktop".to_owned()),
            data_dir,
            keychain_service: variable("WORKSPACE_KEYCHAIN_SERVICE")
                .unwrap_or_else(|| SCHEME.to_owned()),
            scheme: SCHEME,
            renew_every,
        })
    }
}

fn read(path: PathBuf) -> Result<File, SettingsError> {
    match fs::read_to_string(&path) {
        Ok(text) => toml::from_str(&text).map_err(|source| SettingsError::Invalid {
            path,
            source: Box::new(source),
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(File::default()),
        Err(source) => Err(SettingsError::Unreadable { path, source }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn load(folder: &std::path::Path, issuer: Option<&str>) -> Result<Settings, SettingsError> {
        let folder = folder.to_str().unwrap().to_owned();
        let issuer = issuer.map(str::to_owned);
        Settings::load_with(&Overrides::default(), |name| match name {
            "WORKSPACE_DATA_DIR" => Some(folder.clone()),
            "WORKSPACE_ISSUER" => issuer.clone(),
            _ => None,
        })
    }

    #[test]
    fn without_a_file_the_local_service_is_the_issuer() {
        let folder = tempfile::tempdir().unwrap();
        let settings = load(folder.path(), None).unwrap();
        assert_eq!(settings.issuer.as_str(), "http://id.acme.localhost:7400");
        assert_eq!(settings.client_id, "workspace-desktop");
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join(FILE),
            "issuer = \"https://one.example\"\nclient_id = \"desk\"\n",
        )
        .unwrap();
        let settings = load(folder.path(), None).unwrap();
        assert_eq!(settings.issuer.as_str(), "https://one.example");
        assert_eq!(settings.client_id, "desk");
        let settings = load(folder.path(), Some("https://two.example/tenant")).unwrap();
        assert_eq!(settings.issuer.as_str(), "https://two.example/tenant");
    }

    #[test]
    fn an_unknown_key_or_an_unsafe_issuer_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let error = load(folder.path(), Some("http://id.acme.example")).unwrap_err();
        assert!(error.to_string().contains("http://id.acme.example"));
        fs::write(folder.path().join(FILE), "isuer = \"https://x.example\"").unwrap();
        let error = load(folder.path(), None).unwrap_err();
        assert!(error.to_string().contains("isuer"), "{error}");
    }
}
