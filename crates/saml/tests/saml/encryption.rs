//! Encrypted assertions: honest ones open, others tell nothing.

use base64::{Engine, engine::general_purpose::STANDARD};
use bergshamra_crypto::{cipher, keytransport};
use bergshamra_keys::loader::load_x509_cert_pem;
use saml::response::{Refused, check};

use crate::{
    forge::{Signed, base, evil},
    provider::{Shape, key_file, now, request, service_key},
};

pub const GCM: &str = "http://www.w3.org/2009/xmlenc11#aes256-gcm";
const CBC: &str = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";
const OAEP: &str = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
const OAEP_11: &str = "http://www.w3.org/2009/xmlenc11#rsa-oaep";

/// An assertion, encrypted to the holder of a certificate.
pub fn sealed(assertion: &str, to: &str, cipher_name: &str, transport: &str) -> String {
    let session = [7; 32];
    let cipher = cipher::from_uri(cipher_name).unwrap();
    let data = cipher.encrypt(&session, assertion.as_bytes()).unwrap();
    let certificate = key_file(&format!("{to}.cert"));
    let public = load_x509_cert_pem(certificate.as_bytes())
        .unwrap()
        .to_signing_key()
        .unwrap()
        .unwrap();
    let carried = keytransport::from_uri(transport)
        .unwrap()
        .encrypt(&public, &session)
        .unwrap();
    let (data, carried) = (STANDARD.encode(data), STANDARD.encode(carried));
    format!(
        r#"<saml2:EncryptedAssertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element"><xenc:EncryptionMethod Algorithm="{cipher_name}"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="{transport}"/><xenc:CipherData><xenc:CipherValue>{carried}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue>{data}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml2:EncryptedAssertion>"#
    )
}

/// A response around an encrypted assertion.
fn response(signed: Signed, cipher: &str, transport: &str) -> (Shape, String) {
    let shape = base(signed);
    let sealed = sealed(&shape.assertion(), "service", cipher, transport);
    let response = shape.around(&sealed);
    (shape, response)
}

fn honest() -> String {
    response(Signed::Assertion, GCM, OAEP).1
}

fn inside(assertion: &str) -> String {
    let shape = base(Signed::Assertion);
    shape.around(&sealed(assertion, "service", GCM, OAEP))
}

pub fn to(certificate: &str) -> String {
    let shape = base(Signed::Assertion);
    shape.around(&sealed(&shape.assertion(), certificate, GCM, OAEP))
}

pub fn unsigned() -> String {
    inside(&evil(&base(Signed::Assertion)).assertion_with(""))
}

pub fn by_stranger() -> String {
    let evil = Shape {
        key: "other",
        ..evil(&base(Signed::Assertion))
    };
    inside(&evil.assertion())
}

pub fn two() -> String {
    let honest = base(Signed::Assertion);
    let both = format!("{}{}", evil(&honest).assertion_with(""), honest.assertion());
    inside(&both)
}

pub fn old_transport() -> String {
    honest().replace(OAEP, "http://www.w3.org/2001/04/xmlenc#rsa-1_5")
}

pub fn old_cipher() -> String {
    honest().replace(GCM, "http://www.w3.org/2001/04/xmlenc#tripledes-cbc")
}

pub fn changed() -> String {
    let honest = honest();
    let place = honest.rfind("<xenc:CipherValue>").unwrap() + 60;
    let other = if &honest[place..=place] == "A" {
        "B"
    } else {
        "A"
    };
    format!("{}{other}{}", &honest[..place], &honest[place + 1..])
}

pub fn beside_plain() -> String {
    let shape = base(Signed::Assertion);
    let sealed = sealed(&shape.assertion(), "service", GCM, OAEP);
    shape.around(&format!("{}{sealed}", evil(&shape).assertion_with("")))
}

pub fn referenced() -> String {
    let honest = honest();
    let start = honest.rfind("<xenc:CipherValue>").unwrap();
    let end = honest.rfind("</xenc:CipherValue>").unwrap() + "</xenc:CipherValue>".len();
    let reference = r#"<xenc:CipherReference URI="file:///etc/passwd"/>"#;
    format!("{}{reference}{}", &honest[..start], &honest[end..])
}

#[test]
fn an_encrypted_assertion_opens_if_it_or_the_response_is_signed() {
    for signed in [Signed::Assertion, Signed::Response] {
        for (cipher, transport) in [(GCM, OAEP), (GCM, OAEP_11), (CBC, OAEP)] {
            let (shape, response) = response(signed, cipher, transport);
            let signed_in = check(
                response.as_bytes(),
                &shape.connection(),
                Some(&service_key()),
                &request(),
                now(),
            )
            .unwrap();
            assert_eq!(signed_in.person.email, "mira@acme.example");
            assert!(signed_in.protection.encrypted);
        }
    }
}

#[test]
fn without_a_key_it_is_said_that_one_is_missing() {
    let shape = base(Signed::Assertion);
    let refused = check(
        honest().as_bytes(),
        &shape.connection(),
        None,
        &request(),
        now(),
    );
    assert_eq!(refused, Err(Refused::NoKey));
}

#[test]
fn an_assertion_inside_an_encrypted_one_is_refused_even_if_the_response_is_signed() {
    let shape = base(Signed::Response);
    let advice = format!(
        "<saml2:Advice>{}</saml2:Advice>",
        evil(&shape).assertion_with("")
    );
    let sealed = sealed(&shape.assertion_with(&advice), "service", GCM, OAEP);
    let refused = check(
        shape.around(&sealed).as_bytes(),
        &shape.connection(),
        Some(&service_key()),
        &request(),
        now(),
    );
    assert_eq!(refused, Err(Refused::Assertions(2)));
}

#[test]
fn a_changed_ciphertext_in_a_signed_response_is_not_even_decrypted() {
    let (shape, response) = response(Signed::Response, CBC, OAEP);
    let place = response.rfind("<xenc:CipherValue>").unwrap() + 60;
    let other = if &response[place..=place] == "A" {
        "B"
    } else {
        "A"
    };
    let changed = format!("{}{other}{}", &response[..place], &response[place + 1..]);
    let key = service_key();
    let connection = shape.connection();
    let refused = check(
        changed.as_bytes(),
        &connection,
        Some(&key),
        &request(),
        now(),
    );
    assert_eq!(refused, Err(Refused::Signature));
}
