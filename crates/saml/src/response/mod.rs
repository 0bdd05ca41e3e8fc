//! Decides on a response (SAML V2.0 Profiles §4.1.4).
//!
//! Threat model: the response is a stranger's. Whoever holds the browser may have written it, or
//! changed an honest one: taken a signed assertion and put another beside, around or inside it
//! (XSW1–XSW8), split a name with a comment, signed with a key of their own, or sent one that was
//! meant for another service, another sign-in or another day.
//!
//! The argument: `form` leaves no room for a second assertion, a second owner of an id or a
//! signature elsewhere. `signature` yields the bytes that a signature by one of the connection's
//! keys covers. These are parsed anew, and the person is read from them alone. An encrypted
//! assertion is taken out of the signed response, or must be signed itself once it is open. What
//! is left is for the caller: an assertion is used once ([`SignIn::once`] says which, and how
//! long that must be remembered).

mod assertion;
pub(crate) mod encrypted;
pub(crate) mod form;
pub(crate) mod refused;
mod signature;

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use uppsala::{Document, NodeId};

pub use self::{
    assertion::{NameId, SKEW},
    refused::Refused,
};
use self::{form::Assertion, signature::Covered};
use crate::{
    attributes::{Person, Unmapped},
    connection::Connection,
    key::ServiceKey,
    request::RequestId,
    xml::{self, ASSERTION},
};

pub(crate) use self::assertion::attributes;

/// The largest response that is read.
pub const LARGEST: usize = 256 * 1024;

/// An accepted response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// Which assertion it was: to be used once.
    pub once: Once,
    /// Who signed in, by the connection's mapping.
    pub person: Person,
    /// The provider's own name for the person; needed to find them at a single logout.
    pub name_id: NameId,
    /// The provider's name for its session; needed at a single logout.
    pub session_index: Option<String>,
    /// When the provider wants the session to end.
    pub session_until: Option<Timestamp>,
    /// When the person authenticated there; what a fresh sign-in is known by.
    pub authenticated_at: Option<Timestamp>,
    /// How the person authenticated there, as a URN.
    pub context: Option<String>,
    /// How it was protected.
    pub protection: Protection,
}

/// An assertion is used once: its id must be new, and is to be remembered until `until`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once {
    /// The assertion's id; unique for one provider (keep it together with the connection).
    pub id: String,
    /// After this the assertion would be refused as expired, so its id may be forgotten.
    pub until: Timestamp,
}

/// How a response was protected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protection {
    /// Whether the response was signed.
    pub response_signed: bool,
    /// Whether the assertion was signed itself.
    pub assertion_signed: bool,
    /// Whether the assertion was encrypted.
    pub encrypted: bool,
    /// Whether SHA-1 had a part: the connection allows it, and its admin should be warned.
    pub sha1: bool,
    /// The fingerprint of the certificate whose key verified what was read.
    pub fingerprint: String,
}

/// Takes the form field `SAMLResponse` out of its base64 (SAML V2.0 Bindings §3.5.4).
pub fn decode(field: &str) -> Result<Vec<u8>, Refused> {
    if field.len() > LARGEST * 3 / 2 {
        return Err(Refused::TooLarge);
    }
    let packed: String = field.split_ascii_whitespace().collect();
    STANDARD.decode(packed).map_err(|_| Refused::Unreadable)
}

/// Checks a response to `request`, and says who signed in.
pub fn check(
    response: &[u8],
    connection: &Connection,
    key: Option<&ServiceKey>,
    request: &RequestId,
    now: Timestamp,
) -> Result<SignIn, Refused> {
    let text = xml::text(response, LARGEST)?;
    let document = xml::parse(text)?;
    let form = form::form(&document)?;
    form::outside(&document, form.response, connection, request)?;
    let whole = form
        .signature
        .map(|own| signature::verify(&document, text, form.response, own, connection))
        .transpose()?;
    let encrypted = matches!(form.assertion, Assertion::Encrypted(_));
    let (own, source) = match form.assertion {
        Assertion::Plain(node, own) => {
            let own = own
                .map(|own| signature::verify(&document, text, node, own, connection))
                .transpose()?;
            let source = own.as_ref().or(whole.as_ref());
            let source = source.ok_or(Refused::Unsigned)?.text.clone();
            (own, source)
        }
        Assertion::Encrypted(_) => match &whole {
            Some(whole) => opened(&whole.text, true, connection, key)?,
            // Nothing vouches for the ciphertext yet, so no answer may tell what came out of it:
            // that would let a stranger decrypt with the service's help (Jager and Somorovsky,
            // "How to break XML encryption").
            None => opened(text, false, connection, key).map_err(|refused| match refused {
                Refused::NoKey | Refused::Algorithm(_) => refused,
                _ => Refused::Undecryptable,
            })?,
        },
    };
    let document = xml::parse(&source)?;
    let said = assertion::read(&document, root(&document)?, connection, request, now)?;
    let person = connection
        .mapping
        .read(&said.attributes, &said.name_id.value)?;
    let fingerprint = own.as_ref().or(whole.as_ref()).ok_or(Refused::Unsigned)?;
    Ok(SignIn {
        once: Once {
            id: said.id,
            until: said.usable_until,
        },
        person,
        name_id: said.name_id,
        session_index: said.session_index,
        session_until: said.session_until,
        authenticated_at: said.authenticated_at,
        context: said.context,
        protection: Protection {
            response_signed: whole.is_some(),
            assertion_signed: own.is_some(),
            encrypted,
            sha1: whole.iter().chain(&own).any(|covered| covered.sha1),
            fingerprint: fingerprint.fingerprint.clone(),
        },
    })
}

/// Decrypts the assertion in a response, and yields the text that is read.
///
/// If the response vouches for what is encrypted in it, the assertion needs no signature of its
/// own; one that it has must be right.
fn opened(
    response: &str,
    vouched: bool,
    connection: &Connection,
    key: Option<&ServiceKey>,
) -> Result<(Option<Covered>, String), Refused> {
    let key = key.ok_or(Refused::NoKey)?;
    let document = xml::parse(response)?;
    let Assertion::Encrypted(node) = form::form(&document)?.assertion else {
        return Err(Refused::Assertions(0));
    };
    let text = encrypted::open(&document, node, key)?;
    let document = xml::parse(&text)?;
    let (node, own) = form::decrypted(&document)?;
    match own {
        Some(own) => {
            let covered = signature::verify(&document, &text, node, own, connection)?;
            let source = covered.text.clone();
            Ok((Some(covered), source))
        }
        None if vouched => Ok((None, text)),
        None => Err(Refused::Unsigned),
    }
}

/// The assertion in a document of verified bytes: its root, or in the response that is its root.
fn root(document: &Document<'_>) -> Result<NodeId, Refused> {
    let root = document.document_element().ok_or(Refused::Unreadable)?;
    if xml::is(document, root, ASSERTION, "Assertion") {
        return Ok(root);
    }
    match form::form(document)?.assertion {
        Assertion::Plain(node, _) => Ok(node),
        Assertion::Encrypted(_) => Err(Refused::Assertions(0)),
    }
}

impl From<Unmapped> for Refused {
    fn from(unmapped: Unmapped) -> Self {
        match unmapped {
            Unmapped::NoEmail => Self::NoEmail,
            Unmapped::EmailNotVerified => Self::EmailNotVerified,
            Unmapped::Ambiguous(what) => Self::Ambiguous(what),
        }
    }
}
