//! Signed by the right provider, and still not for us, not now, or not for this person.

use saml::response::Refused;

use super::attacks;
use crate::{
    encryption,
    forge::{Signed, base},
    provider::{SERVICE, Shape, after},
};

/// A response that the provider itself signs, with something else in it.
fn signed(change: fn(&mut Shape)) -> String {
    let mut shape = base(Signed::Assertion);
    change(&mut shape);
    shape.response()
}

/// The same with something put in after a part of it, before the provider signs.
fn signed_with(part: &str, more: &str) -> String {
    let shape = base(Signed::Assertion);
    let template = shape.assertion_with(&shape.template(&shape.assertion_id));
    shape.around(&shape.signed(&template.replacen(part, &format!("{part}{more}"), 1)))
}

/// The same without an element, as the provider signs it.
fn signed_without(name: &str) -> String {
    let shape = base(Signed::Assertion);
    let template = shape.assertion_with(&shape.template(&shape.assertion_id));
    let start = template.find(&format!("<saml2:{name}>")).unwrap();
    let close = format!("</saml2:{name}>");
    let end = template.find(&close).unwrap() + close.len();
    shape.around(&shape.signed(&format!("{}{}", &template[..start], &template[end..])))
}

attacks! {
    wrong_issuer (kept) Refused::Issuer { .. } => signed(|it| it.issuer = "http://www.okta.com/exk999".into());
    wrong_issuer_of_the_response_alone (kept) Refused::Issuer { .. } => signed(|_| ())
        .replacen("exk133onomIuOW98z357", "exk999", 1);
    wrong_issuer_of_the_assertion_alone (kept) Refused::Issuer { .. } => {
        let honest = base(Signed::Assertion);
        let other = Shape { issuer: "http://www.okta.com/exk999".to_owned(), ..honest.clone() };
        honest.around(&other.assertion())
    };
    no_audience (kept) Refused::Incomplete(_) => signed_without("AudienceRestriction");
    wrong_audience (kept) Refused::Audience(_) => signed(|it| it.audience = "https://other.example".into());
    audience_that_only_begins_like_ours (kept) Refused::Audience(_) => signed(|it| it.audience = format!("{SERVICE}.evil.example"));
    a_second_audience_restriction_for_another (kept) Refused::Audience(_) => signed(|it| it.more_conditions =
        "<saml2:AudienceRestriction><saml2:Audience>https://other.example</saml2:Audience></saml2:AudienceRestriction>");
    wrong_recipient (kept) Refused::Recipient(_) => signed(|it| it.recipient = "https://other.example/acs".into());
    wrong_destination (kept) Refused::Destination(_) => signed(|it| it.destination = Some("https://other.example/acs".to_owned()));
    answer_to_another_request (kept) Refused::InResponseTo => signed(|it| {
        it.in_response_to = Some("_other".to_owned());
        it.confirmed_request = Some("_other".to_owned());
    });
    answer_to_another_request_in_the_assertion (kept) Refused::InResponseTo => signed(|it| it.confirmed_request = Some("_other".to_owned()));
    answer_to_another_request_in_the_response_alone (kept) Refused::InResponseTo =>
        signed(|it| it.in_response_to = Some("_other".to_owned()));
    answer_to_no_request (kept) Refused::InResponseTo => signed(|it| {
        it.in_response_to = None;
        it.confirmed_request = None;
    });
    answer_to_no_request_in_the_assertion (kept) Refused::InResponseTo => signed(|it| it.confirmed_request = None);
    expired (kept) Refused::Expired(_) => signed(|it| it.valid_until = after(-180));
    confirmation_expired (kept) Refused::Expired(_) => signed(|it| it.confirmed_until = after(-180));
    session_over (kept) Refused::Expired(_) => signed_with(
        "<saml2:AuthnStatement ", &format!("SessionNotOnOrAfter=\"{}\" ", after(-180)));
    confirmation_not_yet_valid (kept) Refused::NotYetValid(_) => signed_with(
        "<saml2:SubjectConfirmationData ", &format!("NotBefore=\"{}\" ", after(181)));
    element_in_a_signed_name_id (kept) Refused::Incomplete(_) =>
        signed(|it| it.name_id = "mira<x/>@acme.example".into());
    not_yet_valid (kept) Refused::NotYetValid(_) => signed(|it| it.valid_from = after(181));
    times_that_are_none (kept) Refused::Signature => signed(|_| ()).replace("NotBefore=\"2026", "NotBefore=\"tomorrow");
    condition_that_is_not_understood (kept) Refused::Condition(_) => signed(|it| it.more_conditions =
        r#"<x:Condition xmlns:x="urn:x"/>"#);
    no_bearer_confirmation (kept) Refused::Incomplete(_) => signed(|it| it.method_of_confirmation = "holder-of-key");
    no_authentication_statement (kept) Refused::Incomplete(_) => signed(|it| it.statement = false);
    another_version (kept) Refused::Incomplete(_) => signed(|it| it.version = "1.1");
    declined_by_the_provider (kept) Refused::Declined(_) => signed(|it| it.status =
        r#"<P:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Requester"><P:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:RequestUnsupported"/></P:StatusCode><P:StatusMessage>AADSTS75006: it was not understood.</P:StatusMessage>"#);
    no_email_address (kept) Refused::NoEmail => signed(|it| {
        it.attributes.clear();
        it.name_id = "ana_x.com#EXT#@t.onmicrosoft.com".into();
    });
    two_email_addresses (kept) Refused::Ambiguous("email") => signed(|it| it.attributes[0].1.push("admin@acme.example".to_owned()));
    empty_name_id (kept) Refused::Incomplete(_) => signed(|it| it.name_id = " ".into());
    encrypted_to_another_key (stored) Refused::Undecryptable => encryption::to("other");
    encrypted_and_unsigned (stored) Refused::Undecryptable => encryption::unsigned();
    encrypted_by_a_stranger_who_signed (stored) Refused::Undecryptable => encryption::by_stranger();
    encrypted_two_assertions (stored) Refused::Undecryptable => encryption::two();
    encrypted_key_by_rsa_1_5 (stored) Refused::Algorithm(_) => encryption::old_transport();
    encrypted_by_triple_des (stored) Refused::Algorithm(_) => encryption::old_cipher();
    encrypted_ciphertext_changed (stored) Refused::Undecryptable => encryption::changed();
    encrypted_beside_a_plain_one (stored) Refused::Assertions(2) => encryption::beside_plain();
    encrypted_from_a_reference (stored) Refused::Undecryptable => encryption::referenced();
}
