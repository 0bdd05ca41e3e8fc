//! People and their password hashes.

use async_trait::async_trait;
use jiff::Timestamp;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use session::{OrganizationId, UserId};

use crate::StoreError;

/// What a person may do in an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Takes calls.
    Agent,
    /// Leads teams of agents.
    Supervisor,
    /// Runs the organization.
    Admin,
}

/// Whether a person may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    /// May sign in.
    Active,
    /// May not sign in; all sessions have ended.
    Disabled,
}

/// A person's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Its name for machines.
    pub id: UserId,
    /// The organization.
    pub organization: OrganizationId,
    /// The address as the person writes it; unique when lower-cased.
    pub email: String,
    /// The person's name.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// Whether the person may sign in.
    pub status: UserStatus,
    /// When the account was made.
    pub created_at: Timestamp,
}

/// A user to be added.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// The account.
    pub user: User,
    /// Its password, if it has one.
    pub password: Option<PasswordHash>,
}

/// A password hash in PHC string form (argon2id).
#[derive(Clone, Debug)]
pub struct PasswordHash(pub SecretString);

/// The repository of users.
#[async_trait]
pub trait Users: Send + Sync {
    /// Adds one; [`StoreError::Conflict`] if the address is taken.
    async fn add(&self, user: &NewUser) -> Result<(), StoreError>;
    /// By id.
    async fn get(&self, id: UserId) -> Result<Option<User>, StoreError>;
    /// By email address, case-insensitively, with surrounding white space ignored.
    async fn with_email(&self, email: &str) -> Result<Option<User>, StoreError>;
    /// All of an organization's, by name.
    async fn of(&self, organization: OrganizationId) -> Result<Vec<User>, StoreError>;
    /// Replaces the name, and nothing that somebody else may be changing.
    async fn rename(&self, id: UserId, name: &str) -> Result<(), StoreError>;
    /// Replaces the role; [`StoreError::LastAdmin`] if nobody would be left to run the
    /// organization.
    async fn set_role(&self, id: UserId, role: Role) -> Result<(), StoreError>;
    /// Lets a disabled person sign in again. Disabling is [`crate::Sessions::disable`], which ends
    /// what lives.
    async fn enable(&self, id: UserId) -> Result<(), StoreError>;
    /// The password hash, if the user has one.
    async fn password(&self, id: UserId) -> Result<Option<PasswordHash>, StoreError>;
    /// Sets or replaces the password hash. Ending sessions is the caller's (rule 6).
    async fn set_password(
        &self,
        id: UserId,
        password: &PasswordHash,
        at: Timestamp,
    ) -> Result<(), StoreError>;
}
