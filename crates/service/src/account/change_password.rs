//! A person changes the own password, on the account page or in Workspace (rule 6): the session
//! that does it stays if it is a browser's, every other one ends.
//!
//! Threats: whoever sits down at somebody else's signed-in browser (the current password is asked
//! for, its guesses count towards the lockout of the account), and weak passwords.

use secrecy::{ExposeSecret, SecretString};
use session::Surface;
use store::Ends;
use thiserror::Error;

use crate::{
    admin::passwords::set_password,
    limits::Failed,
    observe::audit::{Audit, person},
    pages::{PageError, facts::RequestFacts},
    sessions::Live,
    sign_in::rules::{self, Owner, Weakness},
    state::App,
};

/// The password until now, and the one from now on.
pub struct Passwords {
    /// Until now.
    pub current: SecretString,
    /// From now on.
    pub new: SecretString,
}

/// Why the password was not changed.
#[derive(Debug, Error)]
pub enum NotChanged {
    /// The current password is another one.
    #[error("the current password is not right")]
    CurrentWrong,
    /// The rules refuse the new one.
    #[error("the new password is not accepted")]
    Weak(Weakness),
    /// The new one is the current one.
    #[error("the new password is the current one")]
    Same,
    /// It did not work.
    #[error(transparent)]
    Failed(PageError),
}

impl NotChanged {
    /// The field that it is about, the key of its words, and its stable code.
    pub fn problem(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::CurrentWrong => ("current", "password-current-wrong", "UL-1012"),
            Self::Weak(weakness) => ("new", weakness.key(), "UL-1014"),
            Self::Same => ("new", "password-same", "UL-1014"),
            Self::Failed(error) => {
                let (code, _, key) = error.parts();
                ("new", key, code)
            }
        }
    }
}

impl<E: Into<PageError>> From<E> for NotChanged {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Changes the password of whoever `here` belongs to.
pub async fn change_password(
    app: &App,
    here: &Live,
    facts: &RequestFacts,
    surface: Surface,
    sent: Passwords,
) -> Result<Ends, NotChanged> {
    let user = &here.user;
    let actor = person(user.id, Some(here.record.session.id));
    app.limits.attempt_from(facts.address)?;
    let now = app.clock.now();
    app.limits.lockout.check(&user.email, now)?;
    let stored = app.store.users().password(user.id).await?;
    if !app.passwords.verify(sent.current.clone(), stored).await? {
        let reason = match app.limits.lockout.failed(&user.email, now) {
            Failed::Counted => "wrong_password",
            Failed::Locked => "too_many_failures",
        };
        Audit::new(app, actor, "password.refused")
            .about(user)
            .from(facts)
            .on(surface)
            .because(reason)
            .write(app)
            .await?;
        return Err(NotChanged::CurrentWrong);
    }
    app.limits.lockout.clear(&user.email);
    let owner = Owner {
        email: &user.email,
        name: &user.name,
        organization: &here.organization.name,
    };
    rules::check(sent.new.expose_secret(), owner).map_err(NotChanged::Weak)?;
    if sent.current.expose_secret() == sent.new.expose_secret() {
        return Err(NotChanged::Same);
    }
    let by = Some(here.record.session.id);
    Ok(set_password(app, user, sent.new, by, &actor, Some(facts), surface).await?)
}
