//! Which of a provider's attributes mean what.
//!
//! A mapping lists names in the order in which they are tried; the first that has a value counts.
//! Names are compared exactly. What is not mapped is not kept: assertions carry things that nobody
//! should store (Auth0 puts access tokens of social sign-ins among them).

use serde::{Deserialize, Serialize};

/// An attribute of an assertion: its name and its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    pub name: String,
    pub values: Vec<String>,
}

/// The names of the attributes that are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// The email address. Without one, a name ID that is an email address is taken.
    pub email: Vec<String>,
    /// Whether the provider has verified the address; only a plain "no" counts.
    pub email_verified: Vec<String>,
    /// The whole name.
    pub name: Vec<String>,
    /// The given name, where there is no whole one.
    pub given_name: Vec<String>,
    /// The family name, where there is no whole one.
    pub family_name: Vec<String>,
    /// The role.
    pub role: Vec<String>,
    /// Groups, for teams.
    pub groups: Vec<String>,
}

/// The five providers whose habits are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// Okta: sends no attribute unless an admin adds it; these are the usual names.
    Okta,
    /// Microsoft Entra ID.
    EntraId,
    /// Auth0's SAML2 web app add-on.
    Auth0,
    /// `JumpCloud`: names are free; these are the usual ones.
    JumpCloud,
    /// `PingOne`: names are free; these are the usual ones.
    PingOne,
}

/// Who signed in, as the mapping reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The email address, in lower case.
    pub email: String,
    /// The whole name, if it was sent.
    pub name: Option<String>,
    /// The role as the provider names it.
    pub role: Option<String>,
    /// Groups as the provider names them.
    pub groups: Vec<String>,
}

/// Why no person can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unmapped {
    /// No email address came.
    NoEmail,
    /// The provider says that the address is not verified.
    EmailNotVerified,
    /// Two different values came where there is one.
    Ambiguous(&'static str),
}

impl Preset {
    /// All presets.
    pub const ALL: [Self; 5] = [
        Self::Okta,
        Self::EntraId,
        Self::Auth0,
        Self::JumpCloud,
        Self::PingOne,
    ];

    /// The mapping to start with.
    pub fn mapping(self) -> Mapping {
        const CLAIMS: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let claim = |name: &str| format!("{CLAIMS}{name}");
        let plain = Mapping {
            email: owned(&["email", "mail", "Email", "emailAddress", "Email Address"]),
            email_verified: Vec::new(),
            name: owned(&["name", "displayName", "fullName"]),
            given_name: owned(&["firstName", "firstname", "FirstName", "Given Name"]),
            family_name: owned(&["lastName", "lastname", "LastName", "Family Name"]),
            role: owned(&["role", "Role"]),
            groups: owned(&["groups", "Groups"]),
        };
        let by_claims = Mapping {
            email: vec![claim("emailaddress")],
            given_name: vec![claim("givenname")],
            family_name: vec![claim("surname")],
            ..plain.clone()
        };
        match self {
            Self::Okta => Mapping {
                email: [plain.email.clone(), vec![claim("emailaddress")]].concat(),
                ..plain
            },
            Self::EntraId => Mapping {
                name: owned(&["http://schemas.microsoft.com/identity/claims/displayname"]),
                role: owned(&["http://schemas.microsoft.com/ws/2008/06/identity/claims/role"]),
                groups: owned(&["http://schemas.microsoft.com/ws/2008/06/identity/claims/groups"]),
                ..by_claims
            },
            Self::Auth0 => Mapping {
                email_verified: owned(&["http://schemas.auth0.com/email_verified"]),
                name: vec![claim("name")],
                role: owned(&["http://schemas.auth0.com/role"]),
                groups: owned(&[
                    "http://schemas.auth0.com/roles",
                    "http://schemas.auth0.com/groups",
                ]),
                ..by_claims
            },
            Self::JumpCloud => Mapping {
                groups: owned(&["memberOf", "groups"]),
                ..plain
            },
            Self::PingOne => Mapping {
                groups: owned(&["Group Names", "groups", "memberOf"]),
                ..plain
            },
        }
    }
}

/// Whether a text is an email address of the plain kind: what an account can have.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    // Entra's guests have names such as `ana_x.com#EXT#@t.onmicrosoft.com`: no address.
    let plain = |part: &str, more: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|character| character.is_alphanumeric() || more.contains(character))
    };
    text.len() <= 254
        && plain(local, "!$%&'*+-/=?^_`{|}~.")
        && plain(domain, "-.")
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
}

impl Mapping {
    /// All values of the first listed attribute that has any.
    fn all<'a>(names: &[String], attributes: &'a [Attribute]) -> Vec<&'a str> {
        names
            .iter()
            .map(|name| {
                attributes
                    .iter()
                    .filter(|attribute| attribute.name == *name)
                    .flat_map(|attribute| &attribute.values)
                    .map(String::as_str)
                    .filter(|value| !value.is_empty())
                    .collect::<Vec<_>>()
            })
            .find(|values| !values.is_empty())
            .unwrap_or_default()
    }

    /// The one value of the first listed attribute that has any.
    fn one<'a>(
        names: &[String],
        attributes: &'a [Attribute],
        what: &'static str,
    ) -> Result<Option<&'a str>, Unmapped> {
        let values = Self::all(names, attributes);
        let first = values.first().copied();
        if values.iter().any(|value| Some(*value) != first) {
            return Err(Unmapped::Ambiguous(what));
        }
        Ok(first)
    }

    /// Reads a person.
    pub(crate) fn read(&self, attributes: &[Attribute], name_id: &str) -> Result<Person, Unmapped> {
        let verified = Self::one(&self.email_verified, attributes, "email_verified")?;
        if verified.is_some_and(|value| value.eq_ignore_ascii_case("false") || value == "0") {
            return Err(Unmapped::EmailNotVerified);
        }
        let email = Self::one(&self.email, attributes, "email")?
            .or(Some(name_id))
            .filter(|email| is_email(email))
            .ok_or(Unmapped::NoEmail)?
            .to_lowercase();
        let whole = Self::one(&self.name, attributes, "name")?.map(str::to_owned);
        let given = Self::one(&self.given_name, attributes, "given_name")?;
        let family = Self::one(&self.family_name, attributes, "family_name")?;
        let parts: Vec<&str> = given.into_iter().chain(family).collect();
        let joined = (!parts.is_empty()).then(|| parts.join(" "));
        Ok(Person {
            email,
            name: whole.or(joined),
            role: Self::one(&self.role, attributes, "role")?.map(str::to_owned),
            groups: Self::all(&self.groups, attributes)
                .into_iter()
                .map(str::to_owned)
                .collect(),
        })
    }
}
