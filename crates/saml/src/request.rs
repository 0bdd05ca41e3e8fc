//! The request for a sign-in: an address that the browser is sent to.
//!
//! An `AuthnRequest` (SAML V2.0 Core §3.4.1) over the redirect binding with DEFLATE (SAML V2.0
//! Bindings §3.4.4). No authentication context is asked for: people who sign in without a password
//! would be refused by some providers.

use std::io::Write;

use base64::{Engine, engine::general_purpose::STANDARD};
use bergshamra_crypto::sign;
use flate2::{Compression, write::DeflateEncoder};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uppsala::XmlWriter;
use url::{Url, form_urlencoded};

use crate::{
    connection::Connection,
    key::ServiceKey,
    xml::{ASSERTION, PROTOCOL},
};

const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
/// The longest relay state (SAML V2.0 Bindings §3.4.3).
const RELAY_STATE: usize = 80;

/// What is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish<'a> {
    /// What the provider is to send back beside its answer, at most 80 bytes.
    pub relay_state: Option<&'a str>,
    /// Whether the person must sign in anew there.
    pub force: bool,
}

/// The id of a request: what its answer must name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(String);

/// A request that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Its id, to be kept until the answer comes.
    pub id: RequestId,
    /// Where the browser goes.
    pub address: Url,
}

/// Why a request cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The provider asks for signed requests and there is no key.
    #[error("UL-1620: the identity provider asks for signed requests, and no SAML key is set")]
    NoKey,
    /// The key did not sign.
    #[error("UL-1621: the SAML key could not sign the request")]
    Signing,
    /// The relay state is longer than 80 bytes.
    #[error("UL-1622: the relay state is longer than the 80 bytes that SAML allows")]
    RelayState,
}

impl RequestError {
    /// The code in docs/errors.md.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoKey => "UL-1620",
            Self::Signing => "UL-1621",
            Self::RelayState => "UL-1622",
        }
    }
}

impl RequestId {
    /// An id out of 20 random bytes (SAML V2.0 Core §1.3.4 asks for 128 bits at least).
    ///
    /// It begins with an underscore: an XML id never begins with a digit, and Entra refuses it.
    pub fn of(random: [u8; 20]) -> Self {
        Self(
            random
                .iter()
                .fold("_".to_owned(), |id, byte| format!("{id}{byte:02x}")),
        )
    }

    /// An id that [`begin`] made and that was kept meanwhile.
    pub fn kept(id: String) -> Self {
        Self(id)
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Makes a request, signed if a key is given.
pub fn begin(
    connection: &Connection,
    key: Option<&ServiceKey>,
    wish: Wish<'_>,
    random: [u8; 20],
    now: Timestamp,
) -> Result<Begun, RequestError> {
    if connection.provider.wants_signed_requests && key.is_none() {
        return Err(RequestError::NoKey);
    }
    if wish
        .relay_state
        .is_some_and(|state| state.len() > RELAY_STATE)
    {
        return Err(RequestError::RelayState);
    }
    let id = RequestId::of(random);
    let request = deflated(&written(connection, &id, wish.force, now));
    // The signature is over the query exactly as it is sent, so it is put together once.
    let mut query = format!("SAMLRequest={}", encoded(&STANDARD.encode(request)));
    if let Some(state) = wish.relay_state {
        query = format!("{query}&RelayState={}", encoded(state));
    }
    if let Some(key) = key {
        query = format!("{query}&SigAlg={}", encoded(RSA_SHA256));
        let signature = sign::from_uri(RSA_SHA256)
            .and_then(|algorithm| algorithm.sign(key.secret(), query.as_bytes()))
            .map_err(|_| RequestError::Signing)?;
        query = format!("{query}&Signature={}", encoded(&STANDARD.encode(signature)));
    }
    let mut address = connection.provider.sso.clone();
    let query = match address.query() {
        Some(own) if !own.is_empty() => format!("{own}&{query}"),
        _ => query,
    };
    address.set_query(Some(&query));
    Ok(Begun { id, address })
}

/// The `AuthnRequest` as XML.
fn written(connection: &Connection, id: &RequestId, force: bool, now: Timestamp) -> String {
    let issued = Timestamp::from_second(now.as_second())
        .unwrap_or(now)
        .to_string();
    let mut attributes = vec![
        ("xmlns:samlp", PROTOCOL),
        ("xmlns:saml", ASSERTION),
        ("ID", id.as_str()),
        ("Version", "2.0"),
        ("IssueInstant", &issued),
        ("Destination", connection.provider.sso.as_str()),
        (
            "ProtocolBinding",
            "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
        ),
        (
            "AssertionConsumerServiceURL",
            connection.service.acs.as_str(),
        ),
    ];
    if force {
        attributes.push(("ForceAuthn", "true"));
    }
    let mut xml = XmlWriter::new();
    xml.start_element("samlp:AuthnRequest", &attributes);
    xml.start_element("saml:Issuer", &[]);
    xml.text(&connection.service.entity_id);
    xml.end_element("saml:Issuer");
    xml.empty_element("samlp:NameIDPolicy", &[("AllowCreate", "true")]);
    xml.end_element("samlp:AuthnRequest");
    xml.into_string()
}

fn deflated(text: &str) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail; if it did, the provider would refuse the request.
    let _ = encoder.write_all(text.as_bytes());
    encoder.finish().unwrap_or_default()
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
