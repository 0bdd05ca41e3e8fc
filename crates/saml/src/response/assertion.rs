//! Reads an assertion that a signature covers, and checks what it says.
//!
//! The rules of SAML V2.0 Profiles §4.1.4.3 and Core §2.5: issuer, bearer confirmation (recipient,
//! request, time), conditions (time, audience, nothing that is not understood), an
//! authentication statement. Clocks may differ by three minutes.

use jiff::{SignedDuration, Timestamp};
use uppsala::{Document, NodeId};

use super::{
    form::issued_by,
    refused::{Refused, shown},
};
use crate::{
    attributes::Attribute,
    connection::Connection,
    request::RequestId,
    xml::{self, ASSERTION, attribute, children, content, named, only},
};

/// How far the clocks of the provider and the service may differ.
pub const SKEW: SignedDuration = SignedDuration::from_mins(3);
const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/// What an assertion says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub id: String,
    pub name_id: NameId,
    pub session_index: Option<String>,
    pub session_until: Option<Timestamp>,
    pub authenticated_at: Option<Timestamp>,
    pub context: Option<String>,
    /// Until when the assertion could be taken: the latest of its times, and the skew.
    pub usable_until: Timestamp,
    pub attributes: Vec<Attribute>,
}

/// The provider's name for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameId {
    /// The name.
    pub value: String,
    /// Its format, as a URN; none if it was not said.
    pub format: Option<String>,
}

/// Checks and reads an assertion: the root of a document made of verified bytes.
pub fn read(
    document: &Document<'_>,
    assertion: NodeId,
    connection: &Connection,
    request: &RequestId,
    now: Timestamp,
) -> Result<Said, Refused> {
    let child = |name| only(document, assertion, ASSERTION, name);
    if attribute(document, assertion, "Version") != Some("2.0") {
        return Err(Refused::Incomplete("an assertion of version 2.0"));
    }
    let id = attribute(document, assertion, "ID")
        .filter(|id| !id.is_empty() && id.len() <= 256)
        .ok_or(Refused::Incomplete("an ID of the assertion"))?;
    let issuer = child("Issuer")
        .and_then(|issuer| content(document, issuer))
        .ok_or(Refused::Incomplete("an issuer"))?;
    issued_by(&issuer, connection)?;
    let subject = child("Subject").ok_or(Refused::Incomplete("a subject"))?;
    let confirmed_until = confirmed(document, subject, connection, request, now)?;
    let conditions = child("Conditions").ok_or(Refused::Incomplete("conditions"))?;
    let conditions_until = conditions_hold(document, conditions, connection, now)?;
    let statement = named(document, assertion, ASSERTION, "AuthnStatement")
        .next()
        .ok_or(Refused::Incomplete("an authentication statement"))?;
    let session_until = time(document, statement, "SessionNotOnOrAfter")?;
    before(session_until, now)?;
    Ok(Said {
        id: id.to_owned(),
        name_id: name_id(document, subject)?,
        session_index: attribute(document, statement, "SessionIndex").map(str::to_owned),
        session_until,
        authenticated_at: time(document, statement, "AuthnInstant")?,
        context: only(document, statement, ASSERTION, "AuthnContext")
            .and_then(|context| only(document, context, ASSERTION, "AuthnContextClassRef"))
            .and_then(|class| content(document, class)),
        usable_until: later(confirmed_until.max(conditions_until.unwrap_or(confirmed_until))),
        attributes: attributes(document, assertion),
    })
}

fn later(time: Timestamp) -> Timestamp {
    time.checked_add(SKEW).unwrap_or(Timestamp::MAX)
}

/// A time attribute. SAML's times are in UTC (SAML V2.0 Core §1.3.3).
fn time(
    document: &Document<'_>,
    node: NodeId,
    name: &'static str,
) -> Result<Option<Timestamp>, Refused> {
    attribute(document, node, name)
        .map(|text| text.trim().parse().map_err(|_| Refused::Incomplete(name)))
        .transpose()
}

/// Refuses what is over.
fn before(end: Option<Timestamp>, now: Timestamp) -> Result<(), Refused> {
    match end {
        Some(end) if now >= later(end) => Err(Refused::Expired(end)),
        _ => Ok(()),
    }
}

/// Refuses what has not begun.
fn after(start: Option<Timestamp>, now: Timestamp) -> Result<(), Refused> {
    match start {
        Some(start) if later(now) < start => Err(Refused::NotYetValid(start)),
        _ => Ok(()),
    }
}

/// One bearer confirmation holds: for this address, this request, this time.
///
/// Yields the latest end of all of them, as the assertion could be taken by another one later. If
/// none holds, the last one's reason is told.
fn confirmed(
    document: &Document<'_>,
    subject: NodeId,
    connection: &Connection,
    request: &RequestId,
    now: Timestamp,
) -> Result<Timestamp, Refused> {
    let mut refused = Refused::Incomplete("a bearer confirmation");
    let bearers = named(document, subject, ASSERTION, "SubjectConfirmation")
        .filter(|node| attribute(document, *node, "Method") == Some(BEARER));
    let mut holds = false;
    let mut latest = Timestamp::MIN;
    for bearer in bearers {
        if let Some(data) = only(document, bearer, ASSERTION, "SubjectConfirmationData")
            && let Some(end) = time(document, data, "NotOnOrAfter")?
        {
            latest = latest.max(end);
        }
        match confirmation(document, bearer, connection, request, now) {
            Ok(()) => holds = true,
            Err(why) => refused = why,
        }
    }
    if holds { Ok(latest) } else { Err(refused) }
}

fn confirmation(
    document: &Document<'_>,
    bearer: NodeId,
    connection: &Connection,
    request: &RequestId,
    now: Timestamp,
) -> Result<(), Refused> {
    let data = only(document, bearer, ASSERTION, "SubjectConfirmationData")
        .ok_or(Refused::Incomplete("data of the bearer confirmation"))?;
    let recipient = attribute(document, data, "Recipient").unwrap_or_default();
    if recipient != connection.service.acs.as_str() {
        return Err(Refused::Recipient(shown(recipient)));
    }
    if attribute(document, data, "InResponseTo") != Some(request.as_str()) {
        return Err(Refused::InResponseTo);
    }
    let end = time(document, data, "NotOnOrAfter")?.ok_or(Refused::Incomplete("NotOnOrAfter"))?;
    before(Some(end), now)?;
    after(time(document, data, "NotBefore")?, now)
}

/// The conditions hold; yields their end.
fn conditions_hold(
    document: &Document<'_>,
    conditions: NodeId,
    connection: &Connection,
    now: Timestamp,
) -> Result<Option<Timestamp>, Refused> {
    let end = time(document, conditions, "NotOnOrAfter")?;
    before(end, now)?;
    after(time(document, conditions, "NotBefore")?, now)?;
    let mut restricted = false;
    for condition in children(document, conditions) {
        if xml::is(document, condition, ASSERTION, "AudienceRestriction") {
            // Every restriction must hold, by one of its audiences (SAML V2.0 Core §2.5.1.4).
            audience(document, condition, connection)?;
            restricted = true;
        } else if !["OneTimeUse", "ProxyRestriction"]
            .iter()
            .any(|name| xml::is(document, condition, ASSERTION, name))
        {
            let name = document.element(condition).map(|it| it.name.to_string());
            return Err(Refused::Condition(shown(&name.unwrap_or_default())));
        }
    }
    if restricted {
        Ok(end)
    } else {
        Err(Refused::Incomplete("an audience"))
    }
}

fn audience(
    document: &Document<'_>,
    restriction: NodeId,
    connection: &Connection,
) -> Result<(), Refused> {
    let audiences: Vec<String> = named(document, restriction, ASSERTION, "Audience")
        .filter_map(|node| content(document, node))
        .collect();
    if audiences.contains(&connection.service.entity_id) {
        Ok(())
    } else {
        Err(Refused::Audience(shown(&audiences.join(", "))))
    }
}

fn name_id(document: &Document<'_>, subject: NodeId) -> Result<NameId, Refused> {
    let missing = Refused::Incomplete("a name ID");
    let node = only(document, subject, ASSERTION, "NameID").ok_or(missing.clone())?;
    let value = content(document, node).filter(|value| !value.is_empty() && value.len() <= 1024);
    Ok(NameId {
        value: value.ok_or(missing)?,
        format: attribute(document, node, "Format").map(str::to_owned),
    })
}

/// Every attribute with its texts; values that are not plain text are left out.
pub(crate) fn attributes(document: &Document<'_>, assertion: NodeId) -> Vec<Attribute> {
    named(document, assertion, ASSERTION, "AttributeStatement")
        .flat_map(|statement| named(document, statement, ASSERTION, "Attribute"))
        .filter_map(|node| {
            Some(Attribute {
                name: attribute(document, node, "Name")?.to_owned(),
                values: named(document, node, ASSERTION, "AttributeValue")
                    .filter_map(|value| content(document, value))
                    .collect(),
            })
        })
        .collect()
}
