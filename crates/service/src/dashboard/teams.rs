//! `/api/teams`: who is in one, and which Supervisors lead it. An Admin makes and changes them; a
//! Supervisor sees the own.
//!
//! Threats: a Supervisor who joins people to the own team to see them (only Admins change teams);
//! people of another organization in a team (the store refuses them, and they are answered like
//! people who do not exist).

use std::collections::{BTreeSet, HashMap};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, put},
};
use session::UserId;
use store::{Role, StoreError, TeamId, User};
use uuid::Uuid;

use super::{
    sessions::name,
    who::{Admin, Reach, Viewer},
    wire::{Team, TeamFields, Teams},
};
use crate::{
    api::{ApiError, Body, Named, Refusal, text},
    state::App,
};

/// The most people in a team, and the most teams.
const MOST_PEOPLE: usize = 1000;
const MOST_TEAMS: usize = 500;

/// The endpoints about teams.
pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/api/teams", get(list).post(add))
        .route("/api/teams/{id}", put(change).delete(remove))
}

/// `GET /api/teams`.
async fn list(State(app): State<App>, viewer: Viewer) -> Result<Json<Teams>, ApiError> {
    let organization = viewer.person.organization();
    let users = colleagues(&app, organization).await?;
    let leads = |team: &store::Team| match viewer.reach {
        Reach::Organization => true,
        Reach::People(_) => team.leaders.contains(&viewer.person.user.id),
    };
    let teams = app.store.teams().of(organization).await?;
    let teams = teams.into_iter().filter(leads);
    let teams = teams.map(|team| shown(team, &users)).collect();
    Ok(Json(Teams { teams }))
}

/// `POST /api/teams`.
async fn add(
    State(app): State<App>,
    admin: Admin,
    Body(sent): Body<TeamFields>,
) -> Result<(StatusCode, Json<Team>), ApiError> {
    let organization = admin.0.organization();
    if app.store.teams().of(organization).await?.len() >= MOST_TEAMS {
        return Err(Refusal::of("name", "UL-1407", "api-too-many-teams").into());
    }
    let mut team = store::Team {
        id: TeamId(Uuid::now_v7()),
        organization,
        name: String::new(),
        members: BTreeSet::new(),
        leaders: BTreeSet::new(),
        created_at: app.clock.now(),
    };
    let users = colleagues(&app, organization).await?;
    fill(&mut team, sent, &users)?;
    unless_taken(app.store.teams().add(&team).await)?;
    note(&app, &admin, "team.added", &team).await?;
    Ok((StatusCode::CREATED, Json(shown(team, &users))))
}

/// `PUT /api/teams/{id}`.
async fn change(
    State(app): State<App>,
    admin: Admin,
    Named(id): Named<TeamId>,
    Body(sent): Body<TeamFields>,
) -> Result<Json<Team>, ApiError> {
    let mut team = own(&app, &admin, id).await?;
    let users = colleagues(&app, team.organization).await?;
    fill(&mut team, sent, &users)?;
    unless_taken(app.store.teams().update(&team).await)?;
    note(&app, &admin, "team.changed", &team).await?;
    Ok(Json(shown(team, &users)))
}

/// `DELETE /api/teams/{id}`.
async fn remove(
    State(app): State<App>,
    admin: Admin,
    Named(id): Named<TeamId>,
) -> Result<StatusCode, ApiError> {
    let team = own(&app, &admin, id).await?;
    if app.store.teams().remove(id).await? {
        note(&app, &admin, "team.removed", &team).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn own(app: &App, admin: &Admin, id: TeamId) -> Result<store::Team, ApiError> {
    let team = app.store.teams().get(id).await?;
    team.filter(|team| team.organization == admin.0.organization())
        .ok_or(ApiError::Missing)
}

type Colleagues = HashMap<UserId, User>;

async fn colleagues(
    app: &App,
    organization: session::OrganizationId,
) -> Result<Colleagues, ApiError> {
    let users = app.store.users().of(organization).await?;
    Ok(users.into_iter().map(|user| (user.id, user)).collect())
}

fn fill(team: &mut store::Team, sent: TeamFields, users: &Colleagues) -> Result<(), Refusal> {
    team.name = text::name("name", &sent.name)?;
    if let Some(members) = sent.members {
        team.members = people("members", members, users)?;
    }
    if let Some(leaders) = sent.leaders {
        let leaders = people("leaders", leaders, users)?;
        let lead = |id| {
            users
                .get(id)
                .is_some_and(|user: &User| user.role == Role::Supervisor)
        };
        // Who led it before and is no Supervisor any more stays without harm: it gives nothing.
        if !leaders
            .iter()
            .all(|id| lead(id) || team.leaders.contains(id))
        {
            return Err(Refusal::of("leaders", "UL-1407", "api-no-supervisor"));
        }
        team.leaders = leaders;
    }
    Ok(())
}

fn people(field: &str, sent: Vec<UserId>, users: &Colleagues) -> Result<BTreeSet<UserId>, Refusal> {
    if sent.len() > MOST_PEOPLE {
        return Err(Refusal::of(field, "UL-1407", "api-team-too-large"));
    }
    let people: BTreeSet<UserId> = sent.into_iter().collect();
    if people.iter().all(|id| users.contains_key(id)) {
        Ok(people)
    } else {
        Err(Refusal::of(field, "UL-1407", "api-no-person"))
    }
}

fn unless_taken(done: Result<(), StoreError>) -> Result<(), ApiError> {
    match done {
        Err(StoreError::Conflict(_)) => {
            let taken = Refusal::new(StatusCode::CONFLICT, "UL-1409", "api-team-taken");
            Err(taken.at("name").into())
        }
        done => Ok(done?),
    }
}

async fn note(
    app: &App,
    admin: &Admin,
    action: &str,
    team: &store::Team,
) -> Result<(), StoreError> {
    let entry = admin.0.by().audit(app, action).within(team.organization);
    entry.because(&team.name).write(app).await
}

fn shown(team: store::Team, users: &Colleagues) -> Team {
    let names = |people: &BTreeSet<UserId>| {
        let mut names: Vec<_> = people
            .iter()
            .filter_map(|id| users.get(id))
            .map(name)
            .collect();
        names.sort_by(|one, two| one.name.cmp(&two.name).then(one.id.cmp(&two.id)));
        names
    };
    Team {
        id: team.id.0,
        members: names(&team.members),
        leaders: names(&team.leaders),
        name: team.name,
    }
}
