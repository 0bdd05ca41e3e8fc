//! Checks of what the app itself uses: keychain, issuer, loopback.

use std::sync::Arc;

use secrecy::ExposeSecret;
use tokio::{sync::mpsc, task::JoinSet};
use url::Url;

use super::{Check, Finding};
use crate::{
    issuer::{
        address::Issuer,
        clock::ServerClock,
        connection::Connection,
        discovery::{DiscoveryError, Metadata},
        http::{HttpClient, HttpError},
    },
    session::{
        keychain::{Keychain, KeychainError},
        message::Message,
    },
    sign_in::{callback::Expected, loopback::Loopback},
};

const PROBE: &str = "doctor-probe";

/// Writes, reads and removes a record of its own.
pub async fn keychain(keychain: &Keychain) -> Finding {
    let probe = uuid::Uuid::new_v4().to_string();
    let tried = async {
        keychain.write(PROBE, probe.clone().into()).await?;
        let read = keychain.read(PROBE).await;
        keychain.remove(PROBE).await?;
        Ok::<_, KeychainError>(read?.is_some_and(|text| text.expose_secret() == probe))
    };
    match tried.await {
        Ok(true) => Check::Keychain.fine(Message::plain("doctor-keychain-fine")),
        Ok(false) => Check::Keychain.wrong(Message::plain("doctor-keychain-forgets")),
        Err(error) => Check::Keychain
            .wrong(Message::plain("doctor-keychain-wrong").with("detail", error.to_string())),
    }
}

/// Asks the issuer what it offers; certificate, clock and event stream follow from the answer.
pub async fn issuer(issuer: &Issuer) -> Vec<Finding> {
    let connection = match Connection::new(issuer.clone()) {
        Ok(connection) => connection,
        Err(error) => return vec![Check::Tls.wrong(tls_message(&error.to_string()))],
    };
    let asked = connection.metadata().await;
    let mut findings = vec![
        issuer_finding(issuer, asked.as_deref()),
        tls(issuer, asked.as_deref().err()),
        clock(&connection.http.clock, asked.is_ok()),
    ];
    findings.push(match &asked {
        Ok(metadata) => events(&connection.http, metadata.session_events_endpoint.as_ref()).await,
        Err(_) => Check::Events.skipped(Message::plain("doctor-needs-issuer")),
    });
    findings
}

fn issuer_finding(issuer: &Issuer, asked: Result<&Metadata, &DiscoveryError>) -> Finding {
    let address = issuer.to_string();
    match asked {
        Ok(_) => Check::Issuer.fine(Message::plain("doctor-issuer-fine").with("issuer", address)),
        Err(error) => Check::Issuer.wrong(
            Message::plain("doctor-issuer-wrong")
                .with("issuer", address)
                .with("detail", error.to_string()),
        ),
    }
}

fn tls(issuer: &Issuer, error: Option<&DiscoveryError>) -> Finding {
    if issuer.url().scheme() == "http" {
        return Check::Tls.skipped(Message::plain("doctor-tls-not-needed"));
    }
    match error {
        Some(DiscoveryError::Http(HttpError::Unreachable(why)))
            if why.to_lowercase().contains("certificate") =>
        {
            Check::Tls.wrong(tls_message(why))
        }
        Some(DiscoveryError::Http(HttpError::Unreachable(_) | HttpError::TooSlow)) => {
            Check::Tls.skipped(Message::plain("doctor-needs-issuer"))
        }
        None | Some(_) => Check::Tls.fine(Message::plain("doctor-tls-fine")),
    }
}

fn tls_message(detail: &str) -> Message {
    Message::plain("doctor-tls-wrong").with("detail", detail)
}

fn clock(clock: &ServerClock, answered: bool) -> Finding {
    if !answered {
        return Check::Clock.skipped(Message::plain("doctor-needs-issuer"));
    }
    let seconds = clock.ahead().as_secs().abs().to_string();
    if clock.is_wrong_here() {
        Check::Clock.wrong(Message::plain("doctor-clock-wrong").with("seconds", seconds))
    } else {
        Check::Clock.fine(Message::plain("doctor-clock-fine").with("seconds", seconds))
    }
}

/// Without a token the stream refuses: that is the answer that shows it is there. A session is
/// not used for it: two programs that renew one session could cross each other, and the running
/// app is the one that may.
async fn events(http: &HttpClient, endpoint: Option<&Url>) -> Finding {
    let Some(endpoint) = endpoint else {
        return Check::Events.skipped(Message::plain("doctor-events-absent"));
    };
    let wrong = |detail: String| {
        Check::Events.wrong(Message::plain("doctor-events-wrong").with("detail", detail))
    };
    let request = match http::Request::get(endpoint.as_str()).body(Vec::new()) {
        Ok(request) => request,
        Err(error) => return wrong(error.to_string()),
    };
    match http.open(request).await {
        Ok(answer) if answer.status() == http::StatusCode::UNAUTHORIZED => {
            Check::Events.fine(Message::plain("doctor-events-fine"))
        }
        Ok(answer) => wrong(answer.status().to_string()),
        Err(error) => wrong(error.to_string()),
    }
}

/// Opens a port and visits it.
pub async fn loopback() -> Finding {
    let visited = async {
        let loopback = Loopback::bind().await.map_err(|error| error.to_string())?;
        let redirect = loopback.redirect().clone();
        let expected = Expected {
            redirect: redirect.clone(),
            state: uuid::Uuid::new_v4().to_string().into(),
            issuer: String::new(),
            issuer_must_say: false,
        };
        let (sender, mut verdicts) = mpsc::unbounded_channel();
        let mut serving = JoinSet::new();
        serving.spawn(loopback.serve(expected, Arc::new(|_| String::new()), sender));
        let request = http::Request::get(redirect.as_str())
            .body(Vec::new())
            .map_err(|error| error.to_string())?;
        let http = HttpClient::new().map_err(|error| error.to_string())?;
        http.send(request)
            .await
            .map_err(|error| error.to_string())?;
        verdicts
            .try_recv()
            .map(|_| ())
            .map_err(|_| "the visit did not arrive".to_owned())
    };
    match visited.await {
        Ok(()) => Check::Loopback.fine(Message::plain("doctor-loopback-fine")),
        Err(detail) => {
            Check::Loopback.wrong(Message::plain("doctor-loopback-wrong").with("detail", detail))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::doctor::Outcome;

    #[tokio::test]
    async fn a_keychain_that_works_is_fine_and_keeps_no_probe() {
        let store = keyring_core::mock::Store::new().unwrap();
        let under_test = Keychain::with_store("test", store);
        let finding = keychain(&under_test).await;
        assert!(matches!(finding.outcome, Outcome::Fine(_)), "{finding:?}");
        assert!(under_test.read(PROBE).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn an_issuer_that_is_not_there_is_wrong_and_spares_what_follows_from_it() {
        let nobody = Issuer::parse("http://127.0.0.1:1").unwrap();
        let findings = issuer(&nobody).await;
        let wrong: Vec<_> = findings
            .iter()
            .filter(|finding| matches!(finding.outcome, Outcome::Wrong(_)))
            .map(|finding| finding.check)
            .collect();
        assert_eq!(wrong, [Check::Issuer]);
    }

    #[tokio::test]
    async fn the_loopback_can_be_visited() {
        let finding = loopback().await;
        assert!(matches!(finding.outcome, Outcome::Fine(_)), "{finding:?}");
    }
}
