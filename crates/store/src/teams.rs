//! Teams: who is in one, and which supervisors lead it.

use std::{collections::BTreeSet, fmt, str::FromStr};

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use session::{OrganizationId, UserId};
use uuid::Uuid;

use crate::StoreError;

/// One team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TeamId(pub Uuid);

impl fmt::Display for TeamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for TeamId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

/// A team of an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Its name for machines.
    pub id: TeamId,
    /// Whose it is; people of another organization are never in it.
    pub organization: OrganizationId,
    /// Its name for people; unique in the organization, case-insensitively.
    pub name: String,
    /// Who is in it.
    pub members: BTreeSet<UserId>,
    /// Who leads it.
    pub leaders: BTreeSet<UserId>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The repository of teams.
#[async_trait]
pub trait Teams: Send + Sync {
    /// Adds one, with its people; [`StoreError::Conflict`] if the name is taken,
    /// [`StoreError::Missing`] if somebody is not of the organization.
    async fn add(&self, team: &Team) -> Result<(), StoreError>;
    /// By id.
    async fn get(&self, id: TeamId) -> Result<Option<Team>, StoreError>;
    /// All of an organization's, by name.
    async fn of(&self, organization: OrganizationId) -> Result<Vec<Team>, StoreError>;
    /// Replaces name, members and leaders. Who joins it leaves the team they were in.
    async fn update(&self, team: &Team) -> Result<(), StoreError>;
    /// Removes one; its people are then in none. `false` if there is none.
    async fn remove(&self, id: TeamId) -> Result<bool, StoreError>;
    /// Puts a person into a team of their organization, or into none.
    async fn place(&self, user: UserId, team: Option<TeamId>) -> Result<(), StoreError>;
    /// Everybody in a team that `leader` leads; a supervisor sees these people.
    async fn led_by(&self, leader: UserId) -> Result<BTreeSet<UserId>, StoreError>;
}
