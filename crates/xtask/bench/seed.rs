//! A service with sessions in it, made as people make them: through its own sign-in page.

use std::net::{Ipv4Addr, SocketAddr};

use reqwest::{
    Client, Response, Url,
    header::{COOKIE, LOCATION, ORIGIN, SET_COOKIE},
};
use serde::Deserialize;
use stage::{ANA, Service, ServiceOptions, client};

use crate::{answer::Tokens, usage};

/// How many sessions renew at once: enough that a server is never without a request, also while
/// one commit waits for the disk.
const SESSIONS: usize = 128;
const REDIRECT: &str = "http://127.0.0.1/signed-in";
/// HTTP Basic of the client `bench` and its secret, which both providers know.
pub const AUTHORIZATION_OF_BENCH: &str =
    "Basic YmVuY2g6YmVuY2gtc2VjcmV0LTAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVm";
// PKCE, RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// What one address may do in a minute, out of the way.
const CONFIG: &str = r#"
[limits]
attempts_per_address_per_minute = 100000

[log]
filter = "warn"

[[clients]]
id = "bench"
name = "Benchmark"
redirect_uris = ["http://127.0.0.1/signed-in"]
session_kind = "desktop"
token_endpoint_auth_method = "client_secret_basic"
secret = { plain = "bench-secret-0123456789abcdef0123456789abcdef" }
introspection = true
"#;

/// A running service and its sessions.
pub struct Seeded {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its process.
    pub id: u32,
    /// One refresh token for each session.
    pub refresh_tokens: Vec<String>,
    /// One access token for each session.
    pub access_tokens: Vec<String>,
    /// Stops with the value.
    service: Service,
}

/// Starts the service and signs in.
pub async fn service() -> Seeded {
    println!("== The service: {SESSIONS} people sign in");
    let service = start().await;
    let http = client();
    let mut seeded = Seeded {
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, service.port())),
        id: usage::child("unified-login"),
        refresh_tokens: Vec::new(),
        access_tokens: Vec::new(),
        service,
    };
    let issuer = seeded.service.issuer().to_owned();
    for _ in 0..SESSIONS {
        let tokens = session(&http, &issuer).await;
        seeded.refresh_tokens.push(tokens.refresh_token);
        seeded.access_tokens.push(tokens.access_token);
    }
    seeded
}

/// A service whose limits do not count the benchmark's own sign-ins.
pub async fn start() -> Service {
    Service::with(ServiceOptions {
        config: CONFIG.to_owned(),
        ..ServiceOptions::default()
    })
    .await
}

async fn session(http: &Client, issuer: &str) -> Tokens {
    let mut authorize = Url::parse(&format!("{issuer}/oauth/authorize")).expect("an address");
    authorize
        .query_pairs_mut()
        .append_pair("client_id", "bench")
        .append_pair("redirect_uri", REDIRECT)
        .append_pair("response_type", "code")
        .append_pair("scope", "openid offline_access")
        .append_pair("prompt", "consent")
        .append_pair("state", "state-of-the-benchmark")
        .append_pair("nonce", "nonce-of-the-benchmark")
        .append_pair("code_challenge", CHALLENGE)
        .append_pair("code_challenge_method", "S256");
    let answer = sign_in(http, issuer, authorize).await;
    let code = query(&location(&answer), "code");
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    let answer = http
        .post(format!("{issuer}/oauth/token"))
        .header("authorization", AUTHORIZATION_OF_BENCH)
        .form(&form)
        .send()
        .await
        .expect("an answer");
    read(answer).await
}

/// Follows an authorization request to the sign-in page and signs in; gives what comes then.
pub async fn sign_in(http: &Client, issuer: &str, authorize: Url) -> Response {
    let asked = http.get(authorize).send().await.expect("an answer");
    let cookie = cookies(&asked);
    let page = location(&asked);
    let attempt = query(&page, "attempt");
    let form = [
        ("attempt", attempt.as_str()),
        ("email", ANA.email),
        ("password", ANA.password),
    ];
    http.post(format!("{issuer}/sign-in"))
        .header(COOKIE, cookie)
        .header(ORIGIN, issuer)
        .header("sec-fetch-site", "same-origin")
        .form(&form)
        .send()
        .await
        .expect("an answer")
}

/// The cookies that an answer sets.
pub fn cookies(answer: &Response) -> String {
    let pairs: Vec<&str> = answer
        .headers()
        .get_all(SET_COOKIE)
        .iter()
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .collect();
    pairs.join("; ")
}

fn location(answer: &Response) -> Url {
    let to = answer
        .headers()
        .get(LOCATION)
        .unwrap_or_else(|| panic!("{} leads nowhere: {}", answer.url(), answer.status()));
    answer
        .url()
        .join(to.to_str().expect("an address"))
        .expect("an address")
}

fn query(url: &Url, name: &str) -> String {
    url.query_pairs().find(|(key, _)| key == name).map_or_else(
        || panic!("no {name} in {url}"),
        |(_, value)| value.into_owned(),
    )
}

async fn read<T: for<'a> Deserialize<'a>>(answer: Response) -> T {
    let status = answer.status().as_u16();
    let body = answer.bytes().await.expect("a whole answer");
    crate::answer::read(status, &body)
}

/// Signs in at an app's own address and gives the link that the last page opens the app with.
pub async fn deep_link(http: &Client, issuer: &str, authorize: Url) -> String {
    let answer = sign_in(http, issuer, authorize).await;
    let page = http
        .get(location(&answer))
        .header(COOKIE, cookies(&answer))
        .send()
        .await
        .expect("the last page")
        .text()
        .await
        .expect("the whole last page");
    let (_, rest) = page
        .split_once("href=\"com.unifiedlogin.")
        .unwrap_or_else(|| panic!("no link on the last page:\n{page}"));
    let (link, _) = rest.split_once('"').expect("a whole link");
    let link = link.replace("&#38;", "&").replace("&amp;", "&");
    format!("com.unifiedlogin.{link}")
}
