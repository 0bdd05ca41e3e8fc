//! Reads an identity provider's metadata (SAML V2.0 Metadata §2.3, §2.4.3).
//!
//! Metadata is believed because an admin gave it, or gave its address: a signature in it is not
//! looked at. It is still a stranger's XML: bounded, without DTD, and of one provider only.

use jiff::Timestamp;
use uppsala::{Document, NodeId};
use url::Url;

use crate::{
    certificate::{Certificate, CertificateError},
    connection::{Provider, is_safe},
    xml::{self, METADATA, SIGNATURE, Unusable, attribute, content, named},
};

/// The largest metadata that is read.
const LARGEST: usize = 256 * 1024;
/// The most certificates of one provider.
const CERTIFICATES: usize = 8;
const REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

/// Why metadata is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MetadataError {
    /// Larger than metadata of one provider is.
    #[error("UL-1601: this is larger than the metadata of one identity provider")]
    TooLarge,
    /// It has a DTD.
    #[error("UL-1602: metadata with a document type declaration (DTD) is not read")]
    Dtd,
    /// A web page came in its place.
    #[error("UL-1603: this is a web page, not metadata; copy the metadata's own address or file")]
    WebPage,
    /// It is no SAML metadata.
    #[error("UL-1604: this is not SAML metadata, or is cut off")]
    NotMetadata,
    /// It tells of several providers.
    #[error("UL-1605: this tells of {0} identity providers; give the metadata of one")]
    Several(usize),
    /// It tells of no identity provider.
    #[error("UL-1606: this tells of no SAML 2.0 identity provider; it may be a service's metadata")]
    NoProvider,
    /// It says that it is over.
    #[error("UL-1607: this metadata was valid until {0}; get it anew")]
    Expired(Timestamp),
    /// It has no address for the redirect binding.
    #[error(
        "UL-1608: the provider names no address for HTTP-Redirect (in JumpCloud: tick \"Declare Redirect Endpoint\")"
    )]
    NoRedirect,
    /// An address in it may not be sent people to.
    #[error("UL-1609: the address {0:?} is not HTTPS")]
    Address(String),
    /// It has no certificate for signatures.
    #[error("UL-1610: there is no certificate for signatures in it")]
    NoCertificate,
    /// A certificate in it cannot be used.
    #[error("UL-1611: a certificate in it cannot be used: {0}")]
    Certificate(#[from] CertificateError),
}

impl MetadataError {
    /// The code in docs/errors.md.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "UL-1601",
            Self::Dtd => "UL-1602",
            Self::WebPage => "UL-1603",
            Self::NotMetadata => "UL-1604",
            Self::Several(_) => "UL-1605",
            Self::NoProvider => "UL-1606",
            Self::Expired(_) => "UL-1607",
            Self::NoRedirect => "UL-1608",
            Self::Address(_) => "UL-1609",
            Self::NoCertificate => "UL-1610",
            Self::Certificate(_) => "UL-1611",
        }
    }
}

impl From<Unusable> for MetadataError {
    fn from(unusable: Unusable) -> Self {
        match unusable {
            Unusable::TooLarge => Self::TooLarge,
            Unusable::Dtd => Self::Dtd,
            Unusable::Malformed => Self::NotMetadata,
        }
    }
}

/// Reads metadata of one identity provider.
pub fn read(metadata: &[u8], now: Timestamp) -> Result<Provider, MetadataError> {
    let text = xml::text(metadata, LARGEST)?;
    let start: String = text.trim_start().chars().take(14).collect();
    if ["<!doctype html", "<html"]
        .iter()
        .any(|page| start.to_ascii_lowercase().starts_with(page))
    {
        return Err(MetadataError::WebPage);
    }
    let document = xml::parse(text)?;
    let (entity, role) = one_provider(&document)?;
    for node in [document.document_element(), Some(entity), Some(role)] {
        let until = node.and_then(|node| attribute(&document, node, "validUntil"));
        if let Some(until) = until {
            let until = until.parse().map_err(|_| MetadataError::NotMetadata)?;
            if until <= now {
                return Err(MetadataError::Expired(until));
            }
        }
    }
    let entity_id = attribute(&document, entity, "entityID")
        .map(str::trim)
        .filter(|id| !id.is_empty() && id.len() <= 1024)
        .ok_or(MetadataError::NotMetadata)?;
    Ok(Provider {
        entity_id: entity_id.to_owned(),
        sso: address(&document, role, "SingleSignOnService")?.ok_or(MetadataError::NoRedirect)?,
        slo: address(&document, role, "SingleLogoutService")?,
        certificates: certificates(&document, role)?,
        wants_signed_requests: attribute(&document, role, "WantAuthnRequestsSigned")
            .is_some_and(|value| matches!(value, "true" | "1")),
    })
}

/// The only entity with the role of an identity provider, and that role.
fn one_provider(document: &Document<'_>) -> Result<(NodeId, NodeId), MetadataError> {
    let root = document
        .document_element()
        .ok_or(MetadataError::NotMetadata)?;
    let is = |node, name| xml::is(document, node, METADATA, name);
    if !is(root, "EntityDescriptor") && !is(root, "EntitiesDescriptor") {
        return Err(MetadataError::NotMetadata);
    }
    let roles: Vec<NodeId> = xml::elements(document)
        .filter(|node| is(*node, "IDPSSODescriptor"))
        .collect();
    let [role] = roles[..] else {
        return Err(match roles.len() {
            0 => MetadataError::NoProvider,
            several => MetadataError::Several(several),
        });
    };
    let entity = document
        .parent(role)
        .filter(|entity| is(*entity, "EntityDescriptor"))
        .ok_or(MetadataError::NotMetadata)?;
    let known = attribute(document, role, "protocolSupportEnumeration")
        .is_some_and(|known| known.split_whitespace().any(|name| name == xml::PROTOCOL));
    known
        .then_some((entity, role))
        .ok_or(MetadataError::NoProvider)
}

/// The address of a service of the provider, by redirect.
fn address(
    document: &Document<'_>,
    role: NodeId,
    service: &str,
) -> Result<Option<Url>, MetadataError> {
    let Some(location) = named(document, role, METADATA, service)
        .filter(|node| attribute(document, *node, "Binding") == Some(REDIRECT))
        .find_map(|node| attribute(document, node, "Location"))
    else {
        return Ok(None);
    };
    Url::parse(location.trim())
        .ok()
        .filter(is_safe)
        .map(Some)
        .ok_or_else(|| MetadataError::Address(location.chars().take(200).collect()))
}

/// The certificates for signatures, each once.
fn certificates(document: &Document<'_>, role: NodeId) -> Result<Vec<Certificate>, MetadataError> {
    let mut found: Vec<Certificate> = Vec::new();
    let keys = named(document, role, METADATA, "KeyDescriptor")
        .filter(|key| matches!(attribute(document, *key, "use"), None | Some("signing")));
    for key in keys {
        let certificates = named(document, key, SIGNATURE, "KeyInfo")
            .flat_map(|info| named(document, info, SIGNATURE, "X509Data"))
            .flat_map(|data| named(document, data, SIGNATURE, "X509Certificate"));
        for node in certificates {
            let text = content(document, node).ok_or(CertificateError::Unreadable)?;
            let certificate = Certificate::read(&text)?;
            if !found.contains(&certificate) {
                found.push(certificate);
            }
        }
    }
    match found.len() {
        0 => Err(MetadataError::NoCertificate),
        many if many > CERTIFICATES => Err(MetadataError::TooLarge),
        _ => Ok(found),
    }
}
