//! Email and password: who is it?
//!
//! Threats: guessing is slowed by address and stopped by account; an account that does not exist
//! takes as long, counts as much and is answered in the same words as one that does.

use std::collections::BTreeSet;

use secrecy::SecretString;
use session::{Authentication, Method, Surface, UserId};
use store::{Actor, UserStatus};
use uuid::Uuid;

use crate::{
    limits::{Failed, TooOften},
    observe::audit::{Audit, person},
    openid::attempt::Authenticated,
    pages::{PageError, facts::RequestFacts},
    state::App,
};

/// Why nobody was recognized.
pub enum Refused {
    /// Email or password is wrong, or the account may not sign in: it is not said which.
    Wrong,
    /// Too many wrong passwords for this account.
    Locked(TooOften),
    /// There is no answer.
    Failed(PageError),
}

impl<E: Into<PageError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Recognizes a person by email and password.
pub async fn authenticate(
    app: &App,
    facts: &RequestFacts,
    surface: Surface,
    email: &str,
    password: SecretString,
) -> Result<Authenticated, Refused> {
    app.limits.attempt_from(facts.address)?;
    let now = app.clock.now();
    app.limits
        .lockout
        .check(email, now)
        .map_err(Refused::Locked)?;
    let user = app.store.users().with_email(email).await?;
    // Nobody's password is looked for, too: both ways ask the store the same questions.
    let id = user.as_ref().map_or(UserId(Uuid::nil()), |user| user.id);
    let stored = app.store.users().password(id).await?;
    let right = app.passwords.verify(password, stored).await?;
    let audit = |actor, action| {
        let entry = Audit::new(app, actor, action).from(facts).on(surface);
        match &user {
            Some(user) => entry.about(user),
            None => entry,
        }
    };
    match &user {
        Some(user) if right && user.status == UserStatus::Active => {
            app.limits.lockout.clear(email);
            audit(person(user.id, None), "sign_in.succeeded")
                .because("password")
                .write(app)
                .await?;
            metrics::counter!("unified_login_sign_ins_total", "outcome" => "succeeded")
                .increment(1);
            Ok(Authenticated {
                user: user.clone(),
                authentication: Authentication {
                    methods: BTreeSet::from([Method::Password]),
                    at: now,
                },
            })
        }
        _ => {
            let reason = match &user {
                None => "unknown_account",
                Some(user) if user.status != UserStatus::Active => "disabled",
                Some(_) => "wrong_password",
            };
            audit(Actor::Anonymous, "sign_in.failed")
                .because(reason)
                .write(app)
                .await?;
            metrics::counter!("unified_login_sign_ins_total", "outcome" => "failed").increment(1);
            if app.limits.lockout.failed(email, now) == Failed::Locked {
                audit(Actor::Anonymous, "sign_in.locked")
                    .because("too_many_failures")
                    .write(app)
                    .await?;
                metrics::counter!("unified_login_lockouts_total").increment(1);
            }
            Err(Refused::Wrong)
        }
    }
}
