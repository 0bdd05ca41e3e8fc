//! Makes the report: the fields as they came, beside what was expected.

use std::collections::BTreeSet;

use jiff::Timestamp;
use uppsala::{Document, NodeId};

use super::{Field, Name, Report, Verdict, Warning};
use crate::{
    attributes::Attribute,
    certificate::Expiry,
    connection::Connection,
    key::ServiceKey,
    request::RequestId,
    response::{
        Refused, SignIn, attributes, check, encrypted,
        form::{self, Assertion},
        refused::shown,
    },
    xml::{self, ASSERTION, attribute, content, named, only},
};

/// The words in an attribute's name that keep its value off the page.
const SECRET: [&str; 3] = ["token", "secret", "password"];
const GROUPS_LINK: &str = "http://schemas.microsoft.com/claims/groups.link";

/// Checks a response and says what came back.
pub fn look(
    response: &[u8],
    connection: &Connection,
    key: Option<&ServiceKey>,
    request: &RequestId,
    now: Timestamp,
) -> Report {
    let checked = check(response, connection, key, request, now);
    let mut report = Report {
        refused: checked
            .as_ref()
            .err()
            .map(|refused| (refused.code(), refused.to_string())),
        fields: Vec::new(),
        warnings: Vec::new(),
    };
    let document = xml::text(response, crate::response::LARGEST)
        .ok()
        .and_then(|text| xml::parse(text).ok());
    if let Some(document) = &document {
        report.of_response(document, connection, key, request);
    }
    match &checked {
        Ok(sign_in) => report.of_sign_in(sign_in),
        Err(Refused::Sha1) => report.warnings.push(Warning::Sha1),
        Err(_) => {}
    }
    let ends: BTreeSet<Warning> = connection
        .provider
        .certificates
        .iter()
        .filter_map(|certificate| match certificate.expiry(now) {
            Expiry::Far => None,
            Expiry::Within30Days => Some(Warning::CertificateEndsIn30Days),
            Expiry::Within7Days => Some(Warning::CertificateEndsIn7Days),
            Expiry::Over => Some(Warning::CertificateOver),
        })
        .collect();
    report.warnings.extend(ends);
    report
}

impl Report {
    fn show(&mut self, name: Name, found: impl IntoIterator<Item = String>) {
        self.add(name, None, found, Verdict::Shown);
    }

    fn add(
        &mut self,
        name: Name,
        expected: Option<&str>,
        found: impl IntoIterator<Item = String>,
        verdict: Verdict,
    ) {
        self.fields.push(Field {
            name,
            attribute: None,
            expected: expected.map(str::to_owned),
            found: found.into_iter().map(|text| shown(&text)).collect(),
            verdict,
        });
    }

    /// Adds what must be a given text; `optional` if it may be missing.
    fn compare(&mut self, name: Name, expected: &str, found: Option<String>, optional: bool) {
        let right = found.as_deref().map_or(optional, |found| found == expected);
        let verdict = if right {
            Verdict::Right
        } else {
            Verdict::Wrong
        };
        self.add(name, Some(expected), found, verdict);
    }

    fn of_response(
        &mut self,
        document: &Document<'_>,
        connection: &Connection,
        key: Option<&ServiceKey>,
        request: &RequestId,
    ) {
        let Some(root) = document.document_element() else {
            return;
        };
        let formed = form::form(document);
        let (declined, verdict) = match &formed {
            Err(Refused::Declined(why)) => (why.clone(), Verdict::Wrong),
            _ => ("Success".to_owned(), Verdict::Right),
        };
        self.add(Name::Status, Some("Success"), [declined], verdict);
        let text = |name| attribute(document, root, name).map(str::to_owned);
        let issuer =
            only(document, root, ASSERTION, "Issuer").and_then(|issuer| content(document, issuer));
        let provider = &connection.provider.entity_id;
        self.compare(Name::ResponseIssuer, provider, issuer, true);
        let acs = connection.service.acs.as_str();
        self.compare(Name::Destination, acs, text("Destination"), true);
        let request = request.as_str();
        self.compare(
            Name::ResponseInResponseTo,
            request,
            text("InResponseTo"),
            false,
        );
        match formed.map(|form| form.assertion) {
            Ok(Assertion::Plain(node, _)) => self.of_assertion(document, node, connection, request),
            Ok(Assertion::Encrypted(node)) => {
                let opened = key.and_then(|key| encrypted::open(document, node, key).ok());
                if let Some(document) = opened.as_deref().and_then(|text| xml::parse(text).ok())
                    && let Some(node) = document.document_element()
                {
                    self.of_assertion(&document, node, connection, request);
                }
            }
            Err(_) => {}
        }
    }

    fn of_assertion(
        &mut self,
        document: &Document<'_>,
        assertion: NodeId,
        connection: &Connection,
        request: &str,
    ) {
        let path = |names: &[&str]| {
            names.iter().try_fold(assertion, |node, name| {
                named(document, node, ASSERTION, name).next()
            })
        };
        let text = |names: &[&str]| path(names).and_then(|node| content(document, node));
        let value = |names: &[&str], name| {
            path(names)
                .and_then(|node| attribute(document, node, name))
                .map(str::to_owned)
        };
        let data = ["Subject", "SubjectConfirmation", "SubjectConfirmationData"];
        let provider = &connection.provider.entity_id;
        self.compare(Name::AssertionIssuer, provider, text(&["Issuer"]), false);
        let audience = text(&["Conditions", "AudienceRestriction", "Audience"]);
        let own = &connection.service.entity_id;
        self.compare(Name::Audience, own, audience, false);
        let acs = connection.service.acs.as_str();
        self.compare(Name::Recipient, acs, value(&data, "Recipient"), false);
        self.compare(
            Name::InResponseTo,
            request,
            value(&data, "InResponseTo"),
            false,
        );
        self.show(Name::NotBefore, value(&["Conditions"], "NotBefore"));
        self.show(Name::NotOnOrAfter, value(&data, "NotOnOrAfter"));
        self.show(Name::NameId, text(&["Subject", "NameID"]));
        self.show(Name::NameIdFormat, value(&["Subject", "NameID"], "Format"));
        self.show(
            Name::SessionIndex,
            value(&["AuthnStatement"], "SessionIndex"),
        );
        let context = ["AuthnStatement", "AuthnContext", "AuthnContextClassRef"];
        self.show(Name::AuthnContext, text(&context));
        for Attribute { name, values } in attributes(document, assertion) {
            if name == GROUPS_LINK {
                self.warnings.push(Warning::GroupsLeftOut);
            }
            let secret = SECRET
                .iter()
                .any(|word| name.to_ascii_lowercase().contains(word));
            let values = if secret {
                vec!["…".to_owned()]
            } else {
                values
            };
            self.show(Name::Attribute, values);
            if let Some(field) = self.fields.last_mut() {
                field.attribute = Some(shown(&name));
            }
        }
    }

    fn of_sign_in(&mut self, sign_in: &SignIn) {
        let protection = &sign_in.protection;
        let signed = [
            (protection.response_signed, "response"),
            (protection.assertion_signed, "assertion"),
        ];
        let signed = signed
            .into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, what)| what.to_owned());
        self.add(Name::Signed, None, signed, Verdict::Right);
        let fingerprint = protection.fingerprint.clone();
        self.add(Name::Certificate, None, [fingerprint], Verdict::Right);
        self.show(Name::Encrypted, [protection.encrypted.to_string()]);
        let person = &sign_in.person;
        self.add(Name::Email, None, [person.email.clone()], Verdict::Right);
        self.show(Name::PersonName, person.name.clone());
        self.show(Name::Role, person.role.clone());
        self.show(Name::Groups, person.groups.clone());
        if protection.sha1 {
            self.warnings.push(Warning::Sha1);
        }
        if person.name.is_none() {
            self.warnings.push(Warning::NoName);
        }
    }
}
