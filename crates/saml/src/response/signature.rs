//! Verifies one signature, and yields the very bytes that it covers.
//!
//! The library verifies (digest and signature, with the connection's keys only; what `KeyInfo`
//! says merely orders them). Around it stands what it leaves to its users: a fixed form of
//! `Signature`, one reference, to the element that the signature stands in, a short list of
//! algorithms, and canonical bytes that are made once more and compared with the signed digest, so
//! that what is read afterwards is what was hashed.

use base64::{Engine, engine::general_purpose::STANDARD};
use bergshamra_c14n::{C14nMode, canonicalize_doc};
use bergshamra_crypto::digest::digest;
use bergshamra_dsig::{DsigContext, VerifyResult, verify::verify_all_document_with_source};
use bergshamra_keys::KeysManager;
use bergshamra_xml::nodeset::NodeSet;
use uppsala::{Document, NodeId};

use super::refused::{Refused, shown};
use crate::{
    connection::Connection,
    xml::{self, EXCLUSIVE_C14N, SIGNATURE, attribute, children, content},
};

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const EXCLUSIVE: [&str; 2] = [
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
];
const METHODS: [&str; 9] = [
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512",
    "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
    "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1",
    "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1",
];
const DIGESTS: [&str; 3] = [
    "http://www.w3.org/2001/04/xmlenc#sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512",
];
const RSA_SHA1: &str = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
const SHA1: &str = "http://www.w3.org/2000/09/xmldsig#sha1";

/// What a verified signature covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// The canonical bytes whose digest is signed: the element without its signature.
    pub text: String,
    /// The fingerprint of the certificate whose key verified it.
    pub fingerprint: String,
    /// Whether SHA-1 had a part in it.
    pub sha1: bool,
}

/// What a signature says about itself.
struct Said {
    digest_method: String,
    digest: Vec<u8>,
    prefixes: Vec<String>,
    sha1: bool,
}

/// Verifies the signature in `owner`.
pub fn verify(
    document: &Document<'_>,
    text: &str,
    owner: NodeId,
    signature: NodeId,
    connection: &Connection,
) -> Result<Covered, Refused> {
    let said = said(document, owner, signature, connection.sha1_allowed)?;
    let mut keys = KeysManager::new();
    keys.add_keys(
        connection
            .provider
            .certificates
            .iter()
            .filter_map(crate::Certificate::key),
    );
    // The defaults are the strict ones: given keys only, every reference's digest checked.
    let context = DsigContext::new(keys);
    let results = verify_all_document_with_source(&context, document, Some(text))
        .map_err(|_| Refused::Signature)?;
    let verified = results.iter().find_map(|result| match result {
        VerifyResult::Valid {
            signature_node,
            references,
            key_info,
        } if *signature_node == signature => Some((references, key_info)),
        _ => None,
    });
    let (references, key) = verified.ok_or(Refused::Signature)?;
    let [reference] = &references[..] else {
        return Err(Refused::Misplaced);
    };
    if reference.resolved_node != Some(owner) || !reference.digest_verified {
        return Err(Refused::Misplaced);
    }
    let bytes = canonical(document, owner, signature, &said.prefixes)?;
    let hash = digest(&said.digest_method, &bytes).map_err(|_| Refused::Signature)?;
    if hash != said.digest {
        return Err(Refused::Signature);
    }
    let certificate = key.x509_chain.first().and_then(|der| {
        let certificates = &connection.provider.certificates;
        certificates
            .iter()
            .find(|certificate| certificate.der() == der)
    });
    Ok(Covered {
        text: String::from_utf8(bytes).map_err(|_| Refused::Signature)?,
        fingerprint: certificate
            .ok_or(Refused::Signature)?
            .fingerprint()
            .to_owned(),
        sha1: said.sha1,
    })
}

/// The element without its signature, canonicalized exclusively and without comments.
fn canonical(
    document: &Document<'_>,
    owner: NodeId,
    signature: NodeId,
    prefixes: &[String],
) -> Result<Vec<u8>, Refused> {
    let mut nodes = NodeSet::tree_without_comments(owner, document);
    nodes.remove_id(signature);
    for node in document.descendants(signature) {
        nodes.remove_id(node);
    }
    canonicalize_doc(document, C14nMode::Exclusive, Some(&nodes), prefixes)
        .map_err(|_| Refused::Signature)
}

/// The children of an element of XML Signature, which must be exactly these (`?`: may be missing).
fn exactly(
    document: &Document<'_>,
    parent: NodeId,
    names: &[&str],
) -> Result<Vec<Option<NodeId>>, Refused> {
    let mut rest = children(document, parent).peekable();
    let mut found = Vec::with_capacity(names.len());
    for name in names {
        let (name, optional) = name
            .strip_suffix('?')
            .map_or((*name, false), |name| (name, true));
        let next = rest.next_if(|node| xml::is(document, *node, SIGNATURE, name));
        if next.is_none() && !optional {
            return Err(Refused::Misplaced);
        }
        found.push(next);
    }
    match rest.next() {
        None => Ok(found),
        Some(_) => Err(Refused::Misplaced),
    }
}

/// Reads a signature, and refuses every form but the plain one.
fn said(
    document: &Document<'_>,
    owner: NodeId,
    signature: NodeId,
    sha1_allowed: bool,
) -> Result<Said, Refused> {
    let algorithm = |node: Option<NodeId>| {
        node.and_then(|node| attribute(document, node, "Algorithm"))
            .unwrap_or_default()
            .to_owned()
    };
    let parts = exactly(
        document,
        signature,
        &["SignedInfo", "SignatureValue", "KeyInfo?"],
    )?;
    let info = parts[0].ok_or(Refused::Misplaced)?;
    let parts = exactly(
        document,
        info,
        &["CanonicalizationMethod", "SignatureMethod", "Reference"],
    )?;
    let canonicalization = algorithm(parts[0]);
    if !EXCLUSIVE.contains(&&*canonicalization) {
        return Err(Refused::Transform(shown(&canonicalization)));
    }
    let method = algorithm(parts[1]);
    let reference = parts[2].ok_or(Refused::Misplaced)?;
    let id = attribute(document, owner, "ID").filter(|id| !id.is_empty());
    let target = attribute(document, reference, "URI").and_then(|uri| uri.strip_prefix('#'));
    if id.is_none() || id != target {
        return Err(Refused::Misplaced);
    }
    let parts = exactly(
        document,
        reference,
        &["Transforms", "DigestMethod", "DigestValue"],
    )?;
    let digest_method = algorithm(parts[1]);
    let sha1 = method == RSA_SHA1 || digest_method == SHA1;
    if sha1 && !sha1_allowed {
        return Err(Refused::Sha1);
    }
    for (name, known, old) in [
        (&method, &METHODS[..], RSA_SHA1),
        (&digest_method, &DIGESTS[..], SHA1),
    ] {
        if !known.contains(&&**name) && name != old {
            return Err(Refused::Algorithm(shown(name)));
        }
    }
    let digest = parts[2]
        .and_then(|node| content(document, node))
        .map(|text| text.split_ascii_whitespace().collect::<String>())
        .and_then(|text| STANDARD.decode(text).ok())
        .ok_or(Refused::Signature)?;
    Ok(Said {
        prefixes: transforms(document, parts[0].ok_or(Refused::Misplaced)?)?,
        digest_method,
        digest,
        sha1,
    })
}

/// Enveloped signature, then exclusive canonicalization, and its prefix list.
fn transforms(document: &Document<'_>, transforms: NodeId) -> Result<Vec<String>, Refused> {
    let parts = children(document, transforms)
        .map(|node| {
            let name = attribute(document, node, "Algorithm").unwrap_or_default();
            xml::is(document, node, SIGNATURE, "Transform")
                .then_some((node, name))
                .ok_or(Refused::Misplaced)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let other = |(_, name): &&(NodeId, &str)| *name != ENVELOPED && !EXCLUSIVE.contains(name);
    if let Some((_, name)) = parts.iter().find(other) {
        return Err(Refused::Transform(shown(name)));
    }
    let [(enveloped, ENVELOPED), (exclusive, name)] = parts[..] else {
        return Err(Refused::Transform("of another number or order".to_owned()));
    };
    if name == ENVELOPED || children(document, enveloped).next().is_some() {
        return Err(Refused::Transform(shown(name)));
    }
    let mut inside = children(document, exclusive);
    let Some(list) = inside.next() else {
        return Ok(Vec::new());
    };
    if inside.next().is_some() || !xml::is(document, list, EXCLUSIVE_C14N, "InclusiveNamespaces") {
        return Err(Refused::Misplaced);
    }
    let prefixes = attribute(document, list, "PrefixList").unwrap_or_default();
    Ok(prefixes.split_whitespace().map(str::to_owned).collect())
}
