//! Registered clients as rows, and which sessions were used at which.

use async_trait::async_trait;
use jiff::Timestamp;
use session::{OrganizationId, SessionId};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use super::{
    SqliteStore,
    value::{from_json, json, time},
};
use crate::{Clients, RegisteredClient, StoreError};

#[async_trait]
impl Clients for SqliteStore {
    async fn add(&self, client: &RegisteredClient) -> Result<(), StoreError> {
        let client = client.clone();
        self.writer
            .statement(move |connection| Box::pin(async move { insert(connection, &client).await }))
            .await
    }

    async fn get(&self, id: &str) -> Result<Option<RegisteredClient>, StoreError> {
        let row = sqlx::query("SELECT * FROM clients WHERE id = ?")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(client).transpose()
    }

    async fn of(&self, organization: OrganizationId) -> Result<Vec<RegisteredClient>, StoreError> {
        let rows = sqlx::query("SELECT * FROM clients WHERE organization_id = ? ORDER BY rowid")
            .bind(organization.0)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(client).collect()
    }

    async fn all(&self) -> Result<Vec<RegisteredClient>, StoreError> {
        let rows = sqlx::query("SELECT * FROM clients ORDER BY rowid")
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(client).collect()
    }

    async fn update(&self, client: &RegisteredClient) -> Result<(), StoreError> {
        let client = client.clone();
        self.writer
            .statement(move |connection| {
                Box::pin(async move {
                    let updated = sqlx::query(
                        "UPDATE clients SET settings = ?, secret_digest = ? WHERE id = ?",
                    )
                    .bind(json(&client.settings)?)
                    .bind(client.secret_digest.map(|digest| digest.to_vec()))
                    .bind(&client.id)
                    .execute(connection)
                    .await?;
                    match updated.rows_affected() {
                        0 => Err(StoreError::Missing("client")),
                        _ => Ok(()),
                    }
                })
            })
            .await
    }

    async fn remove(&self, id: &str) -> Result<bool, StoreError> {
        let id = id.to_owned();
        self.writer
            .whole(move |connection| Box::pin(async move { remove(connection, &id).await }))
            .await
    }

    async fn revision(&self) -> Result<u64, StoreError> {
        let number: i64 = sqlx::query_scalar("SELECT number FROM clients_revision")
            .fetch_one(&self.readers)
            .await?;
        Ok(number.cast_unsigned())
    }

    async fn logged_in(
        &self,
        session: SessionId,
        client: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let client = client.to_owned();
        self.writer
            .statement(move |connection| {
                Box::pin(async move {
                    // One statement: of a login and an end at once, one comes first.
                    let noted = sqlx::query(
                        "INSERT INTO client_logins (session_id, client_id, at) \
                         SELECT id, ?, ? FROM sessions \
                         WHERE id = ? AND kind = 'browser' AND ended_at IS NULL \
                         ON CONFLICT (session_id, client_id) DO UPDATE SET at = excluded.at",
                    )
                    .bind(client)
                    .bind(at.as_millisecond())
                    .bind(session.0)
                    .execute(connection)
                    .await?;
                    Ok(noted.rows_affected() == 1)
                })
            })
            .await
    }

    async fn logins_of(&self, session: SessionId) -> Result<Vec<String>, StoreError> {
        let ids = sqlx::query_scalar(
            "SELECT client_id FROM client_logins WHERE session_id = ? ORDER BY client_id",
        )
        .bind(session.0)
        .fetch_all(&self.readers)
        .await?;
        Ok(ids)
    }
}

async fn insert(
    connection: &mut SqliteConnection,
    client: &RegisteredClient,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO clients (id, organization_id, settings, secret_digest, created_at) \
         VALUES (?, ?, ?, ?, ?)",
    )
    .bind(&client.id)
    .bind(client.organization.0)
    .bind(json(&client.settings)?)
    .bind(client.secret_digest.map(|digest| digest.to_vec()))
    .bind(client.created_at.as_millisecond())
    .execute(connection)
    .await?;
    Ok(())
}

async fn remove(connection: &mut SqliteConnection, id: &str) -> Result<bool, StoreError> {
    for statement in [
        "DELETE FROM client_logins WHERE client_id = ?",
        "DELETE FROM logout_deliveries WHERE client_id = ?",
    ] {
        sqlx::query(statement)
            .bind(id)
            .execute(&mut *connection)
            .await?;
    }
    let removed = sqlx::query("DELETE FROM clients WHERE id = ?")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(removed.rows_affected() == 1)
}

fn client(row: &SqliteRow) -> Result<RegisteredClient, StoreError> {
    let digest: Option<Vec<u8>> = row.try_get("secret_digest")?;
    let digest = digest.map(<[u8; 32]>::try_from).transpose();
    Ok(RegisteredClient {
        id: row.try_get("id")?,
        organization: OrganizationId(row.try_get("organization_id")?),
        settings: from_json(row.try_get("settings")?, "client")?,
        secret_digest: digest.map_err(|_| StoreError::Unreadable("client"))?,
        created_at: time(row, "created_at")?,
    })
}
