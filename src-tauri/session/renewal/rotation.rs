//! One rotation of the refresh token: memory and keychain agree before a token is used, and the
//! successor is stored before its access token is given.

use faults::Point;
use openidconnect::{OAuth2TokenResponse, RefreshToken};
use secrecy::ExposeSecret;
use tokio::time::Instant;

use super::{Access, Held, Renewal, Renewer, due_after};
use crate::{
    issuer::oauth::{self, TokenFailure, Tokens},
    session::{ending::Ending, problem::Problem, record::Record},
};

/// A rotation that did not come to an access token.
pub(super) struct Stopped(pub Renewal);

fn later(problem: Problem) -> Stopped {
    Stopped(Renewal::TryLater(problem))
}

fn keychain(problem: Problem) -> Stopped {
    Stopped(Renewal::KeychainUnavailable(problem))
}

fn fault(point: Point, problem: Problem) -> Result<(), Stopped> {
    faults::at(point).map_err(|_| later(problem))
}

impl Renewer {
    pub(super) async fn rotate(&self, held: &mut Held) -> Result<Access, Stopped> {
        self.settle_record(held).await?;
        fault(Point::AppRenewalBeforeRequest, Problem::RenewalDelayed)?;
        let metadata = self
            .connection
            .metadata()
            .await
            .map_err(|error| later((&error).into()))?;
        let client =
            oauth::client(&metadata, &self.client_id).map_err(|error| later((&error).into()))?;
        let asked = Instant::now();
        let token = RefreshToken::new(held.record.refresh_token.expose_secret().to_owned());
        let send = self.token_prover.sender(&self.connection.http);
        let answer: Result<Tokens, _> = client
            .exchange_refresh_token(&token)
            .request_async(&send)
            .await;
        let tokens = match answer {
            Ok(tokens) => tokens,
            Err(error) => return Err(self.sort(TokenFailure::from(error)).await),
        };
        fault(Point::AppRenewalAfterAnswer, Problem::RenewalDelayed)?;
        // RFC 6749 §6: without a new refresh token the old one goes on.
        if let Some(successor) = tokens.refresh_token() {
            held.record.refresh_token = successor.secret().as_str().into();
        }
        held.record.last_event = self.last_event();
        held.unsaved = true;
        held.renewals += 1;
        self.store(held).await?;
        Ok(Access {
            token: tokens.access_token().secret().as_str().into(),
            number: held.renewals,
            renew_at: asked + due_after(self.every, tokens.expires_in()),
            given: self.connection.http.clock.now(),
        })
    }

    /// Makes memory and keychain agree before a token is used.
    async fn settle_record(&self, held: &mut Held) -> Result<(), Stopped> {
        if held.unsaved {
            return self.store(held).await;
        }
        let text = self
            .keychain
            .read(&self.account)
            .await
            .map_err(|error| keychain((&error).into()))?
            .ok_or(Stopped(Renewal::SignedOut(Ending::RecordRemoved)))?;
        let stored = Record::from_text(&text).map_err(|error| keychain(error.into()))?;
        if stored.subject == held.record.subject && stored.proof_key_is(&held.record) {
            held.record = stored;
            Ok(())
        } else {
            // Somebody signed in to another session over it.
            Err(Stopped(Renewal::SignedOut(Ending::RecordRemoved)))
        }
    }

    async fn store(&self, held: &mut Held) -> Result<(), Stopped> {
        fault(Point::AppRenewalBeforeStore, Problem::KeychainMissing)
            .map_err(|_| keychain(Problem::KeychainMissing))?;
        let text = held
            .record
            .to_text()
            .map_err(|error| keychain(error.into()))?;
        self.keychain
            .write(&self.account, text)
            .await
            .map_err(|error| keychain((&error).into()))?;
        held.unsaved = false;
        fault(Point::AppRenewalAfterStore, Problem::RenewalDelayed)
    }

    async fn sort(&self, failure: TokenFailure) -> Stopped {
        tracing::debug!(error = %failure, "no tokens");
        match failure {
            TokenFailure::InvalidGrant(reason) => {
                let ending = reason.map_or(Ending::Refused, Ending::Told);
                Stopped(Renewal::SignedOut(ending))
            }
            TokenFailure::Refused(_) if self.connection.http.clock.is_wrong_here() => {
                later(Problem::ClockWrong)
            }
            other => {
                // An endpoint may have moved.
                self.connection.forget().await;
                later((&other).into())
            }
        }
    }
}
