//! How a command tells what came of it: answers on standard output, errors with all their causes
//! on standard error.

use std::{
    error::Error,
    io::{self, Write},
    process::ExitCode,
};

use thiserror::Error;

use crate::{
    admin::AdminError, config::ConfigError, keys::KeysError, observe::LogError, server::ServerError,
};

/// A command that did not do what it was asked to.
#[derive(Debug, Error)]
pub enum CliError {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The service does not start.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// The log cannot be started.
    #[error(transparent)]
    Log(#[from] LogError),
    /// An act on people or sessions failed.
    #[error(transparent)]
    Admin(#[from] AdminError),
    /// The keys cannot be rotated.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// Standard input or output failed.
    #[error("standard input or output failed")]
    Terminal(#[from] io::Error),
}

/// Writes an answer line.
pub(super) fn say(line: &str) -> Result<(), CliError> {
    writeln!(io::stdout().lock(), "{line}")?;
    Ok(())
}

/// Writes the error, if there is one, and chooses the exit status.
pub(super) fn report(outcome: Result<(), CliError>) -> ExitCode {
    let Err(error) = outcome else {
        return ExitCode::SUCCESS;
    };
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.ends_with(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    // Nothing is left to do if standard error is closed, too.
    let _ = writeln!(io::stderr().lock(), "unified-login: {text}");
    ExitCode::FAILURE
}
