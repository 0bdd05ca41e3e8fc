//! The audit log as rows; triggers refuse to change or remove one.

use async_trait::async_trait;
use jiff::Timestamp;
use session::{OrganizationId, SessionId, UserId};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use uuid::Uuid;

use super::{
    SqliteStore,
    value::{from_json, json, optional_enumerated, time, word},
};
use crate::{AuditEntry, AuditLog, AuditPage, AuditQuery, StoreError};

#[async_trait]
impl AuditLog for SqliteStore {
    async fn append(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        let entry = entry.clone();
        self.writer
            .statement(move |connection| Box::pin(async move { insert(connection, &entry).await }))
            .await
    }

    async fn newest(
        &self,
        organization: OrganizationId,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM audit WHERE organization_id = ? ORDER BY number DESC LIMIT ?",
        )
        .bind(organization.0)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(entry).collect()
    }

    async fn query(&self, query: &AuditQuery) -> Result<AuditPage, StoreError> {
        let limit = query.limit as usize;
        let number = |at: Option<u64>| at.map(|at| i64::try_from(at).unwrap_or(i64::MAX));
        // One statement whatever is asked: what is not asked about is NULL.
        let mut rows = sqlx::query(
            "SELECT * FROM audit WHERE organization_id = ?1 \
             AND (?2 IS NULL OR at >= ?2) AND (?3 IS NULL OR at < ?3) \
             AND (?4 IS NULL OR action = ?4 \
                  OR (substr(?4, -1) = '.' AND substr(action, 1, length(?4)) = ?4)) \
             AND (?5 IS NULL OR subject_id = ?5 OR json_extract(actor, '$.user') = ?6) \
             AND (?7 IS NULL OR number < ?7) \
             ORDER BY number DESC LIMIT ?8",
        )
        .bind(query.organization.0)
        .bind(query.from.map(Timestamp::as_millisecond))
        .bind(query.to.map(Timestamp::as_millisecond))
        .bind(&query.action)
        .bind(query.person.map(|person| person.0))
        .bind(query.person.map(|person| person.to_string()))
        .bind(number(query.before))
        .bind(i64::from(query.limit) + 1)
        .fetch_all(&self.readers)
        .await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let last = rows.last().filter(|_| more);
        let next = last
            .map(|row| row.try_get::<i64, _>("number"))
            .transpose()?;
        Ok(AuditPage {
            next: next.map(i64::cast_unsigned),
            entries: rows.iter().map(entry).collect::<Result<_, _>>()?,
        })
    }
}

/// Appends an entry inside a transaction.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    entry: &AuditEntry,
) -> Result<(), StoreError> {
    let surface = entry.surface.as_ref().map(word).transpose()?;
    sqlx::query(
        "INSERT INTO audit (at, actor, action, organization_id, subject_id, session_id, surface, \
         address, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(entry.at.as_millisecond())
    .bind(json(&entry.actor)?)
    .bind(&entry.action)
    .bind(entry.organization.map(|id| id.0))
    .bind(entry.subject.map(|id| id.0))
    .bind(entry.session.map(|id| id.0))
    .bind(surface)
    .bind(&entry.address)
    .bind(&entry.reason)
    .execute(connection)
    .await?;
    Ok(())
}

fn entry(row: &SqliteRow) -> Result<AuditEntry, StoreError> {
    let id = |column| row.try_get::<Option<Uuid>, _>(column);
    Ok(AuditEntry {
        at: time(row, "at")?,
        actor: from_json(row.try_get("actor")?, "actor")?,
        action: row.try_get("action")?,
        organization: id("organization_id")?.map(OrganizationId),
        subject: id("subject_id")?.map(UserId),
        session: id("session_id")?.map(SessionId),
        surface: optional_enumerated(row, "surface")?,
        address: row.try_get("address")?,
        reason: row.try_get("reason")?,
    })
}
