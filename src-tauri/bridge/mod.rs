//! The bridge: hears what happens to the person's sessions, and tells the controller what of it
//! concerns this app. Where the issuer has no event stream there is no bridge, and the app learns
//! of its end at the next renewal.

mod stream;

use std::{sync::Arc, time::Duration};

use ::session::{Heard, SessionEvent, SessionId, What, hear};
use backon::{BackoffBuilder, ExponentialBuilder};
use tokio::{
    sync::{mpsc, watch},
    time::Instant,
};
use url::Url;

use crate::{
    issuer::connection::Connection,
    session::{
        alarm,
        ending::Ending,
        renewal::{Renewal, Renewer},
        snapshot::{ActivityItem, ActivityWhat},
    },
};

/// What the bridge tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The stream is open.
    Live,
    /// The stream is cut; it is opened again.
    Cut,
    /// The app's own session ended.
    OwnEnd(Ending),
    /// Something happened to another session of the person.
    Activity(ActivityItem),
}

/// What the bridge works with.
pub struct Bridge {
    /// The issuer.
    pub connection: Connection,
    /// Gives access tokens.
    pub renewer: Arc<Renewer>,
    /// The stream's address.
    pub endpoint: Url,
    /// The app's own session.
    pub own: SessionId,
}

/// Why a stream is over.
enum Over {
    /// It broke, or could not be opened.
    Cut,
    /// The access token is not accepted any more.
    Unauthorized(u64),
    /// The session is over.
    Ended(Ending),
}

impl Bridge {
    /// Runs until the session ends. `nudges` open a waiting stream at once.
    pub async fn run(self, mut nudges: watch::Receiver<u64>, news: mpsc::UnboundedSender<News>) {
        let mut pauses = pauses();
        loop {
            let began = Instant::now();
            let over = self.listen(&news).await;
            match over {
                Over::Ended(ending) => {
                    let _ = news.send(News::OwnEnd(ending));
                    return;
                }
                Over::Unauthorized(number) => {
                    if let Renewal::SignedOut(ending) = self.renewer.renew(Some(number)).await {
                        let _ = news.send(News::OwnEnd(ending));
                        return;
                    }
                }
                Over::Cut => {}
            }
            if news.send(News::Cut).is_err() {
                return;
            }
            if began.elapsed() > Duration::from_mins(1) {
                pauses = self::pauses();
            }
            let pause = pauses.next().unwrap_or(Duration::from_mins(1));
            alarm::wait(Instant::now() + pause, &mut nudges).await;
        }
    }

    async fn listen(&self, news: &mpsc::UnboundedSender<News>) -> Over {
        let access = match self.renewer.usable().await {
            Renewal::Fresh(access) => access,
            Renewal::SignedOut(ending) => return Over::Ended(ending),
            Renewal::TryLater(_) | Renewal::KeychainUnavailable(_) => return Over::Cut,
        };
        let mut events = match self.open(&access).await {
            Ok(events) => events,
            Err(over) => return over,
        };
        let _ = news.send(News::Live);
        while let Some(heard) = events.next().await {
            match heard {
                stream::Item::Hello(sequence) => {
                    if self.renewer.last_event().is_none() {
                        self.renewer.heard(sequence);
                    }
                }
                stream::Item::Reset => tracing::info!("events were missed"),
                stream::Item::Event(event) => {
                    if let Some(ending) = self.take(&event, news) {
                        return Over::Ended(ending);
                    }
                    // After the store: a crash between hears it again, which is harmless.
                    self.renewer.heard(event.sequence);
                }
            }
        }
        Over::Cut
    }

    fn take(&self, event: &SessionEvent, news: &mpsc::UnboundedSender<News>) -> Option<Ending> {
        match hear(self.own, event) {
            Heard::OwnEnd(reason) => return Some(Ending::Told(reason)),
            Heard::Activity => {
                if let Some(item) = activity(event) {
                    let _ = news.send(News::Activity(item));
                }
            }
            Heard::Nothing => {}
        }
        None
    }
}

fn activity(event: &SessionEvent) -> Option<ActivityItem> {
    let what = match event.what {
        What::Started => ActivityWhat::SignedIn,
        What::Ended { reason } => ActivityWhat::Ended(reason),
        What::Renewed => return None,
    };
    Some(ActivityItem {
        at: event.at,
        what,
        kind: event.kind,
        surface: event.surface,
        device: event.device.clone(),
    })
}

/// Half a second to a minute, jittered: ten thousand apps must not come back together.
fn pauses() -> impl Iterator<Item = Duration> {
    ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(500))
        .with_max_delay(Duration::from_mins(1))
        .with_jitter()
        .without_max_times()
        .build()
}
