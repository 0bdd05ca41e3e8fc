//! `crm …`: which CRM pages may show the widget.

use clap::{Subcommand, ValueEnum};
use store::Crm;

use super::{CliError, outcome::say};
use crate::{
    admin::{crm, users},
    config::Config,
    server,
};

/// What to do about CRMs.
#[derive(Subcommand)]
pub(super) enum CrmCommand {
    /// Lets pages of an origin show the widget of an organization.
    Allow {
        /// The organization's name.
        #[arg(long)]
        organization: String,
        /// The CRM that the pages belong to.
        #[arg(long, value_enum)]
        crm: CrmName,
        /// The origin: `https://acme.zendesk.com`.
        #[arg(long)]
        origin: String,
    },
}

/// A CRM on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum CrmName {
    Hubspot,
    Zendesk,
    Salesforce,
}

impl From<CrmName> for Crm {
    fn from(name: CrmName) -> Self {
        match name {
            CrmName::Hubspot => Self::Hubspot,
            CrmName::Zendesk => Self::Zendesk,
            CrmName::Salesforce => Self::Salesforce,
        }
    }
}

pub(super) async fn crm(config: Config, command: CrmCommand) -> Result<(), CliError> {
    let CrmCommand::Allow {
        organization,
        crm,
        origin,
    } = command;
    let (app, store) = server::open(config).await?;
    let allowed = async {
        let organization = users::organization(&app, &organization, false).await?;
        crm::allow(&app, &organization, crm.into(), &origin).await
    };
    let allowed = allowed.await;
    store.close().await;
    say(&format!(
        "Pages of {} may show {organization}'s widget.",
        allowed?
    ))
}
