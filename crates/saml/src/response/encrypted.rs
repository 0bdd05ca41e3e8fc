//! Opens an encrypted assertion (SAML V2.0 Core §2.3.4, XML Encryption 1.1).
//!
//! RSA-OAEP carries the key and AES the assertion. RSA PKCS#1 v1.5, Triple DES, references to
//! elsewhere and derived keys are not taken. What comes out is parsed as a document of its own, so
//! that text in it cannot break out into the response. Whatever goes wrong with the key is one
//! error, so that nobody can ask the service whether a padding was right.

use base64::{Engine, engine::general_purpose::STANDARD};
use bergshamra_crypto::{
    cipher,
    keytransport::{OaepParams, from_uri_with_params},
};
use uppsala::{Document, NodeId};

use super::refused::{Refused, shown};
use crate::{
    key::ServiceKey,
    xml::{self, ENCRYPTION, SIGNATURE, attribute, content, named, only},
};

const ENCRYPTION_11: &str = "http://www.w3.org/2009/xmlenc11#";
const CIPHERS: [&str; 6] = [
    "http://www.w3.org/2009/xmlenc11#aes256-gcm",
    "http://www.w3.org/2009/xmlenc11#aes192-gcm",
    "http://www.w3.org/2009/xmlenc11#aes128-gcm",
    "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
    "http://www.w3.org/2001/04/xmlenc#aes192-cbc",
    "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
];
const TRANSPORTS: [&str; 2] = [
    "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
    "http://www.w3.org/2009/xmlenc11#rsa-oaep",
];

/// Decrypts the assertion in an `EncryptedAssertion`.
pub fn open(
    document: &Document<'_>,
    encrypted: NodeId,
    key: &ServiceKey,
) -> Result<String, Refused> {
    let missing = Refused::Incomplete("encrypted data with its key");
    let data = only(document, encrypted, ENCRYPTION, "EncryptedData").ok_or(missing.clone())?;
    let carried = carried(document, encrypted, data).ok_or(missing.clone())?;
    let (_, data_name) = method(document, data, &CIPHERS)?;
    let (key_method, key_name) = method(document, carried, &TRANSPORTS)?;
    let data_bytes = bytes(document, data).ok_or(missing.clone())?;
    let key_bytes = bytes(document, carried).ok_or(missing)?;
    let transport = from_uri_with_params(key_name, oaep(document, key_method))
        .map_err(|_| Refused::Algorithm(shown(key_name)))?;
    let cipher = cipher::from_uri(data_name).map_err(|_| Refused::Algorithm(shown(data_name)))?;
    transport
        .decrypt(key.secret(), &key_bytes)
        .ok()
        .filter(|session| session.len() == cipher.key_size())
        .and_then(|session| cipher.decrypt(&session, &data_bytes).ok())
        .and_then(|plain| String::from_utf8(plain).ok())
        .filter(|text| xml::parse(text).is_ok())
        .ok_or(Refused::Undecryptable)
}

/// The `EncryptedKey`: in the data's `KeyInfo`, or beside the data.
fn carried(document: &Document<'_>, encrypted: NodeId, data: NodeId) -> Option<NodeId> {
    let inside = only(document, data, SIGNATURE, "KeyInfo")
        .and_then(|info| only(document, info, ENCRYPTION, "EncryptedKey"));
    inside.or_else(|| only(document, encrypted, ENCRYPTION, "EncryptedKey"))
}

/// An `EncryptionMethod` and the name of its algorithm, if that is a known one.
fn method<'d>(
    document: &'d Document<'_>,
    parent: NodeId,
    known: &[&str],
) -> Result<(NodeId, &'d str), Refused> {
    let method = only(document, parent, ENCRYPTION, "EncryptionMethod")
        .ok_or(Refused::Incomplete("an encryption method"))?;
    let name = attribute(document, method, "Algorithm").unwrap_or_default();
    if known.contains(&name) {
        Ok((method, name))
    } else {
        Err(Refused::Algorithm(shown(name)))
    }
}

/// The bytes of a `CipherValue`.
fn bytes(document: &Document<'_>, parent: NodeId) -> Option<Vec<u8>> {
    let data = only(document, parent, ENCRYPTION, "CipherData")?;
    let value = only(document, data, ENCRYPTION, "CipherValue")?;
    let packed: String = content(document, value)?
        .chars()
        .filter(|character| !character.is_ascii_whitespace())
        .collect();
    STANDARD.decode(packed).ok()
}

/// The parameters of RSA-OAEP.
fn oaep(document: &Document<'_>, method: NodeId) -> OaepParams {
    let algorithm = |namespace, name| {
        named(document, method, namespace, name)
            .find_map(|node| attribute(document, node, "Algorithm"))
            .map(str::to_owned)
    };
    OaepParams {
        digest_uri: algorithm(SIGNATURE, "DigestMethod"),
        mgf_uri: algorithm(ENCRYPTION_11, "MGF"),
        oaep_params: only(document, method, ENCRYPTION, "OAEPparams")
            .and_then(|node| content(document, node))
            .and_then(|text| STANDARD.decode(text).ok()),
    }
}
