//! `/api/crm`: which CRM pages may embed the widget.
//!
//! Threat: whoever may frame the widget can try to have people click on it unseen; only Admins
//! list origins, each is checked ([`super::crm_origin`]), and every change is in the audit log.

use std::collections::BTreeMap;

use axum::{Json, Router, extract::State, routing::get};
use session::OrganizationId;
use store::Crm;

use super::{
    crm_origin::{MOST, normalized},
    who::Admin,
    wire::{CrmOrigins, CrmOriginsFields, CrmWidgets},
};
use crate::{
    api::{ApiError, Body, Refusal},
    pages::words,
    state::App,
    surfaces::{Site, widget_address},
};

const ALL: [(Crm, &str); 3] = [
    (Crm::Hubspot, "hubspot"),
    (Crm::Zendesk, "zendesk"),
    (Crm::Salesforce, "salesforce"),
];

/// The endpoints about CRMs.
pub(super) fn router() -> Router<App> {
    Router::new().route("/api/crm", get(show).put(change))
}

async fn show(State(app): State<App>, admin: Admin) -> Result<Json<CrmOrigins>, ApiError> {
    Ok(Json(shown(&app, &admin).await?))
}

async fn change(
    State(app): State<App>,
    admin: Admin,
    Body(sent): Body<CrmOriginsFields>,
) -> Result<Json<CrmOrigins>, ApiError> {
    let organization = admin.0.organization();
    let mut wanted = Vec::new();
    for (crm, word) in ALL {
        wanted.push((crm, word, checked(crm, word, of(&sent, crm))?));
    }
    let before = app.store.crm_origins().of(organization).await?;
    for (crm, word, origins) in wanted {
        if before.get(&crm).map_or(&[][..], Vec::as_slice) == origins {
            continue;
        }
        let store = app.store.crm_origins();
        store.set(organization, crm, &origins).await?;
        let entry = admin.0.by().audit(&app, "crm.origins_changed");
        entry.within(organization).because(word).write(&app).await?;
    }
    Ok(Json(shown(&app, &admin).await?))
}

fn of(sent: &CrmOriginsFields, crm: Crm) -> &[String] {
    match crm {
        Crm::Hubspot => &sent.hubspot,
        Crm::Zendesk => &sent.zendesk,
        Crm::Salesforce => &sent.salesforce,
    }
}

/// The entries as they are stored, each once. Empty lines of a form are left out.
fn checked(crm: Crm, word: &str, entries: &[String]) -> Result<Vec<String>, Refusal> {
    let mut origins = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        if entry.trim().is_empty() {
            continue;
        }
        let origin = normalized(crm, entry).map_err(|wrong| {
            let entry: String = entry.chars().take(100).collect();
            let message = words().say_with(wrong.key(), &[("entry", &entry)]);
            let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
            Refusal::saying(status, "UL-1412", message).at(format!("{word}[{place}]"))
        })?;
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    if origins.len() > MOST {
        return Err(Refusal::of(word, "UL-1412", "crm-too-many"));
    }
    Ok(origins)
}

async fn shown(app: &App, admin: &Admin) -> Result<CrmOrigins, ApiError> {
    let organization = admin.0.organization();
    let mut stored = origins(app, organization).await?;
    let mut list = |crm| stored.remove(&crm).unwrap_or_default();
    Ok(CrmOrigins {
        origins: CrmOriginsFields {
            hubspot: list(Crm::Hubspot),
            zendesk: list(Crm::Zendesk),
            salesforce: list(Crm::Salesforce),
        },
        widget: CrmWidgets {
            hubspot: widget(app, admin, Crm::Hubspot),
            zendesk: widget(app, admin, Crm::Zendesk),
            salesforce: widget(app, admin, Crm::Salesforce),
        },
    })
}

async fn origins(
    app: &App,
    organization: OrganizationId,
) -> Result<BTreeMap<Crm, Vec<String>>, ApiError> {
    Ok(app.store.crm_origins().of(organization).await?)
}

/// What an Admin enters in the CRM.
fn widget(app: &App, admin: &Admin, crm: Crm) -> String {
    let organization = &admin.0.live().organization.name;
    let sites = app.surfaces.sites();
    let address =
        sites.and_then(|sites| widget_address(sites.origin(Site::Cti), crm, organization));
    address.unwrap_or_default()
}
