//! Signature wrapping, and other ways to have one thing checked and another one read.

use saml::response::Refused;

use super::attacks;
use crate::{
    forge::{Signed, base, cut, evil, wrapped},
    provider::Shape,
};

attacks! {
    xsw1_on_response (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(1, Signed::Response);
    xsw2_on_response (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(2, Signed::Response);
    xsw3_on_response (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(3, Signed::Response);
    xsw4_on_response (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(4, Signed::Response);
    xsw5_on_response (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(5, Signed::Response);
    xsw6_on_response (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(6, Signed::Response);
    xsw7_on_response (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(7, Signed::Response);
    xsw8_on_response (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(8, Signed::Response);
    xsw1_on_assertion (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(1, Signed::Assertion);
    xsw2_on_assertion (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(2, Signed::Assertion);
    xsw3_on_assertion (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(3, Signed::Assertion);
    xsw4_on_assertion (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(4, Signed::Assertion);
    xsw5_on_assertion (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(5, Signed::Assertion);
    xsw6_on_assertion (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(6, Signed::Assertion);
    xsw7_on_assertion (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(7, Signed::Assertion);
    xsw8_on_assertion (kept) Refused::Assertions(_) | Refused::Misplaced => wrapped(8, Signed::Assertion);
    two_assertions_signed_both (kept) Refused::Assertions(2) => {
        let honest = base(Signed::Assertion);
        let second = Shape { assertion_id: "_second".to_owned(), ..honest.clone() };
        honest.around(&format!("{}{}", honest.assertion(), second.assertion()))
    };
    no_assertion (kept) Refused::Assertions(0) => base(Signed::Response).around("");
    an_assertion_under_the_same_id (kept) Refused::Assertions(2) | Refused::DuplicateId => {
        let honest = base(Signed::Assertion);
        let evil = Shape { assertion_id: honest.assertion_id.clone(), ..evil(&honest) };
        honest.around(&format!("{}{}", evil.assertion_with(""), honest.assertion()))
    };
    an_id_twice (kept) Refused::DuplicateId => {
        let honest = base(Signed::Assertion);
        honest.response_with(
            &format!(r#"<saml2p:Extensions ID="{}"/>"#, honest.assertion_id),
            &honest.assertion(),
        )
    };
    an_id_in_another_namespace (kept) Refused::DuplicateId | Refused::Assertions(_) => {
        let honest = base(Signed::Assertion);
        let signed = honest.assertion();
        let (bare, signature) = cut(&signed);
        let id = format!(r#"ID="{}""#, honest.assertion_id);
        let evil = evil(&honest).assertion_with(&signature).replace(
            r#"ID="_evilassertion""#,
            &format!(r#"xmlns:x="urn:x" x:{id} ID="_evilassertion""#),
        );
        honest.response_with(&format!("<saml2p:Extensions>{bare}</saml2p:Extensions>"), &evil)
    };
    two_ids_on_the_assertion (kept) Refused::DuplicateId => {
        let honest = base(Signed::Assertion);
        let id = format!(r#"ID="{}""#, honest.assertion_id);
        honest.response().replace(&id, &format!(r#"{id} Id="_other""#))
    };
    an_assertion_in_another_namespace (kept) Refused::Assertions(2) => {
        let honest = base(Signed::Assertion);
        let foreign = evil(&honest)
            .assertion_with("")
            .replace("urn:oasis:names:tc:SAML:2.0:assertion", "urn:other");
        honest.around(&format!("{foreign}{}", honest.assertion()))
    };
    the_only_assertion_in_another_namespace (kept) Refused::Assertions(0) => base(Signed::Response)
        .around(&base(Signed::Response).assertion()
            .replace("urn:oasis:names:tc:SAML:2.0:assertion", "urn:other"));
    an_assertion_deeper_in_the_response (kept) Refused::Assertions(0) => {
        let honest = base(Signed::Response);
        honest.around(&format!("<saml2p:Extensions>{}</saml2p:Extensions>", honest.assertion()))
    };
    a_response_in_a_response (kept) Refused::Incomplete(_) | Refused::Assertions(_) => {
        let honest = base(Signed::Response);
        let (start, end) = ("<saml2p:Response xmlns:saml2p=\"urn:oasis:names:tc:SAML:2.0:protocol\">", "</saml2p:Response>");
        format!("{start}{}{end}", honest.response())
    };
    another_root (kept) Refused::Incomplete(_) => base(Signed::Assertion).assertion();
}
