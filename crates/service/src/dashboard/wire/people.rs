//! People and teams.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use session::UserId;
use store::Role;
#[cfg(feature = "typescript")]
use ts_rs::TS;
use uuid::Uuid;

/// `GET /api/people`: all for an Admin, the own teams' for a Supervisor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct People {
    /// By name; invited people come last.
    pub people: Vec<PersonShown>,
    /// Whether there are more than can be shown: search for somebody.
    pub more: bool,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct PersonShown {
    /// Which one; of an invited person, which invitation.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub id: Uuid,
    /// The name; of an invited person it may be empty.
    pub name: String,
    /// The address.
    pub email: String,
    /// What the person may do.
    pub role: Role,
    /// Whether the person may sign in.
    pub status: PersonStatus,
    /// The person's team.
    pub team: Option<TeamName>,
    /// How many sessions are live.
    pub live_sessions: usize,
    /// When one of them was last used.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub last_used: Option<Timestamp>,
}

/// Whether a person may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(rename_all = "snake_case")]
pub enum PersonStatus {
    /// May.
    Active,
    /// May not.
    Disabled,
    /// Has not come yet.
    Invited,
}

/// A team by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct TeamName {
    /// Which one.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// A person by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct PersonName {
    /// Which one.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub id: UserId,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
}

/// `POST /api/people/invite`. Inviting an address again replaces its invitation; disabling an
/// invited person withdraws it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(deny_unknown_fields)]
pub struct InvitePerson {
    /// The address.
    pub email: String,
    /// The name; the person may choose another.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub name: Option<String>,
    /// What the person will be.
    pub role: Role,
    /// The team.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, type = "string | null"))]
    pub team: Option<Uuid>,
}

/// The answer to [`InvitePerson`]. The mail is on its way; the link is in it and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Invited {
    /// The person as listed from now on.
    pub person: PersonShown,
}

/// `PUT /api/people/{id}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(deny_unknown_fields)]
pub struct ChangePerson {
    /// What the person may do from now on.
    pub role: Role,
    /// The person's team; `null`: none.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub team: Option<Uuid>,
    /// An Admin who gives up the own role has been told what that means.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<bool>"))]
    pub even_myself: bool,
}

/// `GET /api/teams`: all for an Admin, the own for a Supervisor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Teams {
    /// By name.
    pub teams: Vec<Team>,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
pub struct Team {
    /// Which one.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Who is in it.
    pub members: Vec<PersonName>,
    /// The Supervisors who lead it.
    pub leaders: Vec<PersonName>,
}

/// `POST /api/teams` and `PUT /api/teams/{id}`: the team from now on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(TS))]
#[serde(deny_unknown_fields)]
pub struct TeamFields {
    /// Its name.
    pub name: String,
    /// Who is in it; a person leaves another team for it. Without it: as it was.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, type = "Array<string>"))]
    pub members: Option<Vec<UserId>>,
    /// Which Supervisors lead it. Without it: as it was.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, type = "Array<string>"))]
    pub leaders: Option<Vec<UserId>>,
}
