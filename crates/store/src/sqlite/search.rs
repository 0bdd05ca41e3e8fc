//! Finding live sessions. Asked by people, so it may sort: an index by use would be written by
//! every renewal.

use session::{OrganizationId, SessionId, UserId};
use sqlx::{Row, SqlitePool, sqlite::SqliteRow};

use super::{
    record::record,
    users,
    value::{json, time, word},
};
use crate::{SessionSearch, SessionsPage, StoreError, Use};

/// One page of the live sessions that match. Identifiers rise with time (UUID version 7), so
/// they are order and cursor in one, which no use of a session moves.
pub(super) async fn page(
    pool: &SqlitePool,
    search: &SessionSearch,
) -> Result<SessionsPage, StoreError> {
    let text = search.text.as_deref().map(str::trim);
    let text = text.filter(|text| !text.is_empty()).map(str::to_lowercase);
    let named = match &text {
        Some(text) => Some(json(&named(pool, search.organization, text).await?)?),
        None => None,
    };
    let people = search.people.as_ref().map(|people| {
        let people = people.iter().map(|person| person.0.simple());
        json(&people.collect::<Vec<_>>())
    });
    let kind = search.kind.as_ref().map(word).transpose()?;
    let rows = sqlx::query(
        "SELECT * FROM sessions WHERE organization_id = ?1 AND ended_at IS NULL \
         AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR id < ?3) \
         AND (?4 IS NULL OR user_id IN (SELECT unhex(value) FROM json_each(?4))) \
         AND (?5 IS NULL OR user_id IN (SELECT unhex(value) FROM json_each(?6)) \
              OR instr(lower(device_name), ?5) OR instr(lower(device_agent), ?5) \
              OR instr(lower(coalesce(place, '')), ?5) OR instr(address, ?5)) \
         ORDER BY id DESC LIMIT ?7",
    )
    .bind(search.organization.0)
    .bind(kind)
    .bind(search.before.map(|before| before.0))
    .bind(people.transpose()?)
    .bind(text)
    .bind(named)
    .bind(i64::from(search.limit) + 1)
    .fetch_all(pool)
    .await?;
    with_people(pool, &rows, search.limit as usize).await
}

/// How the people of an organization use their live sessions.
pub(super) async fn used_in(
    pool: &SqlitePool,
    organization: OrganizationId,
) -> Result<Vec<Use>, StoreError> {
    let rows = sqlx::query(
        "SELECT user_id, count(*) AS live, max(last_used_at) AS last_used_at FROM sessions \
         WHERE organization_id = ? AND ended_at IS NULL GROUP BY user_id",
    )
    .bind(organization.0)
    .fetch_all(pool)
    .await?;
    let used = rows.iter().map(|row| {
        Ok(Use {
            user: UserId(row.try_get("user_id")?),
            live: row.try_get("live")?,
            last_used_at: time(row, "last_used_at")?,
        })
    });
    used.collect()
}

async fn with_people(
    pool: &SqlitePool,
    rows: &[SqliteRow],
    limit: usize,
) -> Result<SessionsPage, StoreError> {
    let mut page = SessionsPage {
        sessions: Vec::with_capacity(limit.min(rows.len())),
        next: None,
    };
    for row in rows.iter().take(limit) {
        let record = record(row)?;
        let user = sqlx::query("SELECT * FROM users WHERE id = ?")
            .bind(record.session.user.0)
            .fetch_one(pool)
            .await?;
        page.sessions.push((record, users::user(&user)?));
    }
    if rows.len() > limit {
        let last: Option<SessionId> = page.sessions.last().map(|(record, _)| record.session.id);
        page.next = last;
    }
    Ok(page)
}

/// Whose name or address has the text in it. SQLite's own `lower` knows ASCII only, and names
/// are not.
async fn named(
    pool: &SqlitePool,
    organization: OrganizationId,
    text: &str,
) -> Result<Vec<String>, StoreError> {
    let rows = sqlx::query("SELECT * FROM users WHERE organization_id = ?")
        .bind(organization.0)
        .fetch_all(pool)
        .await?;
    let mut named = Vec::new();
    for row in &rows {
        let user = users::user(row)?;
        if user.name.to_lowercase().contains(text) || user.email.to_lowercase().contains(text) {
            named.push(user.id.0.simple().to_string());
        }
    }
    Ok(named)
}
