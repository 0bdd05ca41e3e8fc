//! Honest sign-ins pass.

use jiff::Timestamp;
use saml::{
    attributes::Preset,
    response::{SignIn, check, decode},
};

use crate::{
    forge::{Signed, base},
    provider::{ACS, Shape, after, certificate, now, request, shape},
    rules,
};

fn sign_in(shape: &Shape) -> SignIn {
    check(
        shape.response().as_bytes(),
        &shape.connection(),
        None,
        &request(),
        now(),
    )
    .unwrap()
}

#[test]
fn each_of_the_five_providers_signs_a_person_in() {
    for preset in Preset::ALL {
        let signed_in = sign_in(&shape(preset));
        assert_eq!(signed_in.person.email, "mira@acme.example", "{preset:?}");
        assert_eq!(signed_in.person.name.as_deref(), Some("Mira Okafor"));
    }
}

#[test]
fn each_of_the_five_may_sign_the_response_the_assertion_or_both() {
    for preset in Preset::ALL {
        for (response, assertion) in [(true, false), (false, true), (true, true)] {
            let signed_in = sign_in(&Shape {
                sign_response: response,
                sign_assertion: assertion,
                ..shape(preset)
            });
            assert_eq!(signed_in.protection.response_signed, response);
            assert_eq!(signed_in.protection.assertion_signed, assertion);
        }
    }
}

#[test]
fn okta_groups_and_role_are_mapped() {
    let person = sign_in(&shape(Preset::Okta)).person;
    assert_eq!(person.role.as_deref(), Some("supervisor"));
    assert_eq!(person.groups, ["Support", "Night & day"]);
}

#[test]
fn without_a_mapped_address_the_name_id_is_taken_if_it_is_one() {
    let person = sign_in(&Shape {
        attributes: Vec::new(),
        ..shape(Preset::EntraId)
    })
    .person;
    assert_eq!(person.email, "mira@acme.example");
    assert_eq!(person.name, None);
}

#[test]
fn more_than_150_groups_fit() {
    let mut large = shape(Preset::EntraId);
    let groups = (0..150).map(|n| format!("5581e43f-6096-41d4-8ffa-{n:012}"));
    large.attributes.last_mut().unwrap().1 = groups.collect();
    assert_eq!(sign_in(&large).person.groups.len(), 150);
}

#[test]
fn while_a_provider_rotates_its_key_both_are_good() {
    for key in ["provider", "provider-next"] {
        let shape = Shape {
            key,
            ..shape(Preset::Okta)
        };
        let mut connection = shape.connection();
        connection
            .provider
            .certificates
            .push(certificate("provider-next"));
        let signed_in = check(
            shape.response().as_bytes(),
            &connection,
            None,
            &request(),
            now(),
        )
        .unwrap();
        assert_eq!(
            signed_in.protection.fingerprint,
            certificate(key).fingerprint()
        );
    }
}

#[test]
fn ecdsa_is_taken() {
    let shape = Shape {
        key: "provider-ec",
        method: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
        ..shape(Preset::PingOne)
    };
    let mut connection = shape.connection();
    connection.provider.certificates = vec![certificate("provider-ec")];
    let response = shape.response();
    check(response.as_bytes(), &connection, None, &request(), now()).unwrap();
}

#[test]
fn clocks_may_differ_by_three_minutes() {
    let shape = shape(Preset::Okta);
    let response = shape.response();
    let at = |seconds| {
        check(
            response.as_bytes(),
            &shape.connection(),
            None,
            &request(),
            after(seconds),
        )
    };
    assert!(at(300 + 179).is_ok());
    assert!(at(300 + 180).is_err());
    assert!(at(-300 - 180).is_ok());
    assert!(at(-300 - 181).is_err());
}

#[test]
fn a_replayed_assertion_is_reported_under_the_same_id_for_as_long_as_it_could_be_taken() {
    let shape = shape(Preset::EntraId);
    let (first, second) = (sign_in(&shape), sign_in(&shape));
    assert_eq!(first.once, second.once);
    assert_eq!(first.once.id, shape.assertion_id);
    let response = shape.response();
    let at = |time| {
        check(
            response.as_bytes(),
            &shape.connection(),
            None,
            &request(),
            time,
        )
    };
    assert!(
        at(first.once.until).is_err(),
        "it may be forgotten too early"
    );
}

/// A bearer confirmation beside the first one.
fn confirmation(recipient: &str, until: Timestamp) -> String {
    format!(
        r#"<saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml2:SubjectConfirmationData InResponseTo="{}" NotOnOrAfter="{until}" Recipient="{recipient}"/></saml2:SubjectConfirmation>"#,
        request().as_str()
    )
}

#[test]
fn one_of_several_confirmations_is_enough() {
    sign_in(&Shape {
        more_confirmations: confirmation("https://other.example/acs", after(300)),
        ..shape(Preset::Okta)
    });
    sign_in(&Shape {
        recipient: "https://other.example/acs".to_owned(),
        more_confirmations: confirmation(ACS, after(300)),
        ..shape(Preset::Okta)
    });
}

#[test]
fn an_assertion_is_remembered_until_its_last_confirmation_is_over() {
    let signed_in = sign_in(&Shape {
        valid_until: after(300),
        more_confirmations: confirmation(ACS, after(3000)),
        ..shape(Preset::Okta)
    });
    assert_eq!(signed_in.once.until, after(3000 + 180));
}

#[test]
fn it_is_told_when_and_how_the_person_authenticated() {
    let signed_in = sign_in(&shape(Preset::EntraId));
    assert_eq!(signed_in.authenticated_at, Some(after(-300)));
    assert_eq!(signed_in.session_index.as_deref(), Some("_s1"));
    assert!(
        signed_in
            .context
            .unwrap()
            .ends_with(":PasswordProtectedTransport")
    );
}

#[test]
fn the_form_field_may_have_line_breaks() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let field = STANDARD.encode("<a/>").replace('=', "\r\n=");
    assert_eq!(decode(&field).unwrap(), b"<a/>");
    assert!(decode("<a/>").is_err());
    assert!(decode(&"A".repeat(14 << 20)).is_err());
}

#[test]
fn sha1_passes_where_the_connection_allows_it_and_is_reported() {
    let shape = Shape {
        digest: "http://www.w3.org/2000/09/xmldsig#sha1",
        ..shape(Preset::Auth0)
    };
    let mut connection = shape.connection();
    connection.sha1_allowed = true;
    let response = shape.response();
    let signed_in = check(response.as_bytes(), &connection, None, &request(), now()).unwrap();
    assert!(signed_in.protection.sha1);
    let response = rules::rsa_sha1();
    let mut connection = base(Signed::Assertion).connection();
    connection.sha1_allowed = true;
    let signed_in = check(response.as_bytes(), &connection, None, &request(), now()).unwrap();
    assert!(signed_in.protection.sha1);
}
