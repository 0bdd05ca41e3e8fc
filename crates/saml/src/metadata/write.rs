//! Writes the service's own metadata (SAML V2.0 Metadata §2.4.4).

use uppsala::XmlWriter;

use crate::{
    connection::Service,
    key::ServiceKey,
    xml::{METADATA, PROTOCOL, SIGNATURE},
};

const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

/// How assertions may be encrypted to the service, best first.
const ENCRYPTION_METHODS: [&str; 4] = [
    "http://www.w3.org/2009/xmlenc11#aes256-gcm",
    "http://www.w3.org/2009/xmlenc11#aes128-gcm",
    "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
    "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
];

/// The metadata of one connection, as the admin gives it to the identity provider.
///
/// With a key, requests are said to be signed and assertions may be encrypted to it.
pub fn write(service: &Service, key: Option<&ServiceKey>) -> String {
    let mut xml = XmlWriter::new();
    xml.write_declaration();
    xml.start_element(
        "md:EntityDescriptor",
        &[
            ("xmlns:md", METADATA),
            ("xmlns:ds", SIGNATURE),
            ("entityID", &service.entity_id),
        ],
    );
    let signs = if key.is_some() { "true" } else { "false" };
    xml.start_element(
        "md:SPSSODescriptor",
        &[
            ("AuthnRequestsSigned", signs),
            ("protocolSupportEnumeration", PROTOCOL),
        ],
    );
    if let Some(key) = key {
        for purpose in ["signing", "encryption"] {
            key_descriptor(&mut xml, key, purpose);
        }
    }
    for format in [
        "1.1:nameid-format:emailAddress",
        "2.0:nameid-format:persistent",
    ] {
        xml.start_element("md:NameIDFormat", &[]);
        xml.text(&format!("urn:oasis:names:tc:SAML:{format}"));
        xml.end_element("md:NameIDFormat");
    }
    xml.empty_element(
        "md:AssertionConsumerService",
        &[
            ("Binding", POST),
            ("Location", service.acs.as_str()),
            ("index", "0"),
            ("isDefault", "true"),
        ],
    );
    xml.end_element("md:SPSSODescriptor");
    xml.end_element("md:EntityDescriptor");
    xml.into_string()
}

fn key_descriptor(xml: &mut XmlWriter, key: &ServiceKey, purpose: &str) {
    xml.start_element("md:KeyDescriptor", &[("use", purpose)]);
    for name in ["ds:KeyInfo", "ds:X509Data", "ds:X509Certificate"] {
        xml.start_element(name, &[]);
    }
    xml.text(&key.certificate().base64());
    for name in ["ds:X509Certificate", "ds:X509Data", "ds:KeyInfo"] {
        xml.end_element(name);
    }
    if purpose == "encryption" {
        for method in ENCRYPTION_METHODS {
            xml.empty_element("md:EncryptionMethod", &[("Algorithm", method)]);
        }
    }
    xml.end_element("md:KeyDescriptor");
}
