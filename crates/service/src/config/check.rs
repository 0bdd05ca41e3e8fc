//! What the types of the configuration cannot say.

use std::net::IpAddr;

use url::{Host, Url};

use super::{ClientSecret, Config, ConfigError, TokenEndpointAuth};

pub(super) fn check(config: &Config) -> Result<(), ConfigError> {
    issuer(config)?;
    surfaces(config)?;
    clients(config)?;
    let limits = &config.limits;
    for (key, value) in [
        (
            "attempts_per_address_per_minute",
            limits.attempts_per_address_per_minute,
        ),
        ("failures_before_lockout", limits.failures_before_lockout),
        ("lockout_minutes", limits.lockout_minutes),
        (
            "mails_per_account_per_hour",
            limits.mails_per_account_per_hour,
        ),
    ] {
        if value == 0 {
            return refuse(format!("`limits.{key}` must be at least 1"));
        }
    }
    Ok(())
}

fn issuer(config: &Config) -> Result<(), ConfigError> {
    origin("issuer", &config.issuer)
}

/// Cookies know no ports: each surface needs a host of its own.
fn surfaces(config: &Config) -> Result<(), ConfigError> {
    let surfaces = &config.surfaces;
    if !surfaces.enabled {
        return Ok(());
    }
    let Some(origins) = config.surface_origins() else {
        return if surfaces.any_set() {
            refuse(
                "`surfaces` needs all of `workspace`, `dashboard` and `cti` where the issuer's \
                 host does not begin with `id.`"
                    .to_owned(),
            )
        } else {
            Ok(())
        };
    };
    let all = [
        ("surfaces.workspace", &origins.workspace),
        ("surfaces.dashboard", &origins.dashboard),
        ("surfaces.cti", &origins.cti),
    ];
    for (index, (key, url)) in all.iter().enumerate() {
        origin(key, url)?;
        let others = all[..index].iter().map(|(_, other)| *other);
        if others
            .chain([&config.issuer])
            .any(|other| other.host() == url.host())
        {
            return refuse(format!("`{key}` must have a host of its own"));
        }
        if url.scheme() != config.issuer.scheme() {
            return refuse(format!("`{key}` must have the issuer's scheme"));
        }
    }
    Ok(())
}

fn origin(key: &str, issuer: &Url) -> Result<(), ConfigError> {
    let plain_allowed = match issuer.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => return refuse(format!("`{key}` has no host")),
    };
    match issuer.scheme() {
        "https" => {}
        "http" if plain_allowed => {}
        _ => {
            return refuse(format!(
                "`{key}` must begin with https:// (http:// is for this computer only)"
            ));
        }
    }
    // One origin holds everything: cookies with the `__Host-` prefix belong to all of it.
    if issuer.path() != "/" || issuer.query().is_some() || issuer.fragment().is_some() {
        return refuse(format!(
            "`{key}` must be an origin, without path, query or fragment"
        ));
    }
    Ok(())
}

fn clients(config: &Config) -> Result<(), ConfigError> {
    for (index, client) in config.clients.iter().enumerate() {
        let name = format!("`clients` {} (`{}`)", index + 1, client.id);
        let surface = ["workspace-web", "dashboard", "cti"].contains(&client.id.as_str());
        let built_in =
            client.id == "workspace-desktop" || (surface && config.surface_origins().is_some());
        if client.id.is_empty() || built_in {
            return refuse(format!("{name}: the id is empty or built in"));
        }
        if config.clients[..index]
            .iter()
            .any(|other| other.id == client.id)
        {
            return refuse(format!("{name}: the id is there twice"));
        }
        if client.redirect_uris.is_empty() {
            return refuse(format!("{name}: `redirect_uris` is empty"));
        }
        let has_secret = client.secret.is_some();
        let public = client.token_endpoint_auth_method == TokenEndpointAuth::None;
        if public == has_secret {
            return refuse(format!(
                "{name}: `secret` goes with the methods client_secret_basic and client_secret_post"
            ));
        }
        if let Some(ClientSecret::Sha256(digest)) = &client.secret
            && (digest.len() != 64 || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()))
        {
            return refuse(format!("{name}: `secret.sha256` is 64 hexadecimal digits"));
        }
    }
    Ok(())
}

fn refuse(what: String) -> Result<(), ConfigError> {
    Err(ConfigError::Value(what))
}
