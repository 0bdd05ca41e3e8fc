//! Invitations: made, mailed, accepted.

use secrecy::SecretString;
use session::UserId;
use store::{NewUser, Organization, StoreError, TeamId, User, UserStatus};
use uuid::Uuid;

use super::{
    AdminError, By,
    links::{self, Invitation, OpenInvitation},
    users::{Person, address},
};
use crate::{
    mail::Letter,
    observe::audit::{Audit, person},
    pages::{PageError, facts::RequestFacts},
    state::{App, Service},
};

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
