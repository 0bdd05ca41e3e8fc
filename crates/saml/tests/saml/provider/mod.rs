//! A small identity provider that can look like each of the five.

mod habits;

use bergshamra_dsig::{DsigContext, sign::sign};
use bergshamra_keys::{KeysManager, loader::load_pem_auto};
use jiff::{SignedDuration, Timestamp};
use saml::{
    Certificate, Connection, Provider, Service, ServiceKey, attributes::Preset, request::RequestId,
};

pub use self::habits::shape;

pub const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
pub const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
pub const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
pub const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
pub const EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
pub const ACS: &str = "https://id.acme.example/saml/7f3a/acs";
pub const SERVICE: &str = "https://id.acme.example/saml/7f3a";
pub const CLAIMS: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

/// The moment of every test.
pub fn now() -> Timestamp {
    "2026-11-25T10:00:00Z".parse().unwrap()
}

pub fn after(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

/// The request that is answered.
pub fn request() -> RequestId {
    RequestId::of([0x5a; 20])
}

pub fn key_file(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/keys");
    std::fs::read_to_string(format!("{folder}/{name}.pem")).unwrap()
}

pub fn certificate(name: &str) -> Certificate {
    Certificate::read(&key_file(&format!("{name}.cert"))).unwrap()
}

/// The service's own key.
pub fn service_key() -> ServiceKey {
    ServiceKey::read(&key_file("service.key").into(), &key_file("service.cert")).unwrap()
}

/// The provider's habits, and what it says this time.
#[derive(Clone)]
pub struct Shape {
    pub preset: Preset,
    pub protocol_prefix: &'static str,
    /// Empty for a default namespace.
    pub assertion_prefix: &'static str,
    pub issuer: String,
    pub response_id: String,
    pub assertion_id: String,
    pub sign_response: bool,
    pub sign_assertion: bool,
    pub key: &'static str,
    pub method: &'static str,
    pub digest: &'static str,
    pub canonicalization: &'static str,
    pub inclusive_prefixes: &'static str,
    pub name_id_format: &'static str,
    pub name_id: String,
    pub attributes: Vec<(String, Vec<String>)>,
    pub attributes_first: bool,
    pub typed: bool,
    pub destination: Option<String>,
    pub in_response_to: Option<String>,
    pub recipient: String,
    pub confirmed_request: Option<String>,
    pub confirmed_until: Timestamp,
    pub audience: String,
    pub valid_from: Timestamp,
    pub valid_until: Timestamp,
    pub more_conditions: &'static str,
    pub more_confirmations: String,
    pub method_of_confirmation: &'static str,
    pub statement: bool,
    pub version: &'static str,
    pub status: &'static str,
}

impl Shape {
    /// The connection as its admin made it.
    pub fn connection(&self) -> Connection {
        Connection {
            service: Service {
                entity_id: SERVICE.to_owned(),
                acs: ACS.parse().unwrap(),
            },
            provider: Provider {
                entity_id: self.issuer.clone(),
                sso: "https://idp.example/sso".parse().unwrap(),
                slo: None,
                certificates: vec![certificate("provider")],
                wants_signed_requests: false,
            },
            mapping: self.preset.mapping(),
            sha1_allowed: false,
        }
    }

    fn tag(&self) -> String {
        match self.assertion_prefix {
            "" => String::new(),
            prefix => format!("{prefix}:"),
        }
    }

    fn namespace(&self) -> String {
        let prefix = match self.assertion_prefix {
            "" => String::new(),
            prefix => format!(":{prefix}"),
        };
        format!(r#" xmlns{prefix}="urn:oasis:names:tc:SAML:2.0:assertion""#)
    }

    /// A signature that is still empty.
    pub fn template(&self, id: &str) -> String {
        let inclusive = match self.inclusive_prefixes {
            "" => String::new(),
            list => {
                format!(r#"<ec:InclusiveNamespaces xmlns:ec="{EXCLUSIVE}" PrefixList="{list}"/>"#)
            }
        };
        let (c14n, method, digest) = (self.canonicalization, self.method, self.digest);
        let certificate = certificate(self.key).base64();
        format!(
            r##"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{c14n}"/><ds:SignatureMethod Algorithm="{method}"/><ds:Reference URI="#{id}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="{c14n}">{inclusive}</ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="{digest}"/><ds:DigestValue></ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue></ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>"##
        )
    }

    /// The assertion with something (a signature) after its issuer.
    pub fn assertion_with(&self, signature: &str) -> String {
        let (t, namespace) = (self.tag(), self.namespace());
        let attributes = self.attribute_statement(&t);
        let authentication = if self.statement {
            format!(
                r#"<{t}AuthnStatement AuthnInstant="{from}" SessionIndex="_s1"><{t}AuthnContext><{t}AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</{t}AuthnContextClassRef></{t}AuthnContext></{t}AuthnStatement>"#,
                from = self.valid_from
            )
        } else {
            String::new()
        };
        let statements = if self.attributes_first {
            format!("{attributes}{authentication}")
        } else {
            format!("{authentication}{attributes}")
        };
        let answers = in_response_to(self.confirmed_request.as_deref());
        format!(
            r#"<{t}Assertion{namespace} ID="{id}" IssueInstant="{from}" Version="{version}"><{t}Issuer>{issuer}</{t}Issuer>{signature}<{t}Subject><{t}NameID Format="{format}">{name_id}</{t}NameID><{t}SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:{method}"><{t}SubjectConfirmationData{answers} NotOnOrAfter="{confirmed}" Recipient="{recipient}"/></{t}SubjectConfirmation>{confirmations}</{t}Subject><{t}Conditions NotBefore="{from}" NotOnOrAfter="{until}"><{t}AudienceRestriction><{t}Audience>{audience}</{t}Audience></{t}AudienceRestriction>{more}</{t}Conditions>{statements}</{t}Assertion>"#,
            id = self.assertion_id,
            from = self.valid_from,
            version = self.version,
            issuer = self.issuer,
            format = self.name_id_format,
            name_id = self.name_id,
            method = self.method_of_confirmation,
            confirmed = self.confirmed_until,
            recipient = self.recipient,
            until = self.valid_until,
            audience = self.audience,
            more = self.more_conditions,
            confirmations = self.more_confirmations,
        )
    }

    fn attribute_statement(&self, t: &str) -> String {
        if self.attributes.is_empty() {
            return String::new();
        }
        let kind = if self.typed {
            r#" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string""#
        } else {
            ""
        };
        let attributes: Vec<String> = self
            .attributes
            .iter()
            .map(|(name, values)| {
                let values: Vec<String> = values
                    .iter()
                    .map(|value| value.replace('&', "&amp;"))
                    .map(|value| format!("<{t}AttributeValue{kind}>{value}</{t}AttributeValue>"))
                    .collect();
                let values = values.concat();
                format!(r#"<{t}Attribute Name="{name}">{values}</{t}Attribute>"#)
            })
            .collect();
        let attributes = attributes.concat();
        format!("<{t}AttributeStatement>{attributes}</{t}AttributeStatement>")
    }

    /// The assertion, signed if this provider does so.
    pub fn assertion(&self) -> String {
        if self.sign_assertion {
            self.signed(&self.assertion_with(&self.template(&self.assertion_id)))
        } else {
            self.assertion_with("")
        }
    }

    /// A response around something in place of its signature, and around an assertion.
    pub fn response_with(&self, signature: &str, assertion: &str) -> String {
        let (p, t, namespace) = (self.protocol_prefix, self.tag(), self.namespace());
        let destination = self
            .destination
            .as_ref()
            .map(|address| format!(r#" Destination="{address}""#))
            .unwrap_or_default();
        let answers = in_response_to(self.in_response_to.as_deref());
        let status = self.status.replace("P:", &format!("{p}:"));
        format!(
            r#"<{p}:Response xmlns:{p}="urn:oasis:names:tc:SAML:2.0:protocol"{destination} ID="{id}"{answers} IssueInstant="{from}" Version="2.0"><{t}Issuer{namespace}>{issuer}</{t}Issuer>{signature}<{p}:Status>{status}</{p}:Status>{assertion}</{p}:Response>"#,
            id = self.response_id,
            from = self.valid_from,
            issuer = self.issuer,
        )
    }

    /// The whole response around an assertion, signed if this provider does so.
    pub fn around(&self, assertion: &str) -> String {
        if self.sign_response {
            self.signed(&self.response_with(&self.template(&self.response_id), assertion))
        } else {
            self.response_with("", assertion)
        }
    }

    /// The response.
    pub fn response(&self) -> String {
        self.around(&self.assertion())
    }

    /// Fills the first empty signature.
    pub fn signed(&self, template: &str) -> String {
        let key = key_file(&format!("{}.key", self.key));
        let mut keys = KeysManager::new();
        keys.add_key(load_pem_auto(key.as_bytes(), None).unwrap());
        sign(&DsigContext::new(keys), template).unwrap()
    }
}

fn in_response_to(request: Option<&str>) -> String {
    request
        .map(|id| format!(r#" InResponseTo="{id}""#))
        .unwrap_or_default()
}
