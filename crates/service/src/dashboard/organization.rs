//! `/api/organization`: its settings.
//!
//! Threat: a policy that is loosened unseen (every change is in the audit log; no organization can
//! have longer lifetimes than the defaults).

use std::time::Duration;

use axum::{Json, Router, extract::State, routing::get};
use session::{Kind, Lifetimes};
use store::Organization;

use super::{
    who::Admin,
    wire::{Settings, SettingsFields},
};
use crate::{
    api::{ApiError, Body, Refusal},
    pages::words,
    state::App,
    surfaces::wire::ChangedWhat,
};

const DAY: u64 = 24 * 60 * 60;

/// The endpoints about the organization.
pub(super) fn router() -> Router<App> {
    Router::new().route("/api/organization", get(show).put(change))
}

async fn show(State(app): State<App>, admin: Admin) -> Result<Json<Settings>, ApiError> {
    Ok(Json(shown(&own(&app, &admin).await?)))
}

async fn change(
    State(app): State<App>,
    admin: Admin,
    Body(sent): Body<SettingsFields>,
) -> Result<Json<Settings>, ApiError> {
    let before = own(&app, &admin).await?;
    let mut organization = before.clone();
    let absolute = within("browser_absolute_days", sent.browser_absolute_days, 180)?;
    organization.browser_lifetimes = shorter(
        Kind::Browser,
        Lifetimes {
            idle: within("browser_idle_days", sent.browser_idle_days, 30)?,
            absolute: Some(absolute),
        },
    );
    organization.desktop_lifetimes = shorter(
        Kind::Desktop,
        Lifetimes {
            idle: within("desktop_idle_days", sent.desktop_idle_days, 90)?,
            absolute: before.lifetimes(Kind::Desktop).absolute,
        },
    );
    organization.sign_out_ends_all_browsers = sent.sign_out_ends_all_browsers;
    organization.crm_mismatch = sent.crm_mismatch;
    if organization != before {
        app.store.organizations().update(&organization).await?;
        let entry = admin.0.by().audit(&app, "organization.changed");
        entry.within(organization.id).write(&app).await?;
        app.sessions.evict_all();
        for user in app.store.users().of(organization.id).await? {
            app.streams.changed(user.id, ChangedWhat::Session);
        }
    }
    Ok(Json(shown(&organization)))
}

/// As the store has it now: what is remembered of sessions may be older.
async fn own(app: &App, admin: &Admin) -> Result<Organization, ApiError> {
    let organization = app
        .store
        .organizations()
        .get(admin.0.organization())
        .await?;
    organization.ok_or(ApiError::Missing)
}

fn within(field: &'static str, days: u32, most: u32) -> Result<Duration, Refusal> {
    if (1..=most).contains(&days) {
        return Ok(Duration::from_secs(u64::from(days) * DAY));
    }
    let message = words().say_with("api-days", &[("most", &most.to_string())]);
    let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    Err(Refusal::saying(status, "UL-1406", message).at(field))
}

/// `None` where it is the default.
fn shorter(kind: Kind, lifetimes: Lifetimes) -> Option<Lifetimes> {
    (lifetimes != Lifetimes::default_for(kind)).then_some(lifetimes)
}

fn shown(organization: &Organization) -> Settings {
    let days = |time: Duration| u32::try_from(time.as_secs().div_ceil(DAY)).unwrap_or(u32::MAX);
    let browser = organization.lifetimes(Kind::Browser);
    let desktop = organization.lifetimes(Kind::Desktop);
    Settings {
        name: organization.name.clone(),
        settings: SettingsFields {
            sign_out_ends_all_browsers: organization.sign_out_ends_all_browsers,
            browser_idle_days: days(browser.idle),
            browser_absolute_days: browser.absolute.map_or(180, days),
            desktop_idle_days: days(desktop.idle),
            crm_mismatch: organization.crm_mismatch,
        },
    }
}
