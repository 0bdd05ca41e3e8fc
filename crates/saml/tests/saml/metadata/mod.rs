//! Metadata: read from a provider, written for it; what is not one provider's is refused.

mod bad;

use saml::{
    Certificate,
    certificate::Expiry,
    metadata::{read, write},
};

use crate::{
    forge::{Signed, base},
    provider::{after, certificate, now, service_key},
};

/// Metadata as Okta writes it, with parts that a test replaces.
fn okta() -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor entityID="http://www.okta.com/exk133onomIuOW98z357" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>{}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified</md:NameIDFormat><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://acme.okta.com/app/acme_1/exk133/sso/saml"/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://acme.okta.com/app/acme_1/exk133/sso/saml"/></md:IDPSSODescriptor></md:EntityDescriptor>"#,
        certificate("provider").base64()
    )
}

fn without_declaration() -> String {
    okta().replace(r#"<?xml version="1.0" encoding="UTF-8"?>"#, "")
}

fn other_address(location: &str) -> String {
    okta().replace("https://acme.okta.com/app/acme_1/exk133/sso/saml", location)
}

fn several(count: usize) -> String {
    format!(
        r#"<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">{}</md:EntitiesDescriptor>"#,
        without_declaration().repeat(count)
    )
}

#[test]
fn a_providers_metadata_is_read() {
    let provider = read(okta().as_bytes(), now()).unwrap();
    assert_eq!(
        provider.entity_id,
        "http://www.okta.com/exk133onomIuOW98z357"
    );
    assert_eq!(provider.sso.host_str(), Some("acme.okta.com"));
    assert_eq!(provider.certificates, [certificate("provider")]);
    assert!(!provider.wants_signed_requests);
    assert_eq!(provider.slo, None);
}

#[test]
fn a_key_for_everything_and_a_second_certificate_are_read_once_each() {
    let okta = okta();
    let start = okta.find("<md:KeyDescriptor").unwrap();
    let end = okta.find("</md:KeyDescriptor>").unwrap() + "</md:KeyDescriptor>".len();
    let key = &okta[start..end];
    let next = key.replace(" use=\"signing\"", "").replace(
        &certificate("provider").base64(),
        &certificate("provider-next").base64(),
    );
    let rotating = okta.replace(key, &format!("{key}{key}{next}"));
    let provider = read(rotating.as_bytes(), now()).unwrap();
    assert_eq!(
        provider.certificates,
        [certificate("provider"), certificate("provider-next")]
    );
}

#[test]
fn one_provider_in_an_envelope_is_one_provider() {
    assert!(read(several(1).as_bytes(), now()).is_ok());
}

#[test]
fn a_provider_on_this_computer_may_do_without_https() {
    let local = other_address("http://127.0.0.1:7000/sso");
    assert!(read(local.as_bytes(), now()).is_ok());
}

#[test]
fn a_certificates_end_is_warned_of_30_and_7_days_ahead() {
    let certificate = certificate("provider");
    let day = 24 * 3600;
    let left = certificate.until().as_second() - now().as_second();
    let at = |before: i64| certificate.expiry(after(left - before));
    assert_eq!(at(31 * day), Expiry::Far);
    assert_eq!(at(30 * day), Expiry::Within30Days);
    assert_eq!(at(7 * day), Expiry::Within7Days);
    assert_eq!(at(0), Expiry::Over);
}

#[test]
fn a_certificate_tells_whom_it_names() {
    let certificate = certificate("provider");
    assert!(certificate.subject().contains("CN=acme"));
    assert_eq!(certificate.fingerprint().len(), 32 * 3 - 1);
    assert_eq!(
        Certificate::read(&certificate.base64()).unwrap(),
        certificate
    );
}

#[test]
fn our_own_metadata_names_audience_address_and_key() {
    let service = base(Signed::Assertion).connection().service;
    let written = write(&service, Some(&service_key()));
    let document = uppsala::parse(&written).unwrap();
    let root = document.document_element().unwrap();
    assert_eq!(
        document.get_attribute(root, "entityID"),
        Some(&*service.entity_id)
    );
    let acs = document.get_elements_by_tag_name("AssertionConsumerService")[0];
    assert_eq!(
        document.get_attribute(acs, "Location"),
        Some(service.acs.as_str())
    );
    let keys = document.get_elements_by_tag_name("X509Certificate");
    assert_eq!(keys.len(), 2);
    assert_eq!(
        document.element_text(keys[0]),
        Some(&*service_key().certificate().base64())
    );
}

#[test]
fn our_own_metadata_escapes_what_it_names() {
    let mut service = base(Signed::Assertion).connection().service;
    service.entity_id = r#"https://a.example/?a=1&b="<x>"#.to_owned();
    let written = write(&service, None);
    let document = uppsala::parse(&written).unwrap();
    let root = document.document_element().unwrap();
    assert_eq!(
        document.get_attribute(root, "entityID"),
        Some(&*service.entity_id)
    );
}
