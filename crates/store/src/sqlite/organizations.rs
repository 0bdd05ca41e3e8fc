//! Customer companies as rows.

use async_trait::async_trait;
use session::{Lifetimes, OrganizationId};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use super::{
    SqliteStore,
    value::{enumerated, from_json, json, time, word},
};
use crate::{Organization, Organizations, StoreError};

#[async_trait]
impl Organizations for SqliteStore {
    async fn add(&self, organization: &Organization) -> Result<(), StoreError> {
        let organization = organization.clone();
        self.writer
            .statement(move |connection| {
                Box::pin(async move { insert(connection, &organization).await })
            })
            .await
    }

    async fn get(&self, id: OrganizationId) -> Result<Option<Organization>, StoreError> {
        let row = sqlx::query("SELECT * FROM organizations WHERE id = ?")
            .bind(id.0)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(organization).transpose()
    }

    async fn named(&self, name: &str) -> Result<Option<Organization>, StoreError> {
        let row = sqlx::query("SELECT * FROM organizations WHERE name_key = ?")
            .bind(key(name))
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(organization).transpose()
    }

    async fn update(&self, organization: &Organization) -> Result<(), StoreError> {
        let organization = organization.clone();
        self.writer
            .whole(move |connection| {
                Box::pin(async move { replace(connection, &organization).await })
            })
            .await
    }
}

/// By id, inside a transaction.
pub(super) async fn get(
    connection: &mut SqliteConnection,
    id: OrganizationId,
) -> Result<Option<Organization>, StoreError> {
    let row = sqlx::query("SELECT * FROM organizations WHERE id = ?")
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(organization).transpose()
}

async fn insert(
    connection: &mut SqliteConnection,
    organization: &Organization,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO organizations (id, name, name_key, created_at, browser_lifetimes, \
         desktop_lifetimes, sign_out_ends_all_browsers, crm_mismatch) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(organization.id.0)
    .bind(&organization.name)
    .bind(key(&organization.name))
    .bind(organization.created_at.as_millisecond())
    .bind(to_column(organization.browser_lifetimes)?)
    .bind(to_column(organization.desktop_lifetimes)?)
    .bind(organization.sign_out_ends_all_browsers)
    .bind(word(&organization.crm_mismatch)?)
    .execute(connection)
    .await?;
    Ok(())
}

async fn replace(
    connection: &mut SqliteConnection,
    organization: &Organization,
) -> Result<(), StoreError> {
    let before = get(connection, organization.id).await?;
    let before = before.ok_or(StoreError::Missing("organization"))?;
    sqlx::query(
        "UPDATE organizations SET name = ?, name_key = ?, browser_lifetimes = ?, \
         desktop_lifetimes = ?, sign_out_ends_all_browsers = ?, crm_mismatch = ? WHERE id = ?",
    )
    .bind(&organization.name)
    .bind(key(&organization.name))
    .bind(to_column(organization.browser_lifetimes)?)
    .bind(to_column(organization.desktop_lifetimes)?)
    .bind(organization.sign_out_ends_all_browsers)
    .bind(word(&organization.crm_mismatch)?)
    .bind(organization.id.0)
    .execute(&mut *connection)
    .await?;
    if before.browser_lifetimes == organization.browser_lifetimes
        && before.desktop_lifetimes == organization.desktop_lifetimes
    {
        return Ok(());
    }
    // Lifetimes may have become shorter: all its live sessions are looked at anew.
    sqlx::query("UPDATE sessions SET review_at = 0 WHERE organization_id = ? AND ended_at IS NULL")
        .bind(organization.id.0)
        .execute(connection)
        .await?;
    Ok(())
}

fn organization(row: &SqliteRow) -> Result<Organization, StoreError> {
    let lifetimes = |column: &'static str| -> Result<Option<Lifetimes>, StoreError> {
        let text: Option<&str> = row.try_get(column)?;
        text.map(|text| from_json(text, "lifetime")).transpose()
    };
    Ok(Organization {
        id: OrganizationId(row.try_get("id")?),
        name: row.try_get("name")?,
        created_at: time(row, "created_at")?,
        browser_lifetimes: lifetimes("browser_lifetimes")?,
        desktop_lifetimes: lifetimes("desktop_lifetimes")?,
        sign_out_ends_all_browsers: row.try_get("sign_out_ends_all_browsers")?,
        crm_mismatch: enumerated(row, "crm_mismatch")?,
    })
}

fn to_column(lifetimes: Option<Lifetimes>) -> Result<Option<String>, StoreError> {
    lifetimes.map(|lifetimes| json(&lifetimes)).transpose()
}

/// What makes two names the same name.
pub(super) fn key(name: &str) -> String {
    name.trim().to_lowercase()
}
