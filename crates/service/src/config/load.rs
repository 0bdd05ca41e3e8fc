//! Reads the configuration: file, then environment, then flags.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use figment::{
    Figment,
    error::Kind,
    providers::{Env, Format, Toml},
};
use thiserror::Error;
use url::Url;

use super::{Config, check};

const ENVIRONMENT_PREFIX: &str = "UNIFIED_LOGIN__";

/// How close a known key must be to be named as what was meant (Jaro–Winkler).
const CLOSE_ENOUGH: f64 = 0.7;

/// The defaults as a commented file, for `config show-defaults`.
pub const SHOWN_DEFAULTS: &str = include_str!("defaults.toml");

/// What flags of the command line set.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Overrides {
    /// The data folder.
    #[arg(long = "data", value_name = "FOLDER", global = true)]
    pub data_dir: Option<PathBuf>,
    /// The issuer.
    #[arg(long, value_name = "URL", global = true)]
    pub issuer: Option<Url>,
    /// Where to listen.
    #[arg(long, value_name = "ADDRESS:PORT", global = true)]
    pub listen: Option<SocketAddr>,
    /// Where to listen for monitoring.
    #[arg(long, value_name = "ADDRESS:PORT", global = true)]
    pub admin_listen: Option<SocketAddr>,
}

/// Why a configuration cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file that was named is not there.
    #[error("UL-1210: there is no configuration file {}", .0.display())]
    Missing(PathBuf),
    /// A key that nothing reads.
    #[error("UL-1211: unknown key `{key}` in {origin}{}", nearest.as_ref().map(|key| format!("; did you mean `{key}`?")).unwrap_or_default())]
    UnknownKey {
        /// The key, with its table.
        key: String,
        /// In which file, or in the environment.
        origin: String,
        /// What was probably meant.
        nearest: Option<String>,
    },
    /// A value that does not fit its key.
    #[error("UL-1212: {0}")]
    Value(String),
}

/// Reads the file (if any), the environment and the flags, and checks the result.
pub fn load(file: Option<&Path>, flags: &Overrides) -> Result<Config, ConfigError> {
    let mut figment = Figment::new();
    if let Some(file) = file {
        if !file.is_file() {
            return Err(ConfigError::Missing(file.to_owned()));
        }
        figment = figment.merge(Toml::file_exact(file));
    }
    let figment = figment.merge(Env::prefixed(ENVIRONMENT_PREFIX).split("__"));
    let mut config: Config = figment.extract().map_err(|error| explain(&error))?;
    if let Some(data_dir) = &flags.data_dir {
        config.data_dir.clone_from(data_dir);
    }
    if let Some(issuer) = &flags.issuer {
        config.issuer = issuer.clone();
    }
    if let Some(listen) = flags.listen {
        config.listen = listen;
    }
    if let Some(admin_listen) = flags.admin_listen {
        config.admin_listen = admin_listen;
    }
    check::check(&config)?;
    Ok(config)
}

fn explain(error: &figment::Error) -> ConfigError {
    let origin = error.metadata.as_ref().map_or_else(
        || "the configuration".to_owned(),
        |it| match &it.source {
            Some(source) => source.to_string(),
            None => it.name.to_string(),
        },
    );
    match &error.kind {
        Kind::UnknownField(field, known) => {
            let mut path = error.path.clone();
            if path.last() != Some(field) {
                path.push(field.clone());
            }
            let nearest = nearest(field, known).map(|nearest| {
                let mut path = path.clone();
                path.pop();
                path.push(nearest.to_owned());
                path.join(".")
            });
            ConfigError::UnknownKey {
                key: path.join("."),
                origin,
                nearest,
            }
        }
        kind if error.path.is_empty() => ConfigError::Value(format!("{origin}: {kind}")),
        kind => ConfigError::Value(format!("`{}` in {origin}: {kind}", error.path.join("."))),
    }
}

fn nearest(field: &str, known: &'static [&'static str]) -> Option<&'static str> {
    known
        .iter()
        .map(|key| (strsim::jaro_winkler(field, key), *key))
        .filter(|(likeness, _)| *likeness >= CLOSE_ENOUGH)
        .max_by(|one, two| one.0.total_cmp(&two.0))
        .map(|(_, key)| key)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    fn read(toml: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("unified-login.toml");
        std::fs::write(&file, toml).unwrap();
        load(Some(&file), &Overrides::default())
    }

    #[test]
    fn an_unknown_key_is_refused_and_the_nearest_known_one_named() {
        let error = read("[mail]\nsmpt_url = \"smtp://mail\"").unwrap_err();
        let text = error.to_string();
        assert!(text.contains("unknown key `mail.smpt_url`"), "{text}");
        assert!(text.contains("did you mean `mail.smtp_url`?"), "{text}");
        assert!(text.contains("unified-login.toml"), "{text}");
        let error = read("isuer = \"http://localhost\"").unwrap_err();
        assert!(
            error.to_string().contains("did you mean `issuer`?"),
            "{error}"
        );
    }

    #[test]
    fn a_key_that_resembles_nothing_is_refused_without_a_guess() {
        let text = read("[log]\nzzz = 1").unwrap_err().to_string();
        assert!(
            text.contains("`log.zzz`") && !text.contains("did you mean"),
            "{text}"
        );
    }

    #[test]
    fn a_wrong_value_is_named_with_its_key() {
        let text = read("[limits]\nlockout_minutes = \"soon\"")
            .unwrap_err()
            .to_string();
        assert!(
            text.contains("UL-1212") && text.contains("limits.lockout_minutes"),
            "{text}"
        );
    }

    #[test]
    fn the_shown_defaults_are_the_defaults() {
        let shown = read(SHOWN_DEFAULTS).unwrap();
        assert_eq!(format!("{shown:?}"), format!("{:?}", Config::default()));
    }

    #[test]
    fn an_issuer_without_encryption_is_refused_unless_it_is_this_computer() {
        assert!(read("issuer = \"http://login.example\"").is_err());
        assert!(read("issuer = \"https://login.example\"").is_ok());
        assert!(read("issuer = \"http://id.acme.localhost:7400\"").is_ok());
        assert!(read("issuer = \"https://login.example/path\"").is_err());
    }

    #[test]
    fn surfaces_are_siblings_of_an_issuer_that_begins_with_id() {
        let cti = |toml: &str| {
            let origins = read(toml).unwrap().surface_origins();
            origins.map(|origins| origins.cti.to_string())
        };
        let own = cti("issuer = \"https://id.login.example:8443\"");
        assert_eq!(own.as_deref(), Some("https://cti.login.example:8443/"));
        assert_eq!(cti("issuer = \"https://login.example\""), None);
        assert_eq!(cti("[surfaces]\nenabled = false"), None);
        let named = cti("issuer = \"https://login.example\"\n[surfaces]\n\
             workspace = \"https://work.example\"\ndashboard = \"https://dash.example\"\n\
             cti = \"https://phone.example\"");
        assert_eq!(named.as_deref(), Some("https://phone.example/"));
    }

    #[test]
    fn surfaces_that_would_share_cookies_or_are_not_all_named_are_refused() {
        for surfaces in [
            "cti = \"http://id.acme.localhost:9000\"",
            "cti = \"http://workspace.acme.localhost:9000\"",
            "cti = \"http://cti.example\"",
            "cti = \"https://cti.example\"",
            "cti = \"http://cti.acme.localhost:7400/path\"",
        ] {
            assert!(
                read(&format!("[surfaces]\n{surfaces}")).is_err(),
                "{surfaces}"
            );
        }
        let alone =
            "issuer = \"https://login.example\"\n[surfaces]\ncti = \"https://phone.example\"";
        let text = read(alone).unwrap_err().to_string();
        assert!(text.contains("`surfaces` needs all of"), "{text}");
        let taken = "[[clients]]\nid = \"dashboard\"\nname = \"x\"\n\
                     redirect_uris = [\"https://x.example/callback\"]";
        assert!(read(taken).is_err(), "a built-in client's id");
        assert!(read(&format!("{taken}\n[surfaces]\nenabled = false")).is_ok());
    }

    #[test]
    fn flags_go_before_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("c.toml");
        std::fs::write(
            &file,
            "listen = \"127.0.0.1:1\"\n[limits]\nlockout_minutes = 3",
        )
        .unwrap();
        let flags = Overrides {
            listen: Some(SocketAddr::from(([127, 0, 0, 1], 2))),
            ..Overrides::default()
        };
        let config = load(Some(&file), &flags).unwrap();
        assert_eq!(config.listen.port(), 2);
        assert_eq!(config.limits.lockout_minutes, 3);
    }
}
