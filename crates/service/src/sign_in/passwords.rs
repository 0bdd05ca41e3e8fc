//! Password hashing: argon2id with OWASP's parameters, on blocking threads, a bounded number at
//! once, and the same work for an account that does not exist.

use std::{num::NonZeroUsize, sync::Arc};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{self, PasswordHasher, PasswordVerifier, phc},
};
use secrecy::{ExposeSecret, SecretString};
use store::PasswordHash;
use thiserror::Error;
use tokio::sync::Semaphore;

/// OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Why a password could not be hashed or compared.
#[derive(Debug, Error)]
pub enum PasswordError {
    /// The stored hash is damaged, or from something else.
    #[error("a password hash cannot be read: {0}")]
    Hash(String),
    /// The service is stopping.
    #[error("the password was not hashed, the service is stopping")]
    Stopping,
}

/// Hashes and compares passwords.
pub struct Passwords {
    slots: Arc<Semaphore>,
    /// Compared with where there is no account, so that the answer takes as long.
    nobody: PasswordHash,
}

impl Passwords {
    /// `at_once` hashes at a time; 0: one for each processor.
    pub fn new(at_once: u32) -> Result<Self, PasswordError> {
        let at_once = match usize::try_from(at_once) {
            Ok(0) | Err(_) => std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
            Ok(number) => number,
        };
        Ok(Self {
            slots: Arc::new(Semaphore::new(at_once)),
            nobody: hash(&SecretString::from("nobody's password"))?,
        })
    }

    /// Hashes a new password.
    pub async fn hash(&self, password: SecretString) -> Result<PasswordHash, PasswordError> {
        self.run(move || hash(&password)).await
    }

    /// Whether `password` is the one that was hashed; `None` never is, and takes as long.
    pub async fn verify(
        &self,
        password: SecretString,
        stored: Option<PasswordHash>,
    ) -> Result<bool, PasswordError> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.clone());
        let same = self.run(move || verify(&password, &stored)).await?;
        Ok(same && known)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let slot = Arc::clone(&self.slots)
            .acquire_owned()
            .await
            .map_err(|_| PasswordError::Stopping)?;
        tokio::task::spawn_blocking(move || {
            let _slot = slot;
            work()
        })
        .await
        .map_err(|_| PasswordError::Stopping)?
    }
}

fn argon2() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .map_err(|error| PasswordError::Hash(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &SecretString) -> Result<PasswordHash, PasswordError> {
    argon2()?
        .hash_password(password.expose_secret().as_bytes())
        .map(|hash| PasswordHash(hash.to_string().into()))
        .map_err(|error| PasswordError::Hash(error.to_string()))
}

fn verify(password: &SecretString, stored: &PasswordHash) -> Result<bool, PasswordError> {
    let parsed = phc::PasswordHash::new(stored.0.expose_secret())
        .map_err(|error| PasswordError::Hash(error.to_string()))?;
    match argon2()?.verify_password(password.expose_secret().as_bytes(), &parsed) {
        Ok(()) => Ok(true),
        Err(password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(PasswordError::Hash(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_another_is_not() {
        let passwords = Passwords::new(1).unwrap();
        let stored = passwords.hash("correct horse".into()).await.unwrap();
        assert!(
            stored
                .0
                .expose_secret()
                .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
        );
        let right = passwords.verify("correct horse".into(), Some(stored.clone()));
        assert!(right.await.unwrap());
        assert!(
            !passwords
                .verify("wrong".into(), Some(stored))
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn nobody_signs_in_without_a_stored_password() {
        let passwords = Passwords::new(1).unwrap();
        let tried = passwords.verify("nobody's password".into(), None);
        assert!(!tried.await.unwrap());
    }

    #[tokio::test]
    async fn a_damaged_hash_is_an_error_and_not_a_sign_in() {
        let passwords = Passwords::new(1).unwrap();
        let damaged = PasswordHash("$argon2id$rubbish".into());
        assert!(passwords.verify("x".into(), Some(damaged)).await.is_err());
    }
}
