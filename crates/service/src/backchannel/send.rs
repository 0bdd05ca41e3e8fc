//! One logout request (OpenID Connect Back-Channel Logout 1.0 §2.5).

use std::{error::Error, time::Duration};

use reqwest::{StatusCode, redirect::Policy};

use super::{
    DeliveryError,
    reach::{NotPublic, Reach},
};
use crate::openid::Client;

/// How long a client may take, from the name's resolution to the answer's head.
const WITHIN: Duration = Duration::from_secs(5);
/// How long a connection is kept for the next end.
const KEPT: Duration = Duration::from_secs(30);

/// What calls clients: the operator's own, and those that organizations registered.
pub(super) struct Caller {
    operators: (reqwest::Client, Reach),
    organizations: (reqwest::Client, Reach),
}

impl Caller {
    /// `here`: whether the service itself is on this computer only.
    pub(super) fn new(here: bool) -> Result<Self, reqwest::Error> {
        let organizations = if here {
            Reach::PublicAndHere
        } else {
            Reach::Public
        };
        Ok(Self {
            operators: (client(Reach::Anywhere)?, Reach::Anywhere),
            organizations: (client(organizations)?, organizations),
        })
    }

    /// Tells a client. Only 200 and 204 say that it knows (§2.8 names 200; others answer 204).
    pub(super) async fn tell(&self, client: &Client, token: String) -> Result<(), DeliveryError> {
        let Some(uri) = &client.config.backchannel_logout_uri else {
            return Ok(());
        };
        let (http, reach) = match client.organization {
            None => &self.operators,
            Some(_) => &self.organizations,
        };
        if !reach.admits_host(uri) {
            return Err(DeliveryError::Private);
        }
        let form = [("logout_token", token)];
        let sent = http.post(uri.clone()).form(&form).send().await;
        match sent.map(|answer| answer.status()) {
            Ok(StatusCode::OK | StatusCode::NO_CONTENT) => Ok(()),
            Ok(status) if status.is_redirection() => {
                Err(DeliveryError::Redirected(status.as_u16()))
            }
            Ok(status) => Err(DeliveryError::Refused(status.as_u16())),
            Err(error) if error.is_timeout() => Err(DeliveryError::TimedOut),
            Err(error) if leads_inside(&error) => Err(DeliveryError::Private),
            Err(_) => Err(DeliveryError::Unreachable),
        }
    }
}

fn client(reach: Reach) -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .user_agent("unified-login")
        .redirect(Policy::none())
        // A proxy would resolve the name itself, past what `reach` admits.
        .no_proxy()
        .dns_resolver(reach)
        .timeout(WITHIN)
        .pool_idle_timeout(KEPT)
        .referer(false)
        .build()
}

fn leads_inside(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<NotPublic>() {
            return true;
        }
        // The standard library shows an error inside of one of its own by another way.
        let inner = error.downcast_ref::<std::io::Error>();
        if let Some(inner) = inner.and_then(std::io::Error::get_ref)
            && inner.is::<NotPublic>()
        {
            return true;
        }
        cause = error.source();
    }
    false
}
