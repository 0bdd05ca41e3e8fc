//! The form of a response, before any signature is looked at.
//!
//! Signature wrapping needs a second assertion, a second element of an id, or a signature that
//! stands elsewhere than in what it signs. None of these gets past this file, signed or not:
//! exactly one assertion in the whole document, every id once, a signature only as a child of the
//! response or of the assertion, at most one of each.

use std::collections::HashSet;

use uppsala::{Document, NodeId, NodeKind};

use super::refused::{Refused, shown};
use crate::{
    connection::Connection,
    request::RequestId,
    xml::{self, ASSERTION, PROTOCOL, SIGNATURE, attribute, content, only},
};

/// The names that id attributes have in SAML, XML Signature, XML Encryption and elsewhere.
const IDS: [&str; 4] = ["ID", "Id", "id", "AssertionID"];
const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";

/// The parts of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// The response.
    pub response: NodeId,
    /// Its own signature.
    pub signature: Option<NodeId>,
    /// Its only assertion, or that in encrypted form.
    pub assertion: Assertion,
}

/// The assertion as it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assertion {
    /// Readable, and its own signature.
    Plain(NodeId, Option<NodeId>),
    /// The `EncryptedAssertion`.
    Encrypted(NodeId),
}

/// Finds the parts of a response, or refuses its form.
pub fn form(document: &Document<'_>) -> Result<Form, Refused> {
    let response = document
        .document_element()
        .filter(|root| xml::is(document, *root, PROTOCOL, "Response"))
        .ok_or(Refused::Incomplete("a Response as its root"))?;
    plain(document)?;
    status(document, response)?;
    let (plain, encrypted) = (
        everywhere(document, "Assertion"),
        everywhere(document, "EncryptedAssertion"),
    );
    let count = plain.len() + encrypted.len();
    let assertion = match (&plain[..], &encrypted[..]) {
        ([one], []) => Assertion::Plain(*one, None),
        ([], [one]) => Assertion::Encrypted(*one),
        _ => return Err(Refused::Assertions(count)),
    };
    let (Assertion::Plain(node, _) | Assertion::Encrypted(node)) = assertion;
    let namespaced = xml::is(document, node, ASSERTION, "Assertion")
        || xml::is(document, node, ASSERTION, "EncryptedAssertion");
    if document.parent(node) != Some(response) || !namespaced {
        return Err(Refused::Assertions(0));
    }
    let owners: Vec<NodeId> = match assertion {
        Assertion::Plain(node, _) => vec![response, node],
        Assertion::Encrypted(_) => vec![response],
    };
    let signatures = signatures(document, &owners)?;
    let of = |owner| {
        signatures
            .iter()
            .copied()
            .find(|signature| document.parent(*signature) == Some(owner))
    };
    Ok(Form {
        response,
        signature: of(response),
        assertion: match assertion {
            Assertion::Plain(node, _) => Assertion::Plain(node, of(node)),
            Assertion::Encrypted(node) => Assertion::Encrypted(node),
        },
    })
}

/// The signature of an assertion that was decrypted and now is a document of its own.
pub fn decrypted(document: &Document<'_>) -> Result<(NodeId, Option<NodeId>), Refused> {
    let assertion = document
        .document_element()
        .filter(|root| xml::is(document, *root, ASSERTION, "Assertion"))
        .ok_or(Refused::Undecryptable)?;
    plain(document)?;
    let inner =
        everywhere(document, "Assertion").len() + everywhere(document, "EncryptedAssertion").len();
    if inner != 1 {
        return Err(Refused::Assertions(inner));
    }
    let signatures = signatures(document, &[assertion])?;
    Ok((assertion, signatures.first().copied()))
}

/// No comment, no processing instruction, every id once and under its plain name.
fn plain(document: &Document<'_>) -> Result<(), Refused> {
    let mut ids = HashSet::new();
    for node in document.descendants(document.root()) {
        match document.node_kind(node) {
            Some(NodeKind::Comment(_) | NodeKind::ProcessingInstruction(_)) => {
                return Err(Refused::Comment);
            }
            Some(NodeKind::Element(element)) => {
                let own: Vec<_> = element
                    .attributes
                    .iter()
                    .filter(|attribute| IDS.contains(&&*attribute.name.local_name))
                    .collect();
                // An `x:ID` beside `ID` could be taken for it: no provider has any use for one.
                let unclear = own.len() > 1 || own.iter().any(|id| id.name.prefix.is_some());
                if unclear || own.iter().any(|id| !ids.insert(id.value.clone())) {
                    return Err(Refused::DuplicateId);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Every element of that name, in whatever namespace.
fn everywhere(document: &Document<'_>, name: &str) -> Vec<NodeId> {
    xml::elements(document)
        .filter(|node| {
            document
                .element(*node)
                .is_some_and(|element| element.name.local_name == name)
        })
        .collect()
}

/// Every signature, each in an owner of its own.
fn signatures(document: &Document<'_>, owners: &[NodeId]) -> Result<Vec<NodeId>, Refused> {
    let found = everywhere(document, "Signature");
    let mut parents = HashSet::new();
    for signature in &found {
        let parent = document.parent(*signature).ok_or(Refused::Misplaced)?;
        let fits = owners.contains(&parent) && parents.insert(parent.index());
        if !fits || !xml::is(document, *signature, SIGNATURE, "Signature") {
            return Err(Refused::Misplaced);
        }
    }
    Ok(found)
}

/// The provider says that it signed the person in (SAML V2.0 Core §3.2.2).
fn status(document: &Document<'_>, response: NodeId) -> Result<(), Refused> {
    let missing = Refused::Incomplete("a status");
    let status = only(document, response, PROTOCOL, "Status").ok_or(missing.clone())?;
    let code = only(document, status, PROTOCOL, "StatusCode").ok_or(missing.clone())?;
    let value = attribute(document, code, "Value").ok_or(missing)?;
    if value == SUCCESS {
        return Ok(());
    }
    let short = |value: &str| value.rsplit(':').next().unwrap_or_default().to_owned();
    let inner = only(document, code, PROTOCOL, "StatusCode")
        .and_then(|inner| attribute(document, inner, "Value"))
        .map(short);
    let message = only(document, status, PROTOCOL, "StatusMessage")
        .and_then(|message| content(document, message));
    let parts: Vec<String> = [Some(short(value)), inner, message]
        .into_iter()
        .flatten()
        .collect();
    Err(Refused::Declined(shown(&parts.join(": "))))
}

/// What the response says about itself: version, issuer, destination, which request it answers.
///
/// These are not always covered by a signature. They can only make a response be refused; the
/// assertion's own issuer, recipient and request are checked in what is signed.
pub fn outside(
    document: &Document<'_>,
    response: NodeId,
    connection: &Connection,
    request: &RequestId,
) -> Result<(), Refused> {
    if attribute(document, response, "Version") != Some("2.0") {
        return Err(Refused::Incomplete("version 2.0"));
    }
    if let Some(issuer) = only(document, response, ASSERTION, "Issuer") {
        let found = content(document, issuer).unwrap_or_default();
        issued_by(&found, connection)?;
    }
    let destination = attribute(document, response, "Destination");
    if let Some(found) = destination.filter(|found| *found != connection.service.acs.as_str()) {
        return Err(Refused::Destination(shown(found)));
    }
    if attribute(document, response, "InResponseTo") != Some(request.as_str()) {
        return Err(Refused::InResponseTo);
    }
    Ok(())
}

/// The issuer is the connection's provider.
pub fn issued_by(found: &str, connection: &Connection) -> Result<(), Refused> {
    let expected = &connection.provider.entity_id;
    if found == expected {
        return Ok(());
    }
    Err(Refused::Issuer {
        found: shown(found),
        expected: expected.clone(),
    })
}
