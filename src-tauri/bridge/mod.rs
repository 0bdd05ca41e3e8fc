//! The bridge: hears what happens to the person's sessions, and tells the controller what of it
//! concerns this app. Where the issuer has no event stream there is no bridge, and the app learns
//! of its end at the next renewal.

mod bounds;
mod elsewhere;
mod protected;
mod stream;

use std::{sync::Arc, time::Duration};

use ::session::{Heard, SessionEvent, SessionId, What, hear};
use backon::{BackoffBuilder, ExponentialBuilder};
use tokio::{
    sync::{mpsc, watch},
    time::Instant,
};
use url::Url;

use self::protected::NotOpen;
use crate::{
    issuer::connection::Connection,
    session::{
        alarm,
        ending::Ending,
        renewal::{Renewal, Renewer},
        snapshot::{ActivityItem, ActivityWhat, Elsewhere},
    },
};

/// What the bridge tells.
pub enum News {
    /// The stream is open.
    Live,
    /// The stream is cut; it is opened again.
    Cut,
    /// What came of a renewal that the bridge asked for, to learn how it stands.
    Checked(Renewal),
    /// The app's own session ended.
    OwnEnd(Ending),
    /// Something happened to another session of the person.
    Activity(ActivityItem),
    /// Where the person is signed in beside this app.
    Elsewhere(Elsewhere),
}

/// What the bridge works with.
pub struct Bridge {
    /// The issuer.
    pub connection: Connection,
    /// Gives access tokens.
    pub renewer: Arc<Renewer>,
    /// The stream's address.
    pub events: Url,
    /// Where the list of sessions is, if the issuer has one.
    pub sessions: Option<Url>,
    /// The app's own session.
    pub own: SessionId,
}

/// Why a stream is over.
enum Over {
    /// It was open and broke.
    Lost,
    /// It could not be opened, with this access token if there was one.
    NotOpen(Option<u64>),
    /// The access token is not accepted any more.
    Unauthorized(u64),
    /// The session is over.
    Ended(Ending),
}

impl Bridge {
    /// Runs until the session ends. `nudges` open a waiting stream at once.
    pub async fn run(self, nudges: watch::Receiver<u64>, news: mpsc::UnboundedSender<News>) {
        let (ask, asked) = watch::channel(0);
        let list = async {
            if let Some(sessions) = &self.sessions {
                elsewhere::follow(&self, sessions, asked, &news).await;
            }
        };
        // The list stops when the stream, which asks for it, is over for good.
        tokio::join!(self.keep_listening(nudges, &news, ask), list);
    }

    async fn keep_listening(
        &self,
        mut nudges: watch::Receiver<u64>,
        news: &mpsc::UnboundedSender<News>,
        ask: watch::Sender<u64>,
    ) {
        let mut pauses = pauses();
        // A stream that was open and cannot be opened again: perhaps the service is gone, and the
        // person is told now rather than when the next renewal fails.
        let mut doubtful = false;
        loop {
            let began = Instant::now();
            let check = match self.listen(news, &ask).await {
                Over::Ended(ending) => {
                    let _ = news.send(News::OwnEnd(ending));
                    return;
                }
                Over::Unauthorized(number) => Some(number),
                Over::NotOpen(number) => number.filter(|_| std::mem::take(&mut doubtful)),
                Over::Lost => {
                    doubtful = true;
                    None
                }
            };
            if news.send(News::Cut).is_err() {
                return;
            }
            if let Some(number) = check {
                let renewal = self.renewer.renew(Some(number)).await;
                let over = matches!(renewal, Renewal::SignedOut(_));
                if news.send(News::Checked(renewal)).is_err() || over {
                    return;
                }
            }
            if began.elapsed() > Duration::from_mins(1) {
                pauses = self::pauses();
            }
            let pause = pauses.next().unwrap_or(Duration::from_mins(1));
            alarm::wait(Instant::now() + pause, &mut nudges).await;
        }
    }

    async fn listen(&self, news: &mpsc::UnboundedSender<News>, ask: &watch::Sender<u64>) -> Over {
        let access = match self.renewer.usable().await {
            Renewal::Fresh(access) => access,
            Renewal::SignedOut(ending) => return Over::Ended(ending),
            Renewal::TryLater(_) | Renewal::KeychainUnavailable(_) => return Over::NotOpen(None),
        };
        let http = &self.connection.http;
        let opened = stream::open(http, &self.events, &self.renewer, &access).await;
        let mut events = match opened {
            Ok(events) => events,
            Err(NotOpen::Failed) => return Over::NotOpen(Some(access.number)),
            Err(NotOpen::Unauthorized) => return Over::Unauthorized(access.number),
        };
        let _ = news.send(News::Live);
        // Whatever happened while nobody listened.
        ask.send_modify(|count| *count += 1);
        while let Some(heard) = events.next().await {
            match heard {
                stream::Item::Hello(sequence) => {
                    if self.renewer.last_event().is_none() {
                        self.renewer.heard(sequence);
                    }
                }
                stream::Item::Reset => tracing::info!("events were missed"),
                stream::Item::Event(event) => {
                    if let Some(ending) = self.take(&event, news, ask) {
                        return Over::Ended(ending);
                    }
                    // After the store: a crash between hears it again, which is harmless.
                    self.renewer.heard(event.sequence);
                }
            }
        }
        Over::Lost
    }

    fn take(
        &self,
        event: &SessionEvent,
        news: &mpsc::UnboundedSender<News>,
        ask: &watch::Sender<u64>,
    ) -> Option<Ending> {
        match hear(self.own, event) {
            Heard::OwnEnd(reason) => return Some(Ending::Told(reason)),
            Heard::Activity => {
                ask.send_modify(|count| *count += 1);
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
