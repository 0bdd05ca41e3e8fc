//! Requests, as an identity provider would read them.

use std::{collections::HashMap, io::Read};

use base64::{Engine, engine::general_purpose::STANDARD};
use bergshamra_crypto::sign;
use bergshamra_keys::loader::load_x509_cert_pem;
use flate2::read::DeflateDecoder;
use proptest::prelude::*;
use saml::{
    attributes::Preset,
    request::{Begun, RequestError, RequestId, Wish, begin},
};

use crate::provider::{ACS, RSA_SHA256, SERVICE, key_file, now, service_key, shape};

fn parameters(begun: &Begun) -> HashMap<String, String> {
    begun.address.query_pairs().into_owned().collect()
}

fn xml(begun: &Begun) -> String {
    let packed = STANDARD.decode(&parameters(begun)["SAMLRequest"]).unwrap();
    let mut text = String::new();
    DeflateDecoder::new(&*packed)
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn a_request_names_itself_us_and_where_to_answer() {
    let connection = shape(Preset::EntraId).connection();
    let begun = begin(&connection, None, Wish::default(), [1; 20], now()).unwrap();
    let text = xml(&begun);
    let document = uppsala::parse(&text).unwrap();
    let root = document.document_element().unwrap();
    let attribute = |name| document.get_attribute(root, name);
    assert_eq!(attribute("ID"), Some(begun.id.as_str()));
    assert_eq!(attribute("Version"), Some("2.0"));
    assert_eq!(attribute("IssueInstant"), Some("2026-11-25T10:00:00Z"));
    assert_eq!(attribute("Destination"), Some("https://idp.example/sso"));
    assert_eq!(attribute("AssertionConsumerServiceURL"), Some(ACS));
    assert_eq!(attribute("ForceAuthn"), None);
    let issuer = document.get_elements_by_tag_name("Issuer")[0];
    assert_eq!(document.element_text(issuer), Some(SERVICE));
    assert!(!parameters(&begun).contains_key("Signature"));
}

#[test]
fn a_fresh_sign_in_can_be_asked_for() {
    let connection = shape(Preset::Okta).connection();
    let wish = Wish {
        force: true,
        ..Wish::default()
    };
    let begun = begin(&connection, None, wish, [1; 20], now()).unwrap();
    assert!(xml(&begun).contains(r#"ForceAuthn="true""#));
}

#[test]
fn the_providers_own_parameters_stay() {
    let mut connection = shape(Preset::Okta).connection();
    connection.provider.sso = "https://idp.example/sso?tenant=a%20b".parse().unwrap();
    let begun = begin(&connection, None, Wish::default(), [1; 20], now()).unwrap();
    assert_eq!(parameters(&begun)["tenant"], "a b");
    assert!(parameters(&begun).contains_key("SAMLRequest"));
}

#[test]
fn the_signature_is_over_the_query_as_it_is_sent() {
    let connection = shape(Preset::Okta).connection();
    let wish = Wish {
        relay_state: Some("a b/ü"),
        force: false,
    };
    let begun = begin(&connection, Some(&service_key()), wish, [1; 20], now()).unwrap();
    let query = begun.address.query().unwrap();
    let (signed, _) = query.split_once("&Signature=").unwrap();
    let signature = STANDARD.decode(&parameters(&begun)["Signature"]).unwrap();
    assert_eq!(parameters(&begun)["RelayState"], "a b/ü");
    assert_eq!(parameters(&begun)["SigAlg"], RSA_SHA256);
    let key = load_x509_cert_pem(key_file("service.cert").as_bytes())
        .unwrap()
        .to_signing_key()
        .unwrap()
        .unwrap();
    let algorithm = sign::from_uri(RSA_SHA256).unwrap();
    assert!(
        algorithm
            .verify(&key, signed.as_bytes(), &signature)
            .unwrap()
    );
    assert!(
        !algorithm
            .verify(&key, query.as_bytes(), &signature)
            .unwrap()
    );
}

#[test]
fn a_provider_that_wants_signatures_gets_no_request_without() {
    let mut connection = shape(Preset::Okta).connection();
    connection.provider.wants_signed_requests = true;
    let begun = begin(&connection, None, Wish::default(), [1; 20], now());
    assert_eq!(begun, Err(RequestError::NoKey));
}

#[test]
fn a_relay_state_fits_into_80_bytes() {
    let connection = shape(Preset::Okta).connection();
    let long = "ü".repeat(41);
    let wish = Wish {
        relay_state: Some(&long),
        force: false,
    };
    let begun = begin(&connection, None, wish, [1; 20], now());
    assert_eq!(begun, Err(RequestError::RelayState));
}

#[test]
fn a_key_must_fit_its_certificate() {
    use saml::{ServiceKey, key::KeyError};
    let read = |key: &str, certificate: &str| {
        ServiceKey::read(&key_file(key).into(), &key_file(certificate)).map(|_| ())
    };
    assert_eq!(read("service.key", "other.cert"), Err(KeyError::Mismatch));
    assert_eq!(
        read("service.cert", "service.cert"),
        Err(KeyError::Unreadable)
    );
    assert_eq!(
        read("provider-ec.key", "provider-ec.cert"),
        Err(KeyError::NotRsa)
    );
    assert!(matches!(
        read("service.key", "service.key"),
        Err(KeyError::Certificate(_))
    ));
}

proptest! {
    #[test]
    fn an_id_is_a_name_of_its_own_and_begins_with_no_digit(one: [u8; 20], other: [u8; 20]) {
        let (a, b) = (RequestId::of(one), RequestId::of(other));
        prop_assert!(a.as_str().starts_with('_'));
        prop_assert!(a.as_str().bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric()));
        prop_assert_eq!(a == b, one == other);
    }
}
