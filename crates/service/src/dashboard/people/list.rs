//! Everybody whom the person who asks sees, with what they do here.

use std::collections::HashMap;

use axum::{Json, extract::State};
use serde::Deserialize;
use session::{OrganizationId, UserId};
use store::{Team, Use, User, UserStatus};

use crate::{
    admin::links,
    api::{ApiError, Asked, text},
    dashboard::{
        who::{Reach, Viewer},
        wire::{People, PersonShown, PersonStatus, TeamName},
    },
    state::App,
};

/// More are not shown at once: whoever looks for one of them searches.
const MOST: usize = 1000;

/// The query.
#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    search: Option<String>,
}

/// `GET /api/people`.
///
/// Threat: a Supervisor who sees people of other teams, or an invitation's address that is none
/// of theirs.
pub async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Asked(asked): Asked<Search>,
) -> Result<Json<People>, ApiError> {
    let search = text::search("search", asked.search)?;
    let organization = viewer.person.organization();
    let book = Book::read(&app, organization).await?;
    let users = app.store.users().of(organization).await?;
    let mut people: Vec<PersonShown> = users
        .into_iter()
        .filter(|user| viewer.reach.has(user.id))
        .map(|user| book.shown(user))
        .collect();
    if viewer.reach == Reach::Organization {
        let now = app.clock.now();
        let invited = links::open_invitations(&app, organization, now).await?;
        people.extend(invited.into_iter().map(|open| PersonShown {
            id: open.id,
            name: open.invitation.name.unwrap_or_default(),
            email: open.invitation.email,
            role: open.invitation.role,
            status: PersonStatus::Invited,
            team: open.invitation.team.and_then(|team| book.team(team.0)),
            live_sessions: 0,
            last_used: None,
        }));
    }
    if let Some(search) = search {
        let search = search.to_lowercase();
        let has = |text: &str| text.to_lowercase().contains(&search);
        people.retain(|person| has(&person.name) || has(&person.email));
    }
    let more = people.len() > MOST;
    people.truncate(MOST);
    Ok(Json(People { people, more }))
}

/// A person as listed.
pub(super) async fn shown(app: &App, user: User) -> Result<PersonShown, ApiError> {
    let book = Book::read(app, user.organization).await?;
    Ok(book.shown(user))
}

/// What is known of people beside their accounts.
struct Book {
    teams: Vec<Team>,
    team_of: HashMap<UserId, TeamName>,
    uses: HashMap<UserId, Use>,
}

impl Book {
    async fn read(app: &App, organization: OrganizationId) -> Result<Self, ApiError> {
        let teams = app.store.teams().of(organization).await?;
        let uses = app.store.sessions().used_in(organization).await?;
        let team_of = teams
            .iter()
            .flat_map(|team| team.members.iter().map(|member| (*member, named(team))))
            .collect();
        Ok(Self {
            teams,
            team_of,
            uses: uses.into_iter().map(|used| (used.user, used)).collect(),
        })
    }

    fn team(&self, id: uuid::Uuid) -> Option<TeamName> {
        self.teams.iter().find(|team| team.id.0 == id).map(named)
    }

    fn shown(&self, user: User) -> PersonShown {
        let sessions = self.uses.get(&user.id);
        PersonShown {
            id: user.id.0,
            name: user.name,
            email: user.email,
            role: user.role,
            status: match user.status {
                UserStatus::Active => PersonStatus::Active,
                UserStatus::Disabled => PersonStatus::Disabled,
            },
            team: self.team_of.get(&user.id).cloned(),
            live_sessions: sessions.map_or(0, |used| used.live as usize),
            last_used: sessions.map(|used| used.last_used_at),
        }
    }
}

fn named(team: &Team) -> TeamName {
    TeamName {
        id: team.id.0,
        name: team.name.clone(),
    }
}
