//! The desktop app, as far as the protocol sees it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

use super::{Answer, Browser, Key, World, browser::code_in, world::serde_form};

const REDIRECT: &str = "com.unifiedlogin.workspace:/signed-in";
pub const VERIFIER: &str = "a verifier of more than forty-three characters 0123456789";

pub struct Desktop<'a> {
    pub world: &'a World,
    pub key: Key,
    pub client: &'a str,
    pub redirect: &'a str,
}

#[derive(Clone, Debug)]
pub struct Tokens {
    pub access: String,
    pub refresh: String,
    pub id: Option<String>,
}

impl Tokens {
    pub fn of(answer: &Answer) -> Self {
        let said = answer.json();
        let text = |name: &str| said[name].as_str().map(str::to_owned);
        Self {
            access: text("access_token").unwrap_or_else(|| panic!("{said}")),
            refresh: text("refresh_token").unwrap_or_else(|| panic!("{said}")),
            id: text("id_token"),
        }
    }
}

impl<'a> Desktop<'a> {
    pub fn new(world: &'a World) -> Self {
        Self {
            world,
            key: Key::new(),
            client: "workspace-desktop",
            redirect: REDIRECT,
        }
    }

    pub fn challenge() -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
    }

    /// The parameters of its authorization request.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        vec![
            ("client_id", self.client.to_owned()),
            ("redirect_uri", self.redirect.to_owned()),
            ("response_type", "code".to_owned()),
            ("scope", "openid profile email offline_access".to_owned()),
            ("state", "the-state".to_owned()),
            ("nonce", "the-nonce".to_owned()),
            ("code_challenge", Self::challenge()),
            ("code_challenge_method", "S256".to_owned()),
            ("device_name", "Mira's laptop".to_owned()),
            ("device_platform", "Linux".to_owned()),
            ("app_version", "1.2.3".to_owned()),
        ]
    }

    pub fn authorize_path(&self) -> String {
        path_with(&self.parameters())
    }

    /// Pushes its request and gives the path that the browser opens.
    pub async fn push(&self) -> String {
        let answer = self.push_with(&self.key.proof("POST", "/oauth/par")).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        let said = answer.json();
        assert!(said["expires_in"].as_u64().unwrap() > 0);
        let request_uri = said["request_uri"].as_str().unwrap().to_owned();
        path_with(&[
            ("client_id", self.client.to_owned()),
            ("request_uri", request_uri),
        ])
    }

    pub async fn push_with(&self, proof: &str) -> Answer {
        let parameters = self.parameters();
        let form: Vec<(&str, &str)> = borrowed(&parameters);
        self.world
            .post("/oauth/par", &form, &[("dpop", proof)])
            .await
    }

    /// The address that the browser hands the app after a sign-in.
    pub async fn callback(&self, browser: &Browser<'_>, email: &str) -> Url {
        browser.authorize(&self.authorize_path(), email).await
    }

    pub fn code_form<'b>(&'b self, code: &'b str) -> Vec<(&'b str, &'b str)> {
        vec![
            ("grant_type", "authorization_code"),
            ("client_id", self.client),
            ("code", code),
            ("redirect_uri", self.redirect),
            ("code_verifier", VERIFIER),
        ]
    }

    pub async fn exchange(&self, code: &str) -> Answer {
        self.token(&self.code_form(code)).await
    }

    /// A token request with a fresh proof.
    pub async fn token(&self, form: &[(&str, &str)]) -> Answer {
        let proof = self.key.proof("POST", "/oauth/token");
        self.world
            .post("/oauth/token", form, &[("dpop", &proof)])
            .await
    }

    /// Signs in from start to end.
    pub async fn sign_in(&self, email: &str) -> Tokens {
        let browser = Browser::new(self.world);
        let callback = self.callback(&browser, email).await;
        let answer = self.exchange(&code_in(&callback)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        Tokens::of(&answer)
    }

    pub async fn refresh(&self, refresh_token: &str) -> Answer {
        self.refresh_made_at(refresh_token, Timestamp::now()).await
    }

    /// A renewal whose proof was made at that time.
    pub async fn refresh_made_at(&self, refresh_token: &str, made_at: Timestamp) -> Answer {
        let mut claims = Key::claims("POST", "/oauth/token");
        claims["iat"] = made_at.as_second().into();
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", self.client),
            ("refresh_token", refresh_token),
        ];
        let proof = self.key.sign(&claims);
        self.world
            .post("/oauth/token", &form, &[("dpop", &proof)])
            .await
    }

    pub async fn revoke(&self, token: &str) -> Answer {
        let form = [("client_id", self.client), ("token", token)];
        self.world.post("/oauth/revoke", &form, &[]).await
    }

    /// Asks who the person is.
    pub async fn userinfo(&self, access_token: &str) -> Answer {
        let proof = self.key.proof_with("GET", "/oauth/userinfo", access_token);
        let authorization = format!("DPoP {access_token}");
        let extra = [("authorization", authorization.as_str()), ("dpop", &proof)];
        self.world.get("/oauth/userinfo", &extra).await
    }
}

pub fn borrowed<'b>(parameters: &'b [(&'static str, String)]) -> Vec<(&'b str, &'b str)> {
    let pairs = parameters
        .iter()
        .map(|(name, value)| (*name, value.as_str()));
    pairs.collect()
}

pub fn path_with(parameters: &[(&'static str, String)]) -> String {
    format!("/oauth/authorize?{}", serde_form(&borrowed(parameters)))
}

/// The payload of a JWT, unverified.
pub fn payload(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}
