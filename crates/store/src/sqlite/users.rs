//! People and their password hashes as rows.

use async_trait::async_trait;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use session::{OrganizationId, UserId};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use super::{
    SqliteStore,
    value::{enumerated, time, word},
};
use crate::{NewUser, PasswordHash, Role, StoreError, User, UserStatus, Users};

#[async_trait]
impl Users for SqliteStore {
    async fn add(&self, user: &NewUser) -> Result<(), StoreError> {
        let new = user.clone();
        self.writer
            .whole(move |connection| {
                Box::pin(async move {
                    insert(connection, &new.user).await?;
                    match &new.password {
                        Some(hash) => {
                            set_password(connection, new.user.id, hash, new.user.created_at).await
                        }
                        None => Ok(()),
                    }
                })
            })
            .await
    }

    async fn get(&self, id: UserId) -> Result<Option<User>, StoreError> {
        let row = sqlx::query("SELECT * FROM users WHERE id = ?")
            .bind(id.0)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(user).transpose()
    }

    async fn with_email(&self, email: &str) -> Result<Option<User>, StoreError> {
        let row = sqlx::query("SELECT * FROM users WHERE email_key = ?")
            .bind(key(email))
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(user).transpose()
    }

    async fn of(&self, organization: OrganizationId) -> Result<Vec<User>, StoreError> {
        let rows = sqlx::query("SELECT * FROM users WHERE organization_id = ? ORDER BY name, id")
            .bind(organization.0)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(user).collect()
    }

    async fn rename(&self, id: UserId, name: &str) -> Result<(), StoreError> {
        let name = name.to_owned();
        self.writer
            .statement(move |connection| {
                Box::pin(async move {
                    set(
                        connection,
                        "UPDATE users SET name = ? WHERE id = ?",
                        id,
                        name,
                    )
                    .await
                })
            })
            .await
    }

    async fn set_role(&self, id: UserId, role: Role) -> Result<(), StoreError> {
        self.writer
            .whole(move |connection| {
                Box::pin(async move {
                    if role != Role::Admin {
                        unless_last_admin(connection, id).await?;
                    }
                    set(
                        connection,
                        "UPDATE users SET role = ? WHERE id = ?",
                        id,
                        word(&role)?,
                    )
                    .await
                })
            })
            .await
    }

    async fn enable(&self, id: UserId) -> Result<(), StoreError> {
        self.writer
            .statement(move |connection| {
                Box::pin(async move {
                    set_status(connection, id, UserStatus::Active).await?;
                    Ok(())
                })
            })
            .await
    }

    async fn password(&self, id: UserId) -> Result<Option<PasswordHash>, StoreError> {
        let hash: Option<String> =
            sqlx::query_scalar("SELECT hash FROM passwords WHERE user_id = ?")
                .bind(id.0)
                .fetch_optional(&self.readers)
                .await?;
        Ok(hash.map(|hash| PasswordHash(SecretString::from(hash))))
    }

    async fn set_password(
        &self,
        id: UserId,
        password: &PasswordHash,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let password = password.clone();
        self.writer
            .statement(move |connection| {
                Box::pin(async move { set_password(connection, id, &password, at).await })
            })
            .await
    }
}

async fn insert(connection: &mut SqliteConnection, user: &User) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO users (id, organization_id, email, email_key, name, role, status, \
         created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(user.id.0)
    .bind(user.organization.0)
    .bind(&user.email)
    .bind(key(&user.email))
    .bind(&user.name)
    .bind(word(&user.role)?)
    .bind(word(&user.status)?)
    .bind(user.created_at.as_millisecond())
    .execute(connection)
    .await?;
    Ok(())
}

/// Replaces one column.
async fn set(
    connection: &mut SqliteConnection,
    statement: &'static str,
    id: UserId,
    value: String,
) -> Result<(), StoreError> {
    let updated = sqlx::query(statement)
        .bind(value)
        .bind(id.0)
        .execute(connection)
        .await?;
    match updated.rows_affected() {
        0 => Err(StoreError::Missing("user")),
        _ => Ok(()),
    }
}

/// [`StoreError::LastAdmin`] if the user is an Admin, and nobody else of the organization is one
/// who may sign in.
pub(super) async fn unless_last_admin(
    connection: &mut SqliteConnection,
    user: UserId,
) -> Result<(), StoreError> {
    let last: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM users AS own WHERE own.id = ?1 \
         AND own.role = 'admin' AND own.status = 'active' \
         AND NOT EXISTS (SELECT 1 FROM users AS other \
         WHERE other.organization_id = own.organization_id AND other.id <> own.id \
         AND other.role = 'admin' AND other.status = 'active'))",
    )
    .bind(user.0)
    .fetch_one(connection)
    .await?;
    if last {
        Err(StoreError::LastAdmin)
    } else {
        Ok(())
    }
}

/// Whether a user may sign in; `None` if there is no such user.
pub(super) async fn status(
    connection: &mut SqliteConnection,
    user: UserId,
) -> Result<Option<UserStatus>, StoreError> {
    let row = sqlx::query("SELECT status FROM users WHERE id = ?")
        .bind(user.0)
        .fetch_optional(connection)
        .await?;
    row.as_ref()
        .map(|row| enumerated(row, "status"))
        .transpose()
}

/// Says whether a user may sign in; their organization.
pub(super) async fn set_status(
    connection: &mut SqliteConnection,
    user: UserId,
    status: UserStatus,
) -> Result<OrganizationId, StoreError> {
    let organization =
        sqlx::query_scalar("UPDATE users SET status = ? WHERE id = ? RETURNING organization_id")
            .bind(word(&status)?)
            .bind(user.0)
            .fetch_optional(connection)
            .await?;
    organization
        .map(OrganizationId)
        .ok_or(StoreError::Missing("user"))
}

async fn set_password(
    connection: &mut SqliteConnection,
    user: UserId,
    hash: &PasswordHash,
    at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO passwords (user_id, hash, changed_at) VALUES (?, ?, ?) \
         ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at",
    )
    .bind(user.0)
    .bind(hash.0.expose_secret())
    .bind(at.as_millisecond())
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) fn user(row: &SqliteRow) -> Result<User, StoreError> {
    Ok(User {
        id: UserId(row.try_get("id")?),
        organization: OrganizationId(row.try_get("organization_id")?),
        email: row.try_get("email")?,
        name: row.try_get("name")?,
        role: enumerated(row, "role")?,
        status: enumerated(row, "status")?,
        created_at: time(row, "created_at")?,
    })
}

/// What makes two addresses the same address.
fn key(email: &str) -> String {
    email.trim().to_lowercase()
}
