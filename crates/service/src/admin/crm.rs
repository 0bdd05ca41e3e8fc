//! Which CRM pages may show an organization's widget, from the command line.

use store::{Actor, Crm, Organization};

use super::AdminError;
use crate::{
    dashboard::crm_origin::normalized, observe::audit::Audit, pages::words, state::Service,
};

/// Adds an origin to those that may show the widget in this CRM, and gives it as it is stored.
///
/// Threat: whoever may frame the widget can try to have people click on it unseen; an entry is
/// checked as one from the Dashboard is, and the change is in the audit log.
pub async fn allow(
    app: &Service,
    organization: &Organization,
    crm: Crm,
    entry: &str,
) -> Result<String, AdminError> {
    let origin = normalized(crm, entry)
        .map_err(|wrong| AdminError::Origin(words().say_with(wrong.key(), &[("entry", entry)])))?;
    let store = app.store.crm_origins();
    let mut origins = store
        .of(organization.id)
        .await?
        .remove(&crm)
        .unwrap_or_default();
    if !origins.contains(&origin) {
        origins.push(origin.clone());
        store.set(organization.id, crm, &origins).await?;
        Audit::new(app, Actor::Operator, "crm.origins_changed")
            .within(organization.id)
            .write(app)
            .await?;
    }
    Ok(origin)
}
