//! Teams as rows.

use std::collections::BTreeSet;

use async_trait::async_trait;
use session::{OrganizationId, UserId};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};
use uuid::Uuid;

use super::{SqliteStore, organizations::key, value::time};
use crate::{StoreError, Team, TeamId, Teams};

const WITH_PEOPLE: &str = "SELECT *, \
     (SELECT json_group_array(hex(user_id)) FROM team_members WHERE team_id = teams.id) \
     AS members, \
     (SELECT json_group_array(hex(user_id)) FROM team_leaders WHERE team_id = teams.id) \
     AS leaders FROM teams";

#[async_trait]
impl Teams for SqliteStore {
    async fn add(&self, team: &Team) -> Result<(), StoreError> {
        let team = team.clone();
        self.writer
            .whole(move |connection| Box::pin(async move { insert(connection, &team).await }))
            .await
    }

    async fn get(&self, id: TeamId) -> Result<Option<Team>, StoreError> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!("{WITH_PEOPLE} WHERE id = ?")))
            .bind(id.0)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(team).transpose()
    }

    async fn of(&self, organization: OrganizationId) -> Result<Vec<Team>, StoreError> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
            "{WITH_PEOPLE} WHERE organization_id = ? ORDER BY name_key"
        )))
        .bind(organization.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(team).collect()
    }

    async fn update(&self, team: &Team) -> Result<(), StoreError> {
        let team = team.clone();
        self.writer
            .whole(move |connection| Box::pin(async move { replace(connection, &team).await }))
            .await
    }

    async fn remove(&self, id: TeamId) -> Result<bool, StoreError> {
        self.writer
            .whole(move |connection| {
                Box::pin(async move {
                    // Its members and leaders go with it (ON DELETE CASCADE).
                    let removed = sqlx::query("DELETE FROM teams WHERE id = ?")
                        .bind(id.0)
                        .execute(connection)
                        .await?;
                    Ok(removed.rows_affected() == 1)
                })
            })
            .await
    }

    async fn place(&self, user: UserId, team: Option<TeamId>) -> Result<(), StoreError> {
        self.writer
            .whole(move |connection| {
                Box::pin(async move {
                    match team {
                        Some(team) => join(connection, user, team).await,
                        None => leave(connection, user).await,
                    }
                })
            })
            .await
    }

    async fn led_by(&self, leader: UserId) -> Result<BTreeSet<UserId>, StoreError> {
        let ids: Vec<Uuid> = sqlx::query_scalar(
            "SELECT m.user_id FROM team_leaders AS l JOIN team_members AS m USING (team_id) \
             WHERE l.user_id = ?",
        )
        .bind(leader.0)
        .fetch_all(&self.readers)
        .await?;
        Ok(ids.into_iter().map(UserId).collect())
    }
}

async fn insert(connection: &mut SqliteConnection, team: &Team) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO teams (id, organization_id, name, name_key, created_at) \
         VALUES (?, ?, ?, ?, ?)",
    )
    .bind(team.id.0)
    .bind(team.organization.0)
    .bind(&team.name)
    .bind(key(&team.name))
    .bind(team.created_at.as_millisecond())
    .execute(&mut *connection)
    .await?;
    people(connection, team).await
}

async fn replace(connection: &mut SqliteConnection, team: &Team) -> Result<(), StoreError> {
    let updated = sqlx::query("UPDATE teams SET name = ?, name_key = ? WHERE id = ?")
        .bind(&team.name)
        .bind(key(&team.name))
        .bind(team.id.0)
        .execute(&mut *connection)
        .await?;
    if updated.rows_affected() == 0 {
        return Err(StoreError::Missing("team"));
    }
    for statement in [
        "DELETE FROM team_members WHERE team_id = ?",
        "DELETE FROM team_leaders WHERE team_id = ?",
    ] {
        sqlx::query(statement)
            .bind(team.id.0)
            .execute(&mut *connection)
            .await?;
    }
    people(connection, team).await
}

async fn people(connection: &mut SqliteConnection, team: &Team) -> Result<(), StoreError> {
    for &member in &team.members {
        join(connection, member, team.id).await?;
    }
    for &leader in &team.leaders {
        let added = sqlx::query(
            "INSERT INTO team_leaders (user_id, team_id) SELECT users.id, teams.id \
             FROM users JOIN teams USING (organization_id) WHERE users.id = ? AND teams.id = ?",
        )
        .bind(leader.0)
        .bind(team.id.0)
        .execute(&mut *connection)
        .await?;
        if added.rows_affected() == 0 {
            return Err(StoreError::Missing("person in the organization"));
        }
    }
    Ok(())
}

/// A person moves to a team of their organization.
async fn join(
    connection: &mut SqliteConnection,
    user: UserId,
    team: TeamId,
) -> Result<(), StoreError> {
    let joined = sqlx::query(
        "INSERT INTO team_members (user_id, team_id) SELECT users.id, teams.id \
         FROM users JOIN teams USING (organization_id) WHERE users.id = ? AND teams.id = ? \
         ON CONFLICT (user_id) DO UPDATE SET team_id = excluded.team_id",
    )
    .bind(user.0)
    .bind(team.0)
    .execute(connection)
    .await?;
    match joined.rows_affected() {
        0 => Err(StoreError::Missing("team, or person in its organization")),
        _ => Ok(()),
    }
}

async fn leave(connection: &mut SqliteConnection, user: UserId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM team_members WHERE user_id = ?")
        .bind(user.0)
        .execute(connection)
        .await?;
    Ok(())
}

fn team(row: &SqliteRow) -> Result<Team, StoreError> {
    let people = |column| -> Result<BTreeSet<UserId>, StoreError> {
        super::value::from_json(row.try_get(column)?, "team")
    };
    Ok(Team {
        id: TeamId(row.try_get("id")?),
        organization: OrganizationId(row.try_get("organization_id")?),
        name: row.try_get("name")?,
        members: people("members")?,
        leaders: people("leaders")?,
        created_at: time(row, "created_at")?,
    })
}
