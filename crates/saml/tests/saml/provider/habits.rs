//! What each of the five sends by default, with the attributes that their admins usually add.

use saml::attributes::Preset;

use super::{
    ACS, CLAIMS, EMAIL, EXCLUSIVE, RSA_SHA256, SERVICE, SHA256, Shape, UNSPECIFIED, after, request,
};

fn plain(preset: Preset) -> Shape {
    Shape {
        preset,
        protocol_prefix: "samlp",
        assertion_prefix: "saml",
        issuer: "JumpCloud".to_owned(),
        response_id: "_response41".to_owned(),
        assertion_id: "_assertion41".to_owned(),
        sign_response: false,
        sign_assertion: true,
        key: "provider",
        method: RSA_SHA256,
        digest: SHA256,
        canonicalization: EXCLUSIVE,
        inclusive_prefixes: "",
        name_id_format: EMAIL,
        name_id: "mira@acme.example".to_owned(),
        attributes: Vec::new(),
        attributes_first: false,
        typed: false,
        destination: Some(ACS.to_owned()),
        in_response_to: Some(request().as_str().to_owned()),
        recipient: ACS.to_owned(),
        confirmed_request: Some(request().as_str().to_owned()),
        confirmed_until: after(300),
        audience: SERVICE.to_owned(),
        valid_from: after(-300),
        valid_until: after(300),
        more_conditions: "",
        more_confirmations: String::new(),
        method_of_confirmation: "bearer",
        statement: true,
        version: "2.0",
        status: r#"<P:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>"#,
    }
}

fn attributes(pairs: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
    pairs
        .iter()
        .map(|(name, values)| {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            ((*name).to_owned(), values)
        })
        .collect()
}

/// What each of the five sends by default (the attributes as their admins usually add them).
pub fn shape(preset: Preset) -> Shape {
    let claim = |name: &str| format!("{CLAIMS}{name}");
    match preset {
        Preset::Okta => Shape {
            protocol_prefix: "saml2p",
            assertion_prefix: "saml2",
            issuer: "http://www.okta.com/exk133onomIuOW98z357".to_owned(),
            response_id: "id16840560768881302023120713".to_owned(),
            assertion_id: "id1684056077776386493060641".to_owned(),
            sign_response: true,
            inclusive_prefixes: "xs",
            name_id_format: UNSPECIFIED,
            attributes: attributes(&[
                ("email", &["Mira@Acme.example"]),
                ("firstName", &["Mira"]),
                ("lastName", &["Okafor"]),
                ("role", &["supervisor"]),
                ("groups", &["Support", "Night & day"]),
            ]),
            typed: true,
            ..plain(preset)
        },
        Preset::EntraId => Shape {
            assertion_prefix: "",
            issuer: "https://sts.windows.net/82869000-6ad1-48f0-8171-272ed18796e9/".to_owned(),
            response_id: "_d1fa9e38-f0d1-4f5b-8b1a-0b9c5a2a5a4e".to_owned(),
            assertion_id: "_3ab4e7c2-9a3d-4d53-8d1c-2d7f0b1b1d00".to_owned(),
            attributes: attributes(&[
                (
                    "http://schemas.microsoft.com/identity/claims/tenantid",
                    &["82869000"],
                ),
                (
                    "http://schemas.microsoft.com/identity/claims/displayname",
                    &["Mira Okafor"],
                ),
                (
                    "http://schemas.microsoft.com/claims/authnmethodsreferences",
                    &["urn:a", "urn:b"],
                ),
                (&claim("emailaddress"), &["mira@acme.example"]),
                (&claim("givenname"), &["Mira"]),
                (&claim("surname"), &["Okafor"]),
                (&claim("name"), &["mira.okafor@acme.onmicrosoft.com"]),
                (
                    "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups",
                    &["5581e43f-6096-41d4-8ffa-04e560bab39d"],
                ),
            ]),
            attributes_first: true,
            valid_until: after(65 * 60),
            confirmed_until: after(65 * 60),
            ..plain(preset)
        },
        Preset::Auth0 => Shape {
            issuer: "urn:acme.eu.auth0.com".to_owned(),
            response_id: "_8f2b1c5d9e".to_owned(),
            assertion_id: "_bQ7r2LkJ0n".to_owned(),
            name_id_format: UNSPECIFIED,
            name_id: "auth0|5f7c8ec7c33c6c004bbafe82".to_owned(),
            attributes: attributes(&[
                (&claim("emailaddress"), &["mira@acme.example"]),
                (&claim("name"), &["Mira Okafor"]),
                ("http://schemas.auth0.com/email_verified", &["true"]),
                ("http://schemas.auth0.com/roles", &["admin"]),
                (
                    "http://schemas.auth0.com/identities/default/access_token",
                    &["ya29.never-keep-this"],
                ),
            ]),
            typed: true,
            valid_until: after(3600),
            confirmed_until: after(3600),
            ..plain(preset)
        },
        Preset::JumpCloud => Shape {
            sign_response: true,
            sign_assertion: false,
            attributes: attributes(&[
                ("email", &["mira@acme.example"]),
                ("firstname", &["Mira"]),
                ("lastname", &["Okafor"]),
                ("memberOf", &["Support"]),
            ]),
            ..plain(preset)
        },
        Preset::PingOne => Shape {
            issuer: "https://auth.pingone.eu/5a0b1c2d-0000-4000-8000-1234567890ab".to_owned(),
            name_id_format: UNSPECIFIED,
            name_id: "6b1f2c3d-1111-4222-8333-abcdefabcdef".to_owned(),
            attributes: attributes(&[
                ("Email Address", &["mira@acme.example"]),
                ("Given Name", &["Mira"]),
                ("Family Name", &["Okafor"]),
            ]),
            ..plain(preset)
        },
    }
}
