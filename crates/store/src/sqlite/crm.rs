//! CRM origins as rows.

use std::collections::BTreeMap;

use async_trait::async_trait;
use session::OrganizationId;
use sqlx::{Row, SqliteConnection};

use super::{
    SqliteStore,
    value::{enumerated, word},
};
use crate::{Crm, CrmOrigins, StoreError};

#[async_trait]
impl CrmOrigins for SqliteStore {
    async fn of(
        &self,
        organization: OrganizationId,
    ) -> Result<BTreeMap<Crm, Vec<String>>, StoreError> {
        let rows = sqlx::query(
            "SELECT crm, origin FROM crm_origins WHERE organization_id = ? ORDER BY crm, place",
        )
        .bind(organization.0)
        .fetch_all(&self.readers)
        .await?;
        let mut origins: BTreeMap<Crm, Vec<String>> = BTreeMap::new();
        for row in &rows {
            let of_crm = origins.entry(enumerated(row, "crm")?).or_default();
            of_crm.push(row.try_get("origin")?);
        }
        Ok(origins)
    }

    async fn set(
        &self,
        organization: OrganizationId,
        crm: Crm,
        origins: &[String],
    ) -> Result<(), StoreError> {
        let origins = origins.to_vec();
        self.writer
            .whole(move |connection| {
                Box::pin(async move { replace(connection, organization, crm, &origins).await })
            })
            .await
    }
}

async fn replace(
    connection: &mut SqliteConnection,
    organization: OrganizationId,
    crm: Crm,
    origins: &[String],
) -> Result<(), StoreError> {
    let crm = word(&crm)?;
    sqlx::query("DELETE FROM crm_origins WHERE organization_id = ? AND crm = ?")
        .bind(organization.0)
        .bind(&crm)
        .execute(&mut *connection)
        .await?;
    for (place, origin) in (0_i64..).zip(origins) {
        sqlx::query(
            "INSERT INTO crm_origins (organization_id, crm, place, origin) VALUES (?, ?, ?, ?)",
        )
        .bind(organization.0)
        .bind(&crm)
        .bind(place)
        .bind(origin)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
