//! An authorization request that passed its checks.

use serde::{Deserialize, Serialize};
use session::{Kind, UserId};
use url::Url;

use super::{Client, ProtocolError, id_token, parameters::Parameters, scope::Scopes};
use crate::state::Service;

/// What the `prompt` parameter asks for (OpenID Connect Core §3.1.2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prompt {
    /// Whatever is needed.
    #[default]
    AsNeeded,
    /// Nothing may be shown.
    Nothing,
    /// A new sign-in, even where there is a session (`login`, `select_account`).
    SignIn,
}

/// An authorization request (RFC 6749 §4.1.1 with RFC 7636, OpenID Connect Core §3.1.2.1).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    /// Who asks.
    pub client_id: String,
    /// Where the answer goes, as it was written.
    pub redirect_uri: String,
    /// What is asked for.
    pub scopes: Scopes,
    /// Handed back unread.
    pub state: Option<String>,
    /// Put in the ID token unread.
    pub nonce: Option<String>,
    /// The S256 challenge (RFC 7636 §4.3).
    pub code_challenge: Option<String>,
    /// How much may be shown.
    pub prompt: Prompt,
    /// How many seconds ago the person may have signed in, at most.
    pub max_age: Option<i64>,
    /// Who must be signed in for an answer without asking (`id_token_hint`).
    pub expected: Option<UserId>,
    /// Who is probably signing in.
    pub login_hint: Option<String>,
    /// The key that the code is bound to (RFC 9449 §10).
    pub dpop_jkt: Option<String>,
    /// The desktop app's device.
    pub device_name: Option<String>,
    /// The desktop app's operating system.
    pub device_platform: Option<String>,
    /// The desktop app's version.
    pub app_version: Option<String>,
}

impl Request {
    /// Reads the parameters of a request whose client and redirect address are already found
    /// good, so that every error here may be told to the client.
    pub fn read(
        app: &Service,
        client: &Client,
        redirect_uri: String,
        parameters: &Parameters,
    ) -> Result<Self, ProtocolError> {
        if parameters.get("request").is_some() {
            return Err(ProtocolError::RequestObject);
        }
        match parameters.get("response_type") {
            Some("code") => {}
            Some(_) => return Err(ProtocolError::UnsupportedResponseType),
            None => return Err(ProtocolError::Missing("response_type")),
        }
        if parameters
            .get("response_mode")
            .is_some_and(|mode| mode != "query")
        {
            return Err(ProtocolError::UnsupportedResponseMode);
        }
        let scopes = parameters.get("scope").unwrap_or_default();
        let mut scopes = Scopes::parse(scopes)?;
        // OpenID Connect Core §11: only where a refresh token can be; a browser session has none.
        if client.config.session_kind == Kind::Browser {
            scopes = Scopes(scopes.0 & !Scopes::OFFLINE_ACCESS);
        }
        let max_age = match parameters.get("max_age").map(str::parse::<i64>) {
            None => None,
            Some(Ok(seconds)) if seconds >= 0 => Some(seconds),
            Some(_) => return Err(ProtocolError::Malformed("max_age")),
        };
        let own = |name| parameters.get(name).map(str::to_owned);
        Ok(Self {
            client_id: client.config.id.clone(),
            redirect_uri,
            scopes,
            state: own("state"),
            nonce: own("nonce"),
            code_challenge: challenge(client, parameters)?,
            prompt: prompt(parameters.get("prompt"))?,
            max_age,
            expected: expected(app, parameters.get("id_token_hint"))?,
            login_hint: own("login_hint"),
            dpop_jkt: thumbprint(parameters.get("dpop_jkt"))?,
            device_name: parameters.words("device_name"),
            device_platform: parameters.words("device_platform"),
            app_version: parameters.words("app_version"),
        })
    }

    /// Just enough of a request that failed its checks to tell its client so.
    pub fn only_to_answer(client: &Client, redirect_uri: &str, parameters: &Parameters) -> Self {
        Self {
            client_id: client.config.id.clone(),
            redirect_uri: redirect_uri.to_owned(),
            scopes: Scopes(0),
            state: parameters.get("state").map(str::to_owned),
            nonce: None,
            code_challenge: None,
            prompt: Prompt::AsNeeded,
            max_age: None,
            expected: None,
            login_hint: None,
            dpop_jkt: None,
            device_name: None,
            device_platform: None,
            app_version: None,
        }
    }

    /// The redirect address, to add an answer to.
    pub fn redirect(&self) -> Result<Url, ProtocolError> {
        Url::parse(&self.redirect_uri).map_err(|_| ProtocolError::Malformed("redirect_uri"))
    }
}

/// S256 for everyone who has no secret (RFC 9700 §2.1.1); `plain` for nobody.
fn challenge(client: &Client, parameters: &Parameters) -> Result<Option<String>, ProtocolError> {
    let method = parameters.get("code_challenge_method");
    let Some(challenge) = parameters.get("code_challenge") else {
        return if client.is_public() || method.is_some() {
            Err(ProtocolError::ChallengeMissing)
        } else {
            Ok(None)
        };
    };
    if method != Some("S256") {
        return Err(ProtocolError::ChallengeMethod);
    }
    if is_sha256(challenge) {
        Ok(Some(challenge.to_owned()))
    } else {
        Err(ProtocolError::Malformed("code_challenge"))
    }
}

fn expected(app: &Service, hint: Option<&str>) -> Result<Option<UserId>, ProtocolError> {
    let Some(hint) = hint else { return Ok(None) };
    let hint = id_token::read_hint(app, hint);
    hint.map(|hint| Some(hint.sub))
        .ok_or(ProtocolError::Malformed("id_token_hint"))
}

fn thumbprint(text: Option<&str>) -> Result<Option<String>, ProtocolError> {
    match text {
        Some(text) if !is_sha256(text) => Err(ProtocolError::Malformed("dpop_jkt")),
        text => Ok(text.map(str::to_owned)),
    }
}

fn prompt(text: Option<&str>) -> Result<Prompt, ProtocolError> {
    let Some(text) = text else {
        return Ok(Prompt::AsNeeded);
    };
    let words: Vec<&str> = text.split(' ').collect();
    let known = ["none", "login", "select_account", "consent"];
    if !words.iter().all(|word| known.contains(word)) {
        return Err(ProtocolError::Malformed("prompt"));
    }
    match words.as_slice() {
        ["none"] => Ok(Prompt::Nothing),
        words if words.contains(&"none") => Err(ProtocolError::Malformed("prompt")),
        // All our clients are the organization's own: there is no consent to ask for.
        ["consent"] => Ok(Prompt::AsNeeded),
        _ => Ok(Prompt::SignIn),
    }
}

/// Whether the text is a base64url SHA-256 digest.
fn is_sha256(text: &str) -> bool {
    let url_safe = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    text.len() == 43 && text.bytes().all(url_safe)
}
