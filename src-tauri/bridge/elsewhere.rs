//! Where else the person is signed in: asked when the stream opens and whenever something
//! happened to another session. What cannot be learned is left as it was, without a word: the
//! stream already says whether the service can be reached.

use std::time::Duration;

use ::session::Kind;
use jiff::Timestamp;
use serde::Deserialize;
use tokio::{
    sync::{mpsc, watch},
    time::Instant,
};
use url::Url;

use super::{
    Bridge, News, pauses,
    protected::{self, NotOpen},
};
use crate::{
    issuer::http::whole,
    session::{
        renewal::Renewal,
        snapshot::{Elsewhere, SessionElsewhere},
    },
};

/// Events that come together ("sign out everywhere else") are answered by one list.
const SPACING: Duration = Duration::from_millis(250);
/// After so many failures in a row the next event, or the next stream, begins anew.
const TRIES: usize = 5;
/// Nobody reads more.
const SHOWN: usize = 50;

#[derive(Deserialize)]
struct Answer {
    role: Option<String>,
    sessions: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Listed {
    kind: Kind,
    device: String,
    #[serde(default)]
    platform: String,
    place: Option<String>,
    since: Timestamp,
    last_used: Timestamp,
    #[serde(default)]
    this: bool,
}

/// Asks whenever `asked` changes, until that is over.
pub async fn follow(
    bridge: &Bridge,
    endpoint: &Url,
    mut asked: watch::Receiver<u64>,
    news: &mpsc::UnboundedSender<News>,
) {
    while asked.changed().await.is_ok() {
        for pause in pauses().take(TRIES) {
            if let Some(elsewhere) = learn(bridge, endpoint, news).await {
                let _ = news.send(News::Elsewhere(elsewhere));
                break;
            }
            let due = Instant::now() + pause;
            if tokio::time::timeout_at(due, asked.changed())
                .await
                .is_ok_and(|still| still.is_err())
            {
                return;
            }
        }
        tokio::time::sleep(SPACING).await;
    }
}

async fn learn(
    bridge: &Bridge,
    endpoint: &Url,
    news: &mpsc::UnboundedSender<News>,
) -> Option<Elsewhere> {
    let Renewal::Fresh(access) = bridge.renewer.usable().await else {
        return None;
    };
    let http = &bridge.connection.http;
    let accept = "application/json";
    let answer = protected::get(http, endpoint, accept, &[], &bridge.renewer, &access).await;
    match answer {
        Ok(answer) => {
            let answer = whole(answer).await.ok()?;
            read(answer.body())
        }
        Err(NotOpen::Unauthorized) => {
            let renewal = bridge.renewer.renew(Some(access.number)).await;
            let _ = news.send(News::Checked(renewal));
            None
        }
        Err(NotOpen::Failed) => None,
    }
}

/// Sessions that a newer service describes in another way are left out.
fn read(body: &[u8]) -> Option<Elsewhere> {
    let answer: Answer = serde_json::from_slice(body).ok()?;
    let sessions = answer
        .sessions
        .into_iter()
        .filter_map(|session| serde_json::from_value::<Listed>(session).ok())
        .filter(|listed| !listed.this)
        .take(SHOWN)
        .map(|listed| SessionElsewhere {
            kind: listed.kind,
            device: listed.device,
            platform: listed.platform,
            place: listed.place,
            since: listed.since,
            last_used: listed.last_used,
        })
        .collect();
    Some(Elsewhere {
        role: answer.role,
        sessions,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_app_itself_is_not_elsewhere_and_what_is_not_understood_is_left_out() {
        let body = serde_json::json!({
            "role": "supervisor",
            "sessions": [
                { "kind": "desktop", "device": "mira-laptop", "this": true,
                  "since": "2026-11-24T14:00:00Z", "last_used": "2026-11-24T14:02:00Z" },
                { "kind": "browser", "device": "Chromium on Linux", "platform": "Linux",
                  "place": "Vienna", "this": false, "a_newer_field": {},
                  "since": "2026-11-24T13:00:00Z", "last_used": "2026-11-24T14:01:00Z" },
                { "kind": "television", "device": "TV",
                  "since": "2026-11-24T13:00:00Z", "last_used": "2026-11-24T14:01:00Z" },
            ],
        });
        let elsewhere = read(body.to_string().as_bytes()).unwrap();
        assert_eq!(elsewhere.role.as_deref(), Some("supervisor"));
        assert_eq!(
            elsewhere.sessions,
            [SessionElsewhere {
                kind: Kind::Browser,
                device: "Chromium on Linux".to_owned(),
                platform: "Linux".to_owned(),
                place: Some("Vienna".to_owned()),
                since: "2026-11-24T13:00:00Z".parse().unwrap(),
                last_used: "2026-11-24T14:01:00Z".parse().unwrap(),
            }]
        );
    }

    #[test]
    fn rubbish_is_no_list() {
        assert_eq!(read(b"<html>"), None);
        assert_eq!(read(b"{}"), None);
    }
}
