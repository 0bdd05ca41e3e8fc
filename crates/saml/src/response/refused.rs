//! Why a response is refused.

use jiff::Timestamp;

use crate::xml::Unusable;

/// Why a response is refused: each is something that the person or an admin can act on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not base64, not XML, or cut off.
    #[error("UL-1630: what the identity provider sent is not a whole SAML response")]
    Unreadable,
    /// Larger, deeper or of more parts than a response is.
    #[error("UL-1631: what the identity provider sent is larger than a SAML response may be")]
    TooLarge,
    /// It has a DTD.
    #[error("UL-1632: the response has a document type declaration (DTD); such are never read")]
    Dtd,
    /// It has a comment or a processing instruction.
    #[error("UL-1633: the response has a comment or a processing instruction in it")]
    Comment,
    /// Two elements have the same id, or one has several.
    #[error("UL-1634: an ID occurs twice in the response")]
    DuplicateId,
    /// The provider did not sign the person in, and says why.
    #[error("UL-1635: the identity provider did not sign the person in: {0}")]
    Declined(String),
    /// There is not exactly one assertion.
    #[error("UL-1636: the response has {0} assertions; there must be one")]
    Assertions(usize),
    /// Nothing that is read is signed.
    #[error(
        "UL-1637: neither the response nor the assertion is signed; let the provider sign at least one"
    )]
    Unsigned,
    /// A signature is not where one belongs, or is not over what it stands in.
    #[error("UL-1638: a signature in the response does not cover the element that it stands in")]
    Misplaced,
    /// A transform that could hide or change what is signed.
    #[error(
        "UL-1639: the signature uses the transform {0:?}; only enveloped signature and exclusive canonicalization are taken"
    )]
    Transform(String),
    /// An algorithm that is not taken.
    #[error("UL-1640: the algorithm {0:?} is not taken; use RSA or ECDSA with SHA-256")]
    Algorithm(String),
    /// SHA-1, where the connection does not allow it.
    #[error(
        "UL-1641: the provider signs with SHA-1, which is broken; let it sign with SHA-256, or allow SHA-1 for this connection"
    )]
    Sha1,
    /// Signed by another key, or changed since.
    #[error(
        "UL-1642: the signature is not of one of the connection's certificates, or the response was changed; renew the provider's metadata if it rotated its key"
    )]
    Signature,
    /// Another provider's.
    #[error("UL-1643: the issuer is {found:?}, and the connection's provider is {expected:?}")]
    Issuer {
        /// The issuer in the response.
        found: String,
        /// The connection's.
        expected: String,
    },
    /// Sent to another address.
    #[error(
        "UL-1644: the response is for the address {0:?}; correct the ACS address at the provider"
    )]
    Destination(String),
    /// No confirmation is for this address.
    #[error("UL-1645: the assertion's recipient is {0:?}; correct the ACS address at the provider")]
    Recipient(String),
    /// It answers another request, or none.
    #[error("UL-1646: the response does not answer this browser's request; start the sign-in here")]
    InResponseTo,
    /// It is for another service.
    #[error(
        "UL-1647: the assertion's audience is {0:?}; correct the entity ID of the service at the provider"
    )]
    Audience(String),
    /// It is over.
    #[error("UL-1648: the assertion was valid until {0}; sign in again, and check the clocks")]
    Expired(Timestamp),
    /// It is not valid yet.
    #[error("UL-1649: the assertion is valid only from {0} on; check the clocks")]
    NotYetValid(Timestamp),
    /// Encrypted, and there is no key here.
    #[error("UL-1650: the assertion is encrypted, and no SAML key is set")]
    NoKey,
    /// Encrypted to another key, damaged, or not signed inside: it is not said which.
    #[error(
        "UL-1651: the encrypted assertion cannot be opened, or what is in it is not signed by the provider; give the provider the service's present metadata"
    )]
    Undecryptable,
    /// Something that must be there is missing, or not as it must be.
    #[error("UL-1652: the response lacks {0}, or has it in a form that is not understood")]
    Incomplete(&'static str),
    /// A condition that is not understood makes an assertion invalid (SAML V2.0 Core §2.5.1.1).
    #[error("UL-1653: the assertion has the condition {0:?}, which is not understood")]
    Condition(String),
    /// No email address came.
    #[error("UL-1654: no email address came; map an attribute to it, or send it as the name ID")]
    NoEmail,
    /// The provider says that the address is not verified.
    #[error("UL-1655: the identity provider says that the email address is not verified")]
    EmailNotVerified,
    /// Two values came for what has one.
    #[error("UL-1656: two different values came for {0}; map it to an attribute with one")]
    Ambiguous(&'static str),
}

impl Refused {
    /// The code in docs/errors.md.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable => "UL-1630",
            Self::TooLarge => "UL-1631",
            Self::Dtd => "UL-1632",
            Self::Comment => "UL-1633",
            Self::DuplicateId => "UL-1634",
            Self::Declined(_) => "UL-1635",
            Self::Assertions(_) => "UL-1636",
            Self::Unsigned => "UL-1637",
            Self::Misplaced => "UL-1638",
            Self::Transform(_) => "UL-1639",
            Self::Algorithm(_) => "UL-1640",
            Self::Sha1 => "UL-1641",
            Self::Signature => "UL-1642",
            Self::Issuer { .. } => "UL-1643",
            Self::Destination(_) => "UL-1644",
            Self::Recipient(_) => "UL-1645",
            Self::InResponseTo => "UL-1646",
            Self::Audience(_) => "UL-1647",
            Self::Expired(_) => "UL-1648",
            Self::NotYetValid(_) => "UL-1649",
            Self::NoKey => "UL-1650",
            Self::Undecryptable => "UL-1651",
            Self::Incomplete(_) => "UL-1652",
            Self::Condition(_) => "UL-1653",
            Self::NoEmail => "UL-1654",
            Self::EmailNotVerified => "UL-1655",
            Self::Ambiguous(_) => "UL-1656",
        }
    }
}

impl From<Unusable> for Refused {
    fn from(unusable: Unusable) -> Self {
        match unusable {
            Unusable::TooLarge => Self::TooLarge,
            Unusable::Dtd => Self::Dtd,
            Unusable::Malformed => Self::Unreadable,
        }
    }
}

/// A stranger's text as it may be shown: short, and without control characters.
pub(crate) fn shown(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .take(200)
        .collect()
}
