//! Signatures that are missing, another's, over something else, or made in a way that is not taken.

use saml::response::Refused;

use super::attacks;
use crate::{
    forge::{Signed, base, cut, evil},
    provider::{EXCLUSIVE, SHA256, Shape, key_file},
    rules,
};

const ENVELOPED: &str =
    r#"<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>"#;

/// An honest response whose transforms were replaced.
fn transforms(with: &str) -> String {
    let honest = base(Signed::Assertion).response();
    let start = honest.find("<ds:Transforms>").unwrap() + "<ds:Transforms>".len();
    let end = honest.find("</ds:Transforms>").unwrap();
    format!("{}{with}{}", &honest[..start], &honest[end..])
}

fn transform(algorithm: &str, inside: &str) -> String {
    let exclusive = format!(r#"<ds:Transform Algorithm="{EXCLUSIVE}"/>"#);
    transforms(&format!(
        r#"{ENVELOPED}<ds:Transform Algorithm="{algorithm}">{inside}</ds:Transform>{exclusive}"#
    ))
}

fn with_method(method: &str) -> String {
    let shape = base(Signed::Assertion);
    shape.response().replace(shape.method, method)
}

/// The evil assertion, signed by the attacker's own key.
fn by_other(key: &'static str) -> String {
    Shape {
        key,
        ..evil(&base(Signed::Assertion))
    }
    .response()
}

/// A signature over a part of the response that nobody reads.
fn over(part: &str, id: &str) -> String {
    let honest = base(Signed::Assertion);
    let carrier = format!(r#"<saml2p:Extensions ID="{id}">{part}</saml2p:Extensions>"#);
    let template = honest.template(id);
    let evil = evil(&honest).assertion_with("");
    honest.signed(&honest.response_with(
        &carrier.replace("</saml2p:Ext", &format!("{template}</saml2p:Ext")),
        &evil,
    ))
}

/// The evil assertion with a true signature over something else in it.
fn over_other_by_assertion() -> String {
    let honest = base(Signed::Assertion);
    let signature = honest.template("_part");
    let evil = evil(&honest).assertion_with(&signature);
    honest.signed(&honest.response_with(
        r#"<saml2p:Extensions ID="_part">nobody reads this</saml2p:Extensions>"#,
        &evil,
    ))
}

fn reference(change: fn(&str) -> String) -> String {
    let honest = base(Signed::Assertion);
    let id = format!("URI=\"#{}\"", honest.assertion_id);
    honest.response().replace(&id, &change(&id))
}

fn two_references() -> String {
    let honest = base(Signed::Assertion).response();
    let start = honest.find("<ds:Reference ").unwrap();
    let end = honest.find("</ds:Reference>").unwrap() + "</ds:Reference>".len();
    format!(
        "{}{}{}",
        &honest[..end],
        &honest[start..end],
        &honest[end..]
    )
}

/// A true signature without any reference.
fn no_reference() -> String {
    let honest = base(Signed::Assertion).response();
    let start = honest.find("<ds:Reference ").unwrap();
    let end = honest.find("</ds:Reference>").unwrap() + "</ds:Reference>".len();
    format!("{}{}", &honest[..start], &honest[end..])
}

fn key_value() -> String {
    by_other("other").replace(
        "<ds:X509Data>",
        "<ds:KeyName>provider</ds:KeyName><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue><ds:X509Data>",
    )
}

attacks! {
    unsigned (kept) Refused::Unsigned => Shape { sign_assertion: false, ..base(Signed::Assertion) }.response();
    signed_by_another_key (kept) Refused::Signature => by_other("other");
    signed_by_another_key_under_the_providers_certificate (kept) Refused::Signature => {
        let (other, own) = (key_file("other.cert"), key_file("provider.cert"));
        let base64 = |pem: &str| saml::Certificate::read(pem).unwrap().base64();
        by_other("other").replace(&base64(&other), &base64(&own))
    };
    signed_by_a_key_in_the_signature (kept) Refused::Signature => key_value();
    signature_stripped (kept) Refused::Unsigned => cut(&base(Signed::Assertion).response()).0;
    name_changed_after_signing (kept) Refused::Signature => base(Signed::Assertion).response()
        .replace("Mira@Acme.example", "Admin@Acme.example");
    name_changed_in_a_signed_response (kept) Refused::Signature => base(Signed::Response).response()
        .replace("mira@acme.example", "admin@acme.example");
    assertion_good_but_response_changed (kept) Refused::Signature => {
        let both = Shape { sign_response: true, ..base(Signed::Assertion) };
        both.response().replace("id168405607688813", "id168405607688814")
    };
    response_good_but_assertion_by_another (kept) Refused::Signature => {
        let honest = base(Signed::Response);
        let other = Shape { key: "other", sign_assertion: true, ..honest.clone() };
        honest.around(&other.assertion())
    };
    response_signature_moved_to_the_assertion (kept) Refused::Misplaced => {
        let honest = base(Signed::Response);
        let (_, signature) = cut(&honest.response());
        honest.response_with("", &evil(&honest).assertion_with(&signature))
    };
    signature_of_an_older_assertion (kept) Refused::Signature => {
        let honest = base(Signed::Assertion);
        let (_, signature) = cut(&honest.assertion());
        let evil = Shape { assertion_id: honest.assertion_id.clone(), ..evil(&honest) };
        honest.response_with("", &evil.assertion_with(&signature))
    };
    signature_over_nothing_that_is_read (kept) Refused::Misplaced => over("nothing", "_nothing");
    signature_in_the_assertion_over_something_else (kept) Refused::Misplaced => over_other_by_assertion();
    signature_in_another_namespace (kept) Refused::Misplaced => base(Signed::Assertion).response()
        .replace("http://www.w3.org/2000/09/xmldsig#\">", "urn:other\">");
    two_signatures_in_the_assertion (kept) Refused::Misplaced => {
        let honest = base(Signed::Assertion);
        let (_, signature) = cut(&honest.assertion());
        honest.response().replace("<saml2:Subject>", &format!("{signature}<saml2:Subject>"))
    };
    reference_to_the_whole_document (kept) Refused::Misplaced => reference(|_| r#"URI="""#.to_owned());
    reference_without_address (kept) Refused::Misplaced => reference(|_| String::new());
    reference_by_pointer (kept) Refused::Misplaced => reference(|id| format!("URI=\"#xpointer(id('{}'))\"", &id[6..id.len() - 1]));
    reference_to_a_file (kept) Refused::Misplaced => reference(|_| r#"URI="file:///etc/passwd""#.to_owned());
    reference_to_an_attachment (kept) Refused::Misplaced => reference(|_| r#"URI="cid:attachment""#.to_owned());
    two_references_in_a_signature (kept) Refused::Misplaced => two_references();
    no_reference_in_a_signature (kept) Refused::Misplaced => no_reference();
    transform_by_xslt (kept) Refused::Transform(_) => transform("http://www.w3.org/TR/1999/REC-xslt-19991116",
        r#"<x:stylesheet xmlns:x="http://www.w3.org/1999/XSL/Transform" version="1.0"/>"#);
    transform_by_xpath (kept) Refused::Transform(_) => transform("http://www.w3.org/TR/1999/REC-xpath-19991116",
        "<ds:XPath>not(ancestor-or-self::*[local-name()='NameID'])</ds:XPath>");
    transform_by_xpath_filter (kept) Refused::Transform(_) => transform("http://www.w3.org/2002/06/xmldsig-filter2",
        r#"<f:XPath xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" Filter="intersect">//none</f:XPath>"#);
    transform_by_base64 (kept) Refused::Transform(_) => transform("http://www.w3.org/2000/09/xmldsig#base64", "");
    transform_by_inclusive_canonicalization (kept) Refused::Transform(_) => Shape {
        canonicalization: "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        ..base(Signed::Assertion)
    }.response();
    transforms_missing (kept) Refused::Transform(_) => transforms("");
    transforms_in_another_order (kept) Refused::Transform(_) => transforms(
        &format!(r#"<ds:Transform Algorithm="{EXCLUSIVE}"/>{ENVELOPED}"#));
    transform_twice (kept) Refused::Transform(_) => transforms(
        &format!(r#"{ENVELOPED}{ENVELOPED}<ds:Transform Algorithm="{EXCLUSIVE}"/>"#));
    transforms_without_canonicalization (kept) Refused::Transform(_) =>
        transforms(&format!("{ENVELOPED}{ENVELOPED}"));
    transform_in_another_namespace (kept) Refused::Misplaced => transforms(
        &format!(r#"<x:Transform xmlns:x="urn:x" Algorithm="{EXCLUSIVE}"/>"#));
    digest_by_sha1 (kept) Refused::Sha1 => Shape {
        digest: "http://www.w3.org/2000/09/xmldsig#sha1",
        ..base(Signed::Assertion)
    }.response();
    signature_by_sha1 (stored) Refused::Sha1 => rules::rsa_sha1_made();
    digest_by_md5 (kept) Refused::Algorithm(_) => base(Signed::Assertion).response()
        .replace(SHA256, "http://www.w3.org/2001/04/xmldsig-more#md5");
    signature_by_md5 (kept) Refused::Algorithm(_) => with_method("http://www.w3.org/2001/04/xmldsig-more#rsa-md5");
    signature_by_hmac_with_the_public_key (kept) Refused::Algorithm(_) => with_method("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256");
    signature_by_dsa (kept) Refused::Algorithm(_) => with_method("http://www.w3.org/2000/09/xmldsig#dsa-sha1");
    signature_by_no_method (kept) Refused::Algorithm(_) => with_method("");
    signature_value_empty (kept) Refused::Signature => {
        let honest = base(Signed::Assertion).response();
        let start = honest.find("<ds:SignatureValue>").unwrap() + "<ds:SignatureValue>".len();
        let end = honest.find("</ds:SignatureValue>").unwrap();
        format!("{}{}", &honest[..start], &honest[end..])
    };
}
