//! Requests to the issuer: no redirects, little patience, bounded answers, encrypted unless to
//! this very computer.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::redirect;
use thiserror::Error;
use url::Url;

use super::{
    address::{is_localhost, may_be_spoken_to},
    clock::ServerClock,
    resolver::Resolver,
};

/// The most that is read of an answer.
pub const LARGEST_ANSWER: usize = 1024 * 1024;

const CONNECT: Duration = Duration::from_secs(10);
const ANSWER: Duration = Duration::from_secs(20);
/// Shorter than the sleep of a laptop: a connection from before it is not used after it.
const IDLE: Duration = Duration::from_secs(20);

/// A request, as OpenID libraries make it.
pub type Request = http::Request<Vec<u8>>;
/// An answer, whole.
pub type Answer = http::Response<Vec<u8>>;

/// No usable answer came.
#[derive(Debug, Error)]
pub enum HttpError {
    /// The address is not encrypted and not this computer's.
    #[error("{0} may not be spoken to without encryption")]
    NotSecure(Url),
    /// The request cannot be made.
    #[error("the request is not valid: {0}")]
    Invalid(String),
    /// No connection, or it broke.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// It took too long.
    #[error("no answer in time")]
    TooSlow,
    /// The answer is larger than anything that is expected.
    #[error("the answer is larger than {LARGEST_ANSWER} bytes")]
    TooLarge,
    /// The server has a problem of its own (5xx), or too many requests (429).
    #[error("the server answered {0}")]
    Status(http::StatusCode),
    /// The answer is not JSON where it must be.
    #[error("the answer is not JSON")]
    NotJson,
}

/// Speaks to one issuer and measures its clock; cheap to clone.
#[derive(Clone)]
pub struct HttpClient {
    outside: reqwest::Client,
    here: reqwest::Client,
    /// The clock of whoever answers.
    pub clock: ServerClock,
}

impl HttpClient {
    /// A client with the platform's TLS roots and proxy settings.
    pub fn new() -> Result<Self, HttpError> {
        Ok(Self {
            outside: build(client())?,
            // No proxy can reach this computer's loopback.
            here: build(client().no_proxy())?,
            clock: ServerClock::default(),
        })
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&self, request: Request) -> Result<Answer, HttpError> {
        tokio::time::timeout(ANSWER, async {
            let response = self.open(request).await?;
            read(response).await
        })
        .await
        .map_err(|_| HttpError::TooSlow)?
    }

    /// Sends a request and hands over the answer as soon as its head is there.
    pub async fn open(&self, request: Request) -> Result<reqwest::Response, HttpError> {
        let request = reqwest::Request::try_from(request)
            .map_err(|error| HttpError::Invalid(error.to_string()))?;
        let url = request.url().clone();
        if !may_be_spoken_to(&url) {
            return Err(HttpError::NotSecure(url));
        }
        let client = match url.host() {
            Some(url::Host::Domain(name)) if !is_localhost(name) => &self.outside,
            Some(url::Host::Ipv4(address)) if !address.is_loopback() => &self.outside,
            Some(url::Host::Ipv6(address)) if !address.is_loopback() => &self.outside,
            _ => &self.here,
        };
        let asked = Timestamp::now();
        let response = tokio::time::timeout(ANSWER, client.execute(request))
            .await
            .map_err(|_| HttpError::TooSlow)?
            .map_err(|error| failed(&error))?;
        let date = response.headers().get(http::header::DATE);
        if let Some(date) = date.and_then(|date| date.to_str().ok()) {
            self.clock.measure(date, asked, Timestamp::now());
        }
        Ok(response)
    }
}

/// Reads the rest of an answer that was opened.
pub async fn whole(response: reqwest::Response) -> Result<Answer, HttpError> {
    tokio::time::timeout(ANSWER, read(response))
        .await
        .map_err(|_| HttpError::TooSlow)?
}

async fn read(mut response: reqwest::Response) -> Result<Answer, HttpError> {
    let mut answer = http::Response::builder().status(response.status());
    if let Some(headers) = answer.headers_mut() {
        *headers = response.headers().clone();
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(HttpError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    answer
        .body(body)
        .map_err(|error| HttpError::Invalid(error.to_string()))
}

/// Whether the answer says that it is JSON.
pub fn is_json<B>(answer: &http::Response<B>) -> bool {
    answer
        .headers()
        .get(http::header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .map(|kind| kind.trim().to_ascii_lowercase())
        .is_some_and(|kind| kind == "application/json" || kind.ends_with("+json"))
}

/// Takes an answer as the JSON of an OAuth endpoint: a server's own trouble and anything that is
/// not JSON say nothing about a grant.
pub fn expect_json(answer: Answer) -> Result<Answer, HttpError> {
    let status = answer.status();
    if status.is_server_error() || status == http::StatusCode::TOO_MANY_REQUESTS {
        Err(HttpError::Status(status))
    } else if is_json(&answer) {
        Ok(answer)
    } else {
        Err(HttpError::NotJson)
    }
}

fn client() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT)
        .pool_idle_timeout(IDLE)
        .dns_resolver(Resolver)
        .user_agent(concat!("Workspace/", env!("CARGO_PKG_VERSION")))
}

fn build(builder: reqwest::ClientBuilder) -> Result<reqwest::Client, HttpError> {
    builder
        .build()
        .map_err(|error| HttpError::Invalid(innermost(&error)))
}

fn failed(error: &reqwest::Error) -> HttpError {
    if error.is_timeout() {
        HttpError::TooSlow
    } else {
        HttpError::Unreachable(innermost(error))
    }
}

/// The cause at the bottom: reqwest's own words name the address, whose query may hold secrets.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    if std::ptr::eq(cause, error) {
        "the request failed".to_owned()
    } else {
        cause.to_string()
    }
}
