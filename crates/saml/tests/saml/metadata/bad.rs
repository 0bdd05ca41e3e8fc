//! Metadata that is refused; each is a vector in the tree.

use std::io::Write;

use saml::metadata::{MetadataError, read, write};

use super::{okta, other_address, several, without_declaration};
use crate::{
    forge::{Signed, base},
    provider::{certificate, key_file, now},
    vectors,
};

fn with_certificate(base64: &str) -> String {
    okta().replace(&certificate("provider").base64(), base64)
}

fn weak() -> String {
    key_file("weak.cert")
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect()
}

/// A name, how the vector is made, and which refusals are right.
type Bad = (&'static str, fn() -> String, fn(&MetadataError) -> bool);

const BAD: &[Bad] = &[
    (
        "metadata_web_page",
        || "<!DOCTYPE html><html><body>Sign in</body></html>".to_owned(),
        |error| matches!(error, MetadataError::WebPage),
    ),
    (
        "metadata_old_web_page",
        || "<HTML><body><p>Sign in".to_owned(),
        |error| matches!(error, MetadataError::WebPage),
    ),
    (
        "metadata_expired",
        || {
            okta().replace(
                "<md:EntityDescriptor ",
                r#"<md:EntityDescriptor validUntil="2026-11-25T09:59:59Z" "#,
            )
        },
        |error| matches!(error, MetadataError::Expired(_)),
    ),
    (
        "metadata_expired_role",
        || {
            okta().replace(
                "<md:IDPSSODescriptor ",
                r#"<md:IDPSSODescriptor validUntil="2020-01-01T00:00:00Z" "#,
            )
        },
        |error| matches!(error, MetadataError::Expired(_)),
    ),
    (
        "metadata_expired_in_its_envelope",
        || {
            several(1).replace(
                "<md:EntitiesDescriptor ",
                r#"<md:EntitiesDescriptor validUntil="2020-01-01T00:00:00Z" "#,
            )
        },
        |error| matches!(error, MetadataError::Expired(_)),
    ),
    (
        "metadata_two_providers",
        || several(2),
        |error| matches!(error, MetadataError::Several(2)),
    ),
    (
        "metadata_two_roles_in_one_entity",
        || {
            let okta = okta();
            let start = okta.find("<md:IDPSSODescriptor").unwrap();
            let end = okta.find("</md:EntityDescriptor>").unwrap();
            format!("{}{}", &okta[..end], &okta[start..])
        },
        |error| matches!(error, MetadataError::Several(2)),
    ),
    (
        "metadata_dtd",
        || format!("<!DOCTYPE md>{}", without_declaration()),
        |error| matches!(error, MetadataError::Dtd),
    ),
    (
        "metadata_external_entity",
        || {
            format!(
                r#"<!DOCTYPE md [<!ENTITY f SYSTEM "file:///etc/passwd">]>{}"#,
                without_declaration().replace("exk133onomIuOW98z357", "&f;")
            )
        },
        |error| matches!(error, MetadataError::Dtd),
    ),
    (
        "metadata_truncated",
        || okta()[..900].to_owned(),
        |error| matches!(error, MetadataError::NotMetadata),
    ),
    (
        "metadata_of_something_else",
        || "<rss/>".to_owned(),
        |error| matches!(error, MetadataError::NotMetadata),
    ),
    (
        "metadata_of_a_service",
        || write(&base(Signed::Assertion).connection().service, None),
        |error| matches!(error, MetadataError::NoProvider),
    ),
    (
        "metadata_of_saml_1",
        || okta().replace("SAML:2.0:protocol", "SAML:1.1:protocol"),
        |error| matches!(error, MetadataError::NoProvider),
    ),
    (
        "metadata_without_name",
        || okta().replace("http://www.okta.com/exk133onomIuOW98z357", " "),
        |error| matches!(error, MetadataError::NotMetadata),
    ),
    (
        "metadata_without_redirect",
        || okta().replace("HTTP-Redirect", "SOAP"),
        |error| matches!(error, MetadataError::NoRedirect),
    ),
    (
        "metadata_address_not_https",
        || other_address("http://acme.okta.com/sso"),
        |error| matches!(error, MetadataError::Address(_)),
    ),
    (
        "metadata_address_is_script",
        || other_address("javascript:alert(1)"),
        |error| matches!(error, MetadataError::Address(_)),
    ),
    (
        "metadata_address_with_a_password",
        || other_address("https://a:b@acme.okta.com/sso"),
        |error| matches!(error, MetadataError::Address(_)),
    ),
    (
        "metadata_without_certificate",
        || okta().replace("use=\"signing\"", "use=\"encryption\""),
        |error| matches!(error, MetadataError::NoCertificate),
    ),
    (
        "metadata_certificate_cut_off",
        || with_certificate(&certificate("provider").base64()[..400]),
        |error| matches!(error, MetadataError::Certificate(_)),
    ),
    (
        "metadata_certificate_split_by_a_comment",
        || with_certificate("MIID<!-- -->AAAA"),
        |error| matches!(error, MetadataError::Certificate(_)),
    ),
    (
        "metadata_weak_key",
        || with_certificate(&weak()),
        |error| matches!(error, MetadataError::Certificate(_)),
    ),
];

#[test]
fn bad_metadata_is_refused_for_its_own_reason() {
    let mut refused = 0;
    for (name, make, right) in BAD {
        let vector = vectors::same(name, &make());
        let error = read(vector.as_bytes(), now()).unwrap_err();
        assert!(right(&error), "{name}: {error:?}");
        assert!(error.to_string().starts_with(error.code()));
        refused += 1;
    }
    let large = okta().replace(
        "<md:NameIDFormat>",
        &format!("{}<md:NameIDFormat>", " ".repeat(10 << 20)),
    );
    assert_eq!(read(large.as_bytes(), now()), Err(MetadataError::TooLarge));
    writeln!(
        std::io::stderr(),
        "SAML: {} bad metadata tried, {} refused",
        BAD.len() + 1,
        refused + 1
    )
    .unwrap();
}
