//! People: added, invited, disabled.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use session::{Cause, OrganizationId, Surface, UserId, UserLoss, When};
use store::{
    Actor, CrmMismatch, NewUser, Organization, Role, StoreError, TeamId, User, UserStatus,
};
use uuid::Uuid;

use super::{
    AdminError, By,
    links::{self, Invitation, OpenInvitation},
};
use crate::{
    mail::Letter,
    observe::audit::{Audit, person},
    pages::{PageError, facts::RequestFacts, words},
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

/// Invites a person by mail; the link.
pub async fn invite(
    app: &Service,
    organization: &Organization,
    person: Person,
) -> Result<String, AdminError> {
    let email = address(&person.email)?;
    if app.store.users().with_email(&email).await?.is_some() {
        return Err(AdminError::Taken(email));
    }
    let by = By::operator();
    let (link, _) = put_invitation(app, organization, person, email.clone(), None, &by).await?;
    let letter = Letter::Invitation {
        organization: &organization.name,
        link: &link,
        host: &app.config.issuer_host(),
    };
    app.mail.send(&email, &letter).await?;
    Ok(link)
}

/// The same by an Admin, who sees the link nowhere: it is in the mail, which is sent while nobody
/// waits. Whether another organization uses the address is not said; its owner reads it on the
/// page that the mail leads to.
pub async fn invite_by_mail(
    app: &App,
    organization: &Organization,
    person: Person,
    team: Option<TeamId>,
    by: &By,
) -> Result<OpenInvitation, AdminError> {
    let email = address(&person.email)?;
    let known = app.store.users().with_email(&email).await?;
    if known.is_some_and(|user| user.organization == organization.id) {
        return Err(AdminError::Taken(email));
    }
    if !app.limits.mail_to(&email) {
        return Err(AdminError::TooManyMails(email));
    }
    let put = put_invitation(app, organization, person, email.clone(), team, by);
    let (link, invitation) = put.await?;
    let (service, organization) = (app.clone(), organization.name.clone());
    app.tasks.spawn(async move {
        let letter = Letter::Invitation {
            organization: &organization,
            link: &link,
            host: &service.config.issuer_host(),
        };
        if let Err(error) = service.mail.send(&email, &letter).await {
            tracing::error!(%error, "an invitation could not be mailed");
        }
    });
    Ok(invitation)
}

/// Makes an invitation; one that the address had before is void.
async fn put_invitation(
    app: &Service,
    organization: &Organization,
    person: Person,
    email: String,
    team: Option<TeamId>,
    by: &By,
) -> Result<(String, OpenInvitation), AdminError> {
    let now = app.clock.now();
    for before in links::open_invitations(app, organization.id, now).await? {
        if before.invitation.email.eq_ignore_ascii_case(&email) {
            links::withdraw(app, organization.id, before.id).await?;
        }
    }
    let made = links::invitation(
        app,
        Invitation {
            organization: organization.id,
            email,
            name: person.name,
            role: person.role,
            team,
            digest: None,
        },
    );
    let made = made.await?;
    let entry = by.audit(app, "user.invited").within(organization.id);
    entry.because(&made.1.invitation.email).write(app).await?;
    Ok(made)
}

/// Makes the account of a person who accepts an invitation.
pub async fn accept(
    app: &App,
    invitation: &Invitation,
    name: &str,
    password: SecretString,
    facts: &RequestFacts,
) -> Result<(), PageError> {
    let password = app.passwords.hash(password).await?;
    let user = User {
        id: UserId(Uuid::now_v7()),
        organization: invitation.organization,
        email: invitation.email.clone(),
        name: name.to_owned(),
        role: invitation.role,
        status: UserStatus::Active,
        created_at: app.clock.now(),
    };
    let new = NewUser {
        user: user.clone(),
        password: Some(password),
    };
    app.store.users().add(&new).await?;
    if let Some(team) = invitation.team {
        match app.store.teams().place(user.id, Some(team)).await {
            // The team was removed meanwhile: the person is in none.
            Ok(()) | Err(StoreError::Missing(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Audit::new(app, person(user.id, None), "invitation.accepted")
        .about(&user)
        .from(facts)
        .write(app)
        .await?;
    Ok(())
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

fn address(email: &str) -> Result<String, AdminError> {
    let email = email.trim();
    email
        .parse::<lettre::Address>()
        .map(|address| address.to_string())
        .map_err(|_| AdminError::Address(email.to_owned()))
}
