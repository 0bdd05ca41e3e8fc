//! Who asks at the Dashboard, and how far that person sees.
//!
//! Threats: an Agent, or a Supervisor beyond the own teams, who asks the interface directly (the
//! role is read anew at every request, so a role that was taken away a moment ago is gone); one
//! organization's Admin who names another's people, sessions or clients (everything named is
//! looked for in the own organization only, and what is not there is answered like what is
//! another's).

use std::collections::BTreeSet;

use axum::{extract::FromRequestParts, http::request::Parts};
use session::{OrganizationId, SessionId, UserId};
use store::{Role, User, UserStatus};

use crate::{
    admin::By,
    api::ApiError,
    pages::facts::RequestFacts,
    sessions::Live,
    state::App,
    surfaces::{SurfaceError, SurfaceLogin},
};

/// A person who asks, as the store has them now.
pub struct Person {
    /// Who.
    pub user: User,
    /// From where.
    pub facts: RequestFacts,
    login: SurfaceLogin,
}

impl Person {
    /// The session.
    pub fn session(&self) -> SessionId {
        self.login.session()
    }

    /// The session, with what is remembered of it.
    pub fn live(&self) -> &Live {
        &self.login.live
    }

    /// Whose employee.
    pub fn organization(&self) -> OrganizationId {
        self.user.organization
    }

    /// The person as who does something.
    pub fn by(&self) -> By {
        By::person(self.login.actor(), self.login.site.surface(), &self.facts)
    }
}

/// An Admin; everybody else is refused.
pub struct Admin(pub Person);

/// An Admin or a Supervisor; an Agent is refused.
pub struct Viewer {
    /// Who.
    pub person: Person,
    /// Whom this person sees.
    pub reach: Reach,
}

/// Whom a person sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everybody in the organization.
    Organization,
    /// The people of the teams that they lead, and themselves.
    People(BTreeSet<UserId>),
}

impl Reach {
    /// Whether that is somebody whom they see.
    pub fn has(&self, user: UserId) -> bool {
        match self {
            Self::Organization => true,
            Self::People(people) => people.contains(&user),
        }
    }
}

/// Why nobody was let in: by the surface, or by the role.
pub enum NotLetIn {
    /// Nobody is signed in.
    Surface(SurfaceError),
    /// The role does not allow it.
    Api(ApiError),
}

impl<E: Into<ApiError>> From<E> for NotLetIn {
    fn from(error: E) -> Self {
        Self::Api(error.into())
    }
}

impl axum::response::IntoResponse for NotLetIn {
    fn into_response(self) -> axum::response::Response {
        match self {
            Self::Surface(error) => error.into_response(),
            Self::Api(error) => error.into_response(),
        }
    }
}

async fn person(parts: &mut Parts, app: &App) -> Result<Person, NotLetIn> {
    let login = SurfaceLogin::from_request_parts(parts, app).await;
    let login = login.map_err(NotLetIn::Surface)?;
    let Ok(facts) = RequestFacts::from_request_parts(parts, app).await;
    let user = app.store.users().get(login.user()).await?;
    let user = user.filter(|user| user.status == UserStatus::Active);
    Ok(Person {
        user: user.ok_or(NotLetIn::Surface(SurfaceError::SignedOut))?,
        facts,
        login,
    })
}

impl FromRequestParts<App> for Admin {
    type Rejection = NotLetIn;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, NotLetIn> {
        let person = person(parts, app).await?;
        match person.user.role {
            Role::Admin => Ok(Self(person)),
            Role::Agent | Role::Supervisor => Err(ApiError::Role.into()),
        }
    }
}

impl FromRequestParts<App> for Viewer {
    type Rejection = NotLetIn;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, NotLetIn> {
        let person = person(parts, app).await?;
        let reach = match person.user.role {
            Role::Admin => Reach::Organization,
            Role::Supervisor => {
                let mut people = app.store.teams().led_by(person.user.id).await?;
                people.insert(person.user.id);
                Reach::People(people)
            }
            Role::Agent => return Err(ApiError::Role.into()),
        };
        Ok(Self { person, reach })
    }
}
