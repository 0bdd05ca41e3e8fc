//! What an admin sees who tests a connection.

use saml::{
    attributes::Preset,
    report::{Name, Report, Verdict, Warning, look},
};

use crate::{
    encryption,
    forge::{Signed, base},
    provider::{Shape, after, now, request, service_key, shape},
};

fn report(shape: &Shape) -> Report {
    look(
        shape.response().as_bytes(),
        &shape.connection(),
        Some(&service_key()),
        &request(),
        now(),
    )
}

fn verdicts(report: &Report, verdict: Verdict) -> Vec<Name> {
    report
        .fields
        .iter()
        .filter(|field| field.verdict == verdict)
        .map(|field| field.name)
        .collect()
}

fn found(report: &Report, name: Name) -> Vec<String> {
    report
        .fields
        .iter()
        .filter(|field| field.name == name)
        .flat_map(|field| field.found.clone())
        .collect()
}

#[test]
fn a_good_response_is_shown_field_by_field() {
    for preset in Preset::ALL {
        let report = report(&shape(preset));
        assert_eq!(report.refused, None, "{preset:?}");
        assert!(verdicts(&report, Verdict::Wrong).is_empty(), "{preset:?}");
        assert_eq!(found(&report, Name::Email), ["mira@acme.example"]);
        assert!(report.warnings.is_empty());
    }
}

#[test]
fn a_wrong_audience_is_pointed_at_and_everything_else_is_still_shown() {
    let report = report(&Shape {
        audience: "https://other.example".to_owned(),
        ..shape(Preset::Okta)
    });
    assert_eq!(verdicts(&report, Verdict::Wrong), [Name::Audience]);
    assert_eq!(report.refused.clone().unwrap().0, "UL-1647");
    assert_eq!(found(&report, Name::NameId), ["mira@acme.example"]);
    assert!(found(&report, Name::Email).is_empty(), "nobody signed in");
}

#[test]
fn secrets_among_the_attributes_are_not_shown() {
    let report = report(&shape(Preset::Auth0));
    let text = serde_json::to_string(&report).unwrap();
    assert!(!text.contains("never-keep-this"));
    assert!(text.contains("access_token"));
}

#[test]
fn what_should_be_better_is_warned_of() {
    let mut entra = shape(Preset::EntraId);
    entra
        .attributes
        .retain(|(name, _)| name.ends_with("emailaddress"));
    let link = "http://schemas.microsoft.com/claims/groups.link".to_owned();
    entra
        .attributes
        .push((link, vec!["https://graph".to_owned()]));
    assert_eq!(
        report(&entra).warnings,
        [Warning::GroupsLeftOut, Warning::NoName]
    );
    let sha1 = Shape {
        digest: "http://www.w3.org/2000/09/xmldsig#sha1",
        ..shape(Preset::Auth0)
    };
    assert_eq!(report(&sha1).warnings, [Warning::Sha1]);
}

#[test]
fn a_certificate_near_its_end_is_warned_of() {
    let shape = shape(Preset::Okta);
    let connection = shape.connection();
    let left = connection.provider.certificates[0].until().as_second() - now().as_second();
    let late = after(left - 3 * 24 * 3600);
    let report = look(
        shape.response().as_bytes(),
        &connection,
        None,
        &request(),
        late,
    );
    assert!(report.warnings.contains(&Warning::CertificateEndsIn7Days));
}

#[test]
fn an_encrypted_response_is_shown_as_well() {
    let shape = base(Signed::Assertion);
    let sealed = encryption::sealed(
        &shape.assertion(),
        "service",
        encryption::GCM,
        "http://www.w3.org/2009/xmlenc11#rsa-oaep",
    );
    let response = shape.around(&sealed);
    let key = service_key();
    let report = look(
        response.as_bytes(),
        &shape.connection(),
        Some(&key),
        &request(),
        now(),
    );
    assert_eq!(report.refused, None);
    assert_eq!(found(&report, Name::Encrypted), ["true"]);
    assert_eq!(found(&report, Name::NameId), ["mira@acme.example"]);
}

#[test]
fn what_is_no_response_is_reported_without_fields() {
    let connection = shape(Preset::Okta).connection();
    let report = look(b"<html>", &connection, None, &request(), now());
    assert_eq!(report.refused.unwrap().0, "UL-1630");
    assert!(report.fields.is_empty());
}
