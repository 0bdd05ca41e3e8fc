//! The OAuth client (RFC 6749, RFC 7009), with proofs of possession (RFC 9449) where there is a
//! key. Sorts what a token endpoint says into what it means for a session.

use std::{
    pin::Pin,
    sync::{Arc, Mutex},
};

use openidconnect::{
    AdditionalClaims, Client, ClientId, EmptyExtraTokenFields, EndpointNotSet, EndpointSet,
    IdTokenFields, IssuerUrl, RequestTokenError, StandardErrorResponse, StandardTokenResponse,
    TokenUrl,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
        CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse,
        CoreTokenType,
    },
};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::Url;

use super::{
    discovery::Metadata,
    http::{Answer, HttpClient, HttpError, Request, expect_json},
};
use crate::dpop::{ProofError, ProofKey, Proven};

/// Claims beside the standard ones. Other issuers may use these names for other things, so that
/// any JSON is taken and only text is read.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct OwnClaims {
    /// The organization's name.
    pub org: Option<serde_json::Value>,
    /// The role.
    pub role: Option<serde_json::Value>,
    /// The session (OpenID Connect Front-Channel Logout §3).
    pub sid: Option<serde_json::Value>,
}

impl AdditionalClaims for OwnClaims {}

type IdFields = IdTokenFields<
    OwnClaims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
/// What a token endpoint gives.
pub type Tokens = StandardTokenResponse<IdFields, CoreTokenType>;
type Refusal = StandardErrorResponse<CoreErrorResponseType>;
/// The client, once it knows where to go.
pub type OauthClient = Client<
    OwnClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    Refusal,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
    EndpointNotSet,
>;

/// The public client `client_id` at this issuer.
pub fn client(metadata: &Metadata, client_id: &str) -> Result<OauthClient, HttpError> {
    let issuer = IssuerUrl::new(metadata.issuer.clone())
        .map_err(|error| HttpError::Invalid(error.to_string()))?;
    let authorize = openidconnect::AuthUrl::from_url(metadata.authorization_endpoint.clone());
    let token = TokenUrl::from_url(metadata.token_endpoint.clone());
    Ok(Client::new(
        ClientId::new(client_id.to_owned()),
        issuer,
        CoreJsonWebKeySet::default(),
    )
    .set_auth_uri(authorize)
    .set_token_uri(token))
}

/// No tokens came.
#[derive(Debug, Error)]
pub enum TokenFailure {
    /// The grant is over: `invalid_grant` (RFC 6749 §5.2), and why, where the issuer says so.
    #[error("the grant is no longer valid")]
    InvalidGrant(Option<::session::EndReason>),
    /// The issuer refused for another reason, which says nothing of the grant.
    #[error("the issuer refused: {0}")]
    Refused(String),
    /// Nothing usable came.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The answer has no tokens in it.
    #[error("the answer has no tokens in it")]
    Rubbish,
    /// The proof could not be made.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

impl From<RequestTokenError<TokenFailure, Refusal>> for TokenFailure {
    fn from(error: RequestTokenError<TokenFailure, Refusal>) -> Self {
        match error {
            RequestTokenError::ServerResponse(refusal) => match refusal.error() {
                CoreErrorResponseType::InvalidGrant => Self::InvalidGrant(None),
                other => Self::Refused(other.to_string()),
            },
            RequestTokenError::Request(failure) => failure,
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Self::Rubbish,
        }
    }
}

type Sending = Pin<Box<dyn Future<Output = Result<Answer, TokenFailure>> + Send>>;

/// Makes requests of one session, proven with its key where it has one.
pub struct Prover {
    key: Option<ProofKey>,
    nonce: Mutex<Option<String>>,
}

impl Prover {
    /// `key`: the session's; `None`: requests carry no proof.
    pub fn new(key: Option<ProofKey>) -> Self {
        Self {
            key,
            nonce: Mutex::default(),
        }
    }

    /// The same as [`Self::token_request`], as the OpenID library wants it.
    pub fn sender(
        self: &Arc<Self>,
        http: &HttpClient,
    ) -> impl Fn(Request) -> Sending + Send + Sync + use<> {
        let (this, http) = (Arc::clone(self), http.clone());
        move |request| {
            let (this, http) = (Arc::clone(&this), http.clone());
            Box::pin(async move { this.token_request(&http, request).await })
        }
    }

    /// Posts to a token endpoint. Only a JSON answer of the endpoint itself is taken for one.
    pub async fn token_request(
        &self,
        http: &HttpClient,
        request: Request,
    ) -> Result<Answer, TokenFailure> {
        let answer = expect_json(http.send(self.prove(http, &request, None)?).await?)?;
        let answer = if self.learn_nonce(&answer) && error_of(&answer) == "use_dpop_nonce" {
            expect_json(http.send(self.prove(http, &request, None)?).await?)?
        } else {
            answer
        };
        self.learn_nonce(&answer);
        match reason_of(&answer) {
            Some(reason) => Err(TokenFailure::InvalidGrant(Some(reason))),
            None => Ok(answer),
        }
    }

    /// The request with its proof, and its access token where one is given (RFC 9449 §7.1).
    pub fn prove(
        &self,
        http: &HttpClient,
        request: &Request,
        access_token: Option<&SecretString>,
    ) -> Result<Request, TokenFailure> {
        let mut request = request.clone();
        let Some(key) = &self.key else {
            return Ok(request);
        };
        let url = Url::parse(&request.uri().to_string())
            .map_err(|error| HttpError::Invalid(error.to_string()))?;
        let nonce = self.nonce.lock().ok().and_then(|nonce| nonce.clone());
        let proof = key.proof(&Proven {
            method: request.method(),
            url: &url,
            access_token,
            nonce: nonce.as_deref(),
            now: http.clock.now(),
        })?;
        let proof = http::HeaderValue::from_str(&proof)
            .map_err(|error| HttpError::Invalid(error.to_string()))?;
        request.headers_mut().insert("DPoP", proof);
        Ok(request)
    }

    /// Whether there is a key.
    pub fn has_key(&self) -> bool {
        self.key.is_some()
    }

    /// Keeps the server's nonce (RFC 9449 §8); whether it gave a new one.
    pub fn learn_nonce<B>(&self, answer: &http::Response<B>) -> bool {
        let given = answer.headers().get("DPoP-Nonce");
        self.learn_nonce_header(given)
    }

    /// The same, for an answer of another type.
    pub fn learn_nonce_header(&self, given: Option<&http::HeaderValue>) -> bool {
        let Some(given) = given.and_then(|value| value.to_str().ok()) else {
            return false;
        };
        let Ok(mut nonce) = self.nonce.lock() else {
            return false;
        };
        let new = nonce.as_deref() != Some(given);
        *nonce = Some(given.to_owned());
        new
    }
}

#[derive(Default, Deserialize)]
struct ErrorBody {
    #[serde(default)]
    error: String,
    session_end_reason: Option<::session::EndReason>,
    code: Option<String>,
}

/// Our service's code for a spent refresh token (`docs/errors.md`).
const SPENT: &str = "UL-1121";

fn error_body(answer: &Answer) -> ErrorBody {
    if answer.status().is_success() {
        return ErrorBody::default();
    }
    serde_json::from_slice(answer.body()).unwrap_or_default()
}

fn error_of(answer: &Answer) -> String {
    error_body(answer).error
}

/// Why the session ended, where the issuer says so beside `invalid_grant`.
fn reason_of(answer: &Answer) -> Option<::session::EndReason> {
    let body = error_body(answer);
    if body.error != "invalid_grant" {
        return None;
    }
    let spent = body.code.as_deref() == Some(SPENT);
    body.session_end_reason
        .or_else(|| spent.then_some(::session::EndReason::TokenReplayed))
}
