//! XML from strangers: bounded before it is parsed and after, and never with a DTD.

use uppsala::{Document, NodeId, NodeKind, Parser};

/// The namespace of SAML's assertions.
pub const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
/// The namespace of SAML's protocol messages.
pub const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
/// The namespace of SAML's metadata.
pub const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
/// The namespace of XML Signature.
pub const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
/// The namespace of XML Encryption.
pub const ENCRYPTION: &str = "http://www.w3.org/2001/04/xmlenc#";
/// The namespace of exclusive canonicalization's prefix list.
pub const EXCLUSIVE_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// How deeply elements may nest: a response needs about ten levels, metadata about eight.
const DEPTH: u32 = 32;
/// How many nodes a document may have.
const NODES: usize = 20_000;
/// How many attributes and namespaces an element may have: canonicalization sorts them.
const ATTRIBUTES: usize = 64;

/// Why something is not taken as XML at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// Larger, deeper or of more parts than anything that is meant.
    TooLarge,
    /// It has a document type declaration: entities, and with them files and bombs, come that way.
    Dtd,
    /// It is not well-formed, or not UTF-8.
    Malformed,
}

/// Checks the size before anything else is done.
pub fn text(bytes: &[u8], limit: usize) -> Result<&str, Unusable> {
    if bytes.len() > limit {
        return Err(Unusable::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Unusable::Malformed)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Parses a text whose size has been checked.
pub fn parse(text: &str) -> Result<Document<'_>, Unusable> {
    // A DTD has no place in SAML (SAML V2.0 Core §1.1 and the usual advice); the parser refuses it
    // too, and this tells it apart from what is merely broken. In text, `<!DOCTYPE` is written
    // with `&lt;`; in CDATA it would be refused as well, which costs nobody anything.
    if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err(Unusable::Dtd);
    }
    let document = Parser::new()
        .with_max_depth(DEPTH)
        .with_max_entity_expansion(0)
        .with_forbid_dtd(true)
        .with_forbid_entities(true)
        .parse(text)
        .map_err(|_| Unusable::Malformed)?;
    let nodes = document.descendants(document.root());
    let broad = |node: &NodeId| {
        document.element(*node).is_some_and(|element| {
            element.attributes.len() + element.namespace_declarations.len() > ATTRIBUTES
        })
    };
    if nodes.len() > NODES || nodes.iter().any(broad) {
        return Err(Unusable::TooLarge);
    }
    Ok(document)
}

/// Every element, in document order.
pub fn elements<'d>(document: &'d Document<'_>) -> impl Iterator<Item = NodeId> + 'd {
    document
        .descendants(document.root())
        .into_iter()
        .filter(|node| document.element(*node).is_some())
}

/// Whether a node is the element of that namespace and name.
pub fn is(document: &Document<'_>, node: NodeId, namespace: &str, name: &str) -> bool {
    document
        .element(node)
        .is_some_and(|element| element.name.matches(Some(namespace), name))
}

/// The child elements, of any name.
pub fn children<'d>(
    document: &'d Document<'_>,
    parent: NodeId,
) -> impl Iterator<Item = NodeId> + 'd {
    document
        .children_iter(parent)
        .filter(|node| document.element(*node).is_some())
}

/// The child elements of that namespace and name.
pub fn named<'d>(
    document: &'d Document<'_>,
    parent: NodeId,
    namespace: &'d str,
    name: &'d str,
) -> impl Iterator<Item = NodeId> + 'd {
    children(document, parent).filter(move |node| is(document, *node, namespace, name))
}

/// The only child element of that namespace and name: none if there are several.
pub fn only(
    document: &Document<'_>,
    parent: NodeId,
    namespace: &str,
    name: &str,
) -> Option<NodeId> {
    let mut found = named(document, parent, namespace, name);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// An attribute that has no prefix: SAML's own never have one, and an attribute of another
/// namespace with the same local name is another attribute.
pub fn attribute<'d>(document: &'d Document<'_>, node: NodeId, name: &str) -> Option<&'d str> {
    document
        .element(node)?
        .attributes
        .iter()
        .find(|attribute| {
            attribute.name.namespace_uri.is_none()
                && attribute.name.prefix.is_none()
                && attribute.name.local_name == name
        })
        .map(|attribute| &*attribute.value)
}

/// The whole text of an element that holds nothing but text, without the space around it.
///
/// Never a part of it: reading up to the first comment is how half an address becomes another one.
pub fn content(document: &Document<'_>, node: NodeId) -> Option<String> {
    let mut text = String::new();
    for child in document.children_iter(node) {
        match document.node_kind(child)? {
            NodeKind::Text(part) | NodeKind::CData(part) => text.push_str(part),
            _ => return None,
        }
    }
    Some(text.trim().to_owned())
}
