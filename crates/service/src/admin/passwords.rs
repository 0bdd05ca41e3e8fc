//! Setting a password, with what follows from it (rule 6).

use secrecy::SecretString;
use session::{Cause, CredentialChange, SessionId, Surface};
use store::{Actor, Ends, User};

use crate::{
    mail::Letter,
    observe::audit::Audit,
    pages::{PageError, facts::RequestFacts},
    sessions::{end, to_completion},
    state::App,
};

/// Stores the password, ends the person's other sessions and tells the person by mail.
pub async fn set_password(
    app: &App,
    user: &User,
    password: SecretString,
    by: Option<SessionId>,
    actor: &Actor,
    facts: Option<&RequestFacts>,
    surface: Surface,
) -> Result<Ends, PageError> {
    let hash = app.passwords.hash(password).await?;
    let mut entry = Audit::new(app, actor.clone(), "password.changed").about(user);
    if let Some(facts) = facts {
        entry = entry.from(facts).on(surface);
    }
    let entry = entry.because(if by.is_some() { "changed" } else { "reset" });
    // Whole, or a client that hangs up would keep the sessions that the old password made.
    let (service, actor, user) = (app.clone(), actor.clone(), user.clone());
    to_completion(app, async move {
        let now = service.clock.now();
        let users = service.store.users();
        users.set_password(user.id, &hash, now).await?;
        let cause = Cause::CredentialChanged {
            user: user.id,
            change: CredentialChange::Password,
            by,
        };
        let ends = end(&service, &cause, &actor, Some(surface)).await?;
        entry.write(&service).await?;
        tell_by_mail(&service, user);
        Ok(ends)
    })
    .await
}

fn tell_by_mail(app: &App, user: User) {
    let service = app.clone();
    app.tasks.spawn(async move {
        let letter = Letter::PasswordChanged {
            name: &user.name,
            link: &service.config.page("/forgot-password"),
            host: &service.config.issuer_host(),
        };
        if let Err(error) = service.mail.send(&user.email, &letter).await {
            tracing::error!(%error, "a password change could not be mailed");
        }
    });
}
