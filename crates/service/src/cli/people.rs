//! `user …` and `sessions …`: work on the data folder, beside a running service, too.

use std::io;

use clap::{Args, Subcommand, ValueEnum};
use secrecy::SecretString;
use store::Role;

use super::{CliError, outcome::say};
use crate::{
    admin::{
        AdminError, invitations, links,
        users::{self, Person},
    },
    config::Config,
    server,
    state::App,
};

/// What to do with a person.
#[derive(Subcommand)]
pub(super) enum UserCommand {
    /// Adds a person. Without a password it answers with a link to choose one.
    Add {
        #[command(flatten)]
        who: Who,
        /// The person's name.
        #[arg(long)]
        name: String,
        /// Reads the password from the first line of standard input.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Invites a person by mail, and answers with the link.
    Invite {
        #[command(flatten)]
        who: Who,
        /// The person's name, if it is known.
        #[arg(long)]
        name: Option<String>,
    },
    /// Ends all sessions of a person, who may not sign in any more.
    Disable {
        /// The address.
        #[arg(long)]
        email: String,
    },
    /// Lets a disabled person sign in again.
    Enable {
        /// The address.
        #[arg(long)]
        email: String,
    },
    /// Answers with a link to choose a new password.
    ResetPassword {
        /// The address.
        #[arg(long)]
        email: String,
    },
}

/// A person in an organization.
#[derive(Args)]
pub(super) struct Who {
    /// The organization's name.
    #[arg(long)]
    organization: String,
    /// Makes the organization if there is none of that name.
    #[arg(long)]
    create_organization: bool,
    /// The address.
    #[arg(long)]
    email: String,
    /// What the person is.
    #[arg(long, value_enum)]
    role: RoleName,
}

/// A role on the command line.
#[derive(Clone, Copy, ValueEnum)]
enum RoleName {
    #[value(alias = "Agent")]
    Agent,
    #[value(alias = "Supervisor")]
    Supervisor,
    #[value(alias = "Admin")]
    Admin,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Agent => Self::Agent,
            RoleName::Supervisor => Self::Supervisor,
            RoleName::Admin => Self::Admin,
        }
    }
}

/// What to do with sessions.
#[derive(Subcommand)]
pub(super) enum SessionsCommand {
    /// Ends all sessions of a person, or of everybody in an organization.
    #[command(group = clap::ArgGroup::new("whose").required(true))]
    End {
        /// The person's address.
        #[arg(long, value_name = "EMAIL", group = "whose")]
        user: Option<String>,
        /// The organization's name.
        #[arg(long, value_name = "NAME", group = "whose")]
        organization: Option<String>,
    },
}

pub(super) async fn user(config: Config, command: UserCommand) -> Result<(), CliError> {
    let (app, store) = server::open(config).await?;
    let done = do_user(&app, command).await;
    store.close().await;
    done
}

async fn do_user(app: &App, command: UserCommand) -> Result<(), CliError> {
    match command {
        UserCommand::Add {
            who,
            name,
            password_stdin,
        } => {
            let password = password_stdin.then(read_password).transpose()?;
            let has_password = password.is_some();
            let organization =
                users::organization(app, &who.organization, who.create_organization).await?;
            let person = Person {
                email: who.email,
                name: Some(name),
                role: who.role.into(),
            };
            let user = users::add(app, &organization, person, password).await?;
            say(&format!("Added {} to {}.", user.email, organization.name))?;
            if !has_password {
                let link = users::reset_link(app, &user, links::INVITATION_LIFE).await?;
                say(&format!("Choose a password within 7 days: {link}"))?;
            }
            Ok(())
        }
        UserCommand::Invite { who, name } => {
            let organization =
                users::organization(app, &who.organization, who.create_organization).await?;
            let person = Person {
                email: who.email.clone(),
                name,
                role: who.role.into(),
            };
            let link = invitations::invite(app, &organization, person).await?;
            say(&format!("Invited {}: {link}", who.email))
        }
        UserCommand::Disable { email } => {
            let ended = users::disable(app, &email).await?;
            say(&format!("Disabled {email}; {ended} sessions ended."))
        }
        UserCommand::Enable { email } => {
            users::enable(app, &email).await?;
            say(&format!("{email} may sign in again."))
        }
        UserCommand::ResetPassword { email } => {
            let user = users::user(app, &email).await?;
            let link = users::reset_link(app, &user, links::RESET_LIFE).await?;
            say(&format!("Choose a password within 30 minutes: {link}"))
        }
    }
}

pub(super) async fn sessions(config: Config, command: SessionsCommand) -> Result<(), CliError> {
    let (app, store) = server::open(config).await?;
    let SessionsCommand::End { user, organization } = command;
    let ended = end_sessions(&app, user.as_deref(), organization.as_deref()).await;
    store.close().await;
    say(&format!("{} sessions ended.", ended?))
}

async fn end_sessions(
    app: &App,
    user: Option<&str>,
    organization: Option<&str>,
) -> Result<usize, AdminError> {
    if let Some(email) = user {
        return users::end_sessions(app, email).await;
    }
    let name = organization.unwrap_or_default();
    let organization = users::organization(app, name, false).await?;
    users::end_sessions_of_all(app, &organization).await
}

fn read_password() -> Result<SecretString, CliError> {
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    let end = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(end);
    Ok(line.into())
}
