//! People: added, disabled, signed out.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use session::{Cause, OrganizationId, Surface, UserId, UserLoss, When};
use store::{Actor, CrmMismatch, NewUser, Organization, Role, StoreError, User, UserStatus};
use uuid::Uuid;

use super::{AdminError, links};
use crate::{
    observe::audit::Audit,
    pages::words,
    sessions::{self, end},
    sign_in::rules::{self, Owner},
    state::{App, Service},
};

/// A person to be added or invited.
#[derive(Clone, Debug)]
pub struct Person {
    /// The address.
    pub email: String,
    /// The name; an invited person chooses it.
    pub name: Option<String>,
    /// What the person is.
    pub role: Role,
}

/// The organization of that name; made if `create`.
pub async fn organization(
    app: &Service,
    name: &str,
    create: bool,
) -> Result<Organization, AdminError> {
    if let Some(organization) = app.store.organizations().named(name).await? {
        return Ok(organization);
    }
    if !create {
        return Err(AdminError::NoOrganization(name.to_owned()));
    }
    let organization = Organization {
        id: OrganizationId(Uuid::now_v7()),
        name: name.trim().to_owned(),
        created_at: app.clock.now(),
        browser_lifetimes: None,
        desktop_lifetimes: None,
        sign_out_ends_all_browsers: false,
        crm_mismatch: CrmMismatch::default(),
    };
    app.store.organizations().add(&organization).await?;
    Audit::new(app, Actor::Operator, "organization.created")
        .within(organization.id)
        .write(app)
        .await?;
    Ok(organization)
}

/// The person with that address.
pub async fn user(app: &Service, email: &str) -> Result<User, AdminError> {
    let user = app.store.users().with_email(email).await?;
    user.ok_or_else(|| AdminError::NoUser(email.to_owned()))
}

/// Adds a person, with a password if there is one.
pub async fn add(
    app: &Service,
    organization: &Organization,
    person: Person,
    password: Option<SecretString>,
) -> Result<User, AdminError> {
    let email = address(&person.email)?;
    let name = person.name.unwrap_or_else(|| email.clone());
    let password = match password {
        None => None,
        Some(password) => {
            let owner = Owner {
                email: &email,
                name: &name,
                organization: &organization.name,
            };
            rules::check(password.expose_secret(), owner)
                .map_err(|weakness| AdminError::Password(words().say(weakness.key())))?;
            Some(app.passwords.hash(password).await?)
        }
    };
    let user = User {
        id: UserId(Uuid::now_v7()),
        organization: organization.id,
        email,
        name,
        role: person.role,
        status: UserStatus::Active,
        created_at: app.clock.now(),
    };
    let new = NewUser {
        user: user.clone(),
        password,
    };
    match app.store.users().add(&new).await {
        Ok(()) => {}
        Err(StoreError::Conflict(_)) => return Err(AdminError::Taken(user.email)),
        Err(error) => return Err(error.into()),
    }
    Audit::new(app, Actor::Operator, "user.added")
        .about(&user)
        .write(app)
        .await?;
    Ok(user)
}

/// A link for a person to choose a new password.
pub async fn reset_link(app: &Service, user: &User, life: Duration) -> Result<String, AdminError> {
    let link = links::reset(app, user, life).await?;
    Audit::new(app, Actor::Operator, "password_reset.requested")
        .about(user)
        .write(app)
        .await?;
    Ok(link)
}

/// Disables a person: all sessions end (rule 5).
pub async fn disable(app: &App, email: &str) -> Result<usize, AdminError> {
    let user = user(app, email).await?;
    let ends = sessions::disable(app, user.id, When::Now, &Actor::Operator, None).await?;
    Ok(ends.ended.len())
}

/// Lets a disabled person sign in again.
pub async fn enable(app: &Service, email: &str) -> Result<(), AdminError> {
    let user = user(app, email).await?;
    app.store.users().enable(user.id).await?;
    Audit::new(app, Actor::Operator, "user.enabled")
        .about(&user)
        .write(app)
        .await?;
    Ok(())
}

/// Ends all sessions of everybody in an organization (rule 5).
pub async fn end_sessions_of_all(
    app: &App,
    organization: &Organization,
) -> Result<usize, AdminError> {
    let mut ended = 0;
    for user in app.store.users().of(organization.id).await? {
        ended += lose(app, &user, UserLoss::EndedByAdmin).await?;
    }
    Ok(ended)
}

/// Ends all sessions of a person (rule 5).
pub async fn end_sessions(app: &App, email: &str) -> Result<usize, AdminError> {
    let user = user(app, email).await?;
    lose(app, &user, UserLoss::EndedByAdmin).await
}

async fn lose(app: &App, user: &User, loss: UserLoss) -> Result<usize, AdminError> {
    let cause = Cause::UserLost {
        user: user.id,
        loss,
        when: When::Now,
    };
    let ended = end(app, &cause, &Actor::Operator, None::<Surface>).await?;
    Ok(ended.ended.len())
}

pub(super) fn address(email: &str) -> Result<String, AdminError> {
    let email = email.trim();
    email
        .parse::<lettre::Address>()
        .map(|address| address.to_string())
        .map_err(|_| AdminError::Address(email.to_owned()))
}
