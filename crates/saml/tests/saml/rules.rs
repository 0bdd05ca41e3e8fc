//! Mappings, and signatures of another time.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use bergshamra_c14n::{C14nMode, canonicalize_doc};
use bergshamra_xml::nodeset::NodeSet;
use saml::{
    Mapping,
    attributes::Preset,
    response::{Refused, SignIn, check},
};

use crate::{
    forge::{Signed, base},
    provider::{RSA_SHA256, Shape, now, request, shape},
    vectors,
};

const RSA_SHA1: &str = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";

/// A response signed by RSA with SHA-1, as it is in the tree.
pub fn rsa_sha1() -> String {
    vectors::stored("signature_by_sha1", rsa_sha1_made)
}

/// The same, made: our own library does not sign with SHA-1 any more, `openssl` still does.
pub fn rsa_sha1_made() -> String {
    let shape = Shape {
        digest: "http://www.w3.org/2000/09/xmldsig#sha1",
        ..base(Signed::Assertion)
    };
    let response = shape.response().replace(RSA_SHA256, RSA_SHA1);
    let document = uppsala::parse(&response).unwrap();
    let info = document.get_elements_by_tag_name("SignedInfo")[0];
    let nodes = NodeSet::tree_without_comments(info, &document);
    let bytes =
        canonicalize_doc::<&str>(&document, C14nMode::Exclusive, Some(&nodes), &[]).unwrap();
    let key = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/vectors/keys/provider.key.pem"
    );
    let mut openssl = Command::new("openssl")
        .args(["dgst", "-sha1", "-sign", key])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    openssl.stdin.take().unwrap().write_all(&bytes).unwrap();
    let value = STANDARD.encode(openssl.wait_with_output().unwrap().stdout);
    let start = response.find("<ds:SignatureValue>").unwrap() + "<ds:SignatureValue>".len();
    let end = response.find("</ds:SignatureValue>").unwrap();
    format!("{}{value}{}", &response[..start], &response[end..])
}

fn outcome(shape: &Shape) -> Result<SignIn, Refused> {
    let response = shape.response();
    check(
        response.as_bytes(),
        &shape.connection(),
        None,
        &request(),
        now(),
    )
}

#[test]
fn an_address_that_the_provider_has_not_verified_is_refused() {
    let mut auth0 = shape(Preset::Auth0);
    auth0.attributes[2].1 = vec!["false".to_owned()];
    assert_eq!(outcome(&auth0), Err(Refused::EmailNotVerified));
}

#[test]
fn a_provider_that_declines_is_quoted_briefly() {
    let mut shape = shape(Preset::EntraId);
    shape.status = r#"<P:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"/><P:StatusMessage>No access</P:StatusMessage>"#;
    assert_eq!(
        outcome(&shape),
        Err(Refused::Declined("Responder: No access".to_owned()))
    );
}

#[test]
fn every_refusal_has_its_code_at_its_beginning() {
    let refused = outcome(&Shape {
        audience: "https://other.example".to_owned(),
        ..shape(Preset::Okta)
    })
    .unwrap_err();
    assert!(refused.to_string().starts_with(refused.code()));
}

#[test]
fn a_mapping_is_kept_as_json_and_unknown_members_are_refused() {
    for preset in Preset::ALL {
        let text = serde_json::to_string(&preset.mapping()).unwrap();
        assert_eq!(
            serde_json::from_str::<Mapping>(&text).unwrap(),
            preset.mapping()
        );
    }
    assert!(serde_json::from_str::<Mapping>(r#"{"mail":[]}"#).is_err());
}

#[test]
fn a_connection_is_kept_as_json() {
    let connection = shape(Preset::Okta).connection();
    let text = serde_json::to_string(&connection).unwrap();
    assert_eq!(
        serde_json::from_str::<saml::Connection>(&text).unwrap(),
        connection
    );
}
