//! From the link that the browser hands over to the person's name in the window.

use std::time::{Duration, Instant, SystemTime};

use stage::{ANA, App, AppOptions, Desk, LIMIT, client, hand_over, until};

use super::person;
use crate::seed;

/// How often it is measured. Odd, so that a median is one of them.
const TIMES: usize = 11;

/// The ways measured, in milliseconds.
#[derive(Default)]
pub struct Links {
    /// From the moment the running app had the link.
    pub received_to_shown: Vec<f64>,
    /// From the moment the operating system started the second launch.
    pub launched_to_shown: Vec<f64>,
}

/// Signs in and out, over and over; ends signed in.
pub async fn measure(desk: &Desk, options: &AppOptions, issuer: &str) -> Links {
    let http = client();
    let app = App::open(desk, options).await;
    let window = app.window();
    let mut links = Links::default();
    for turn in 0..TIMES {
        window.press("Sign in with your browser").await;
        let authorize = person::address(desk).await;
        let link = seed::deep_link(&http, issuer, authorize).await;

        let exchanges = received(&app).len();
        let launched = Instant::now();
        let (shown, ()) = tokio::join!(
            async {
                until("the person in the window", LIMIT, async || {
                    window.text().await.contains(ANA.name).then_some(())
                })
                .await;
                (launched.elapsed(), SystemTime::now())
            },
            hand_over(desk, options, &link),
        );
        let (since_launch, at) = shown;
        links
            .launched_to_shown
            .push(since_launch.as_secs_f64() * 1e3);
        let received = until("the log of the exchange", LIMIT, async || {
            received(&app).get(exchanges).copied()
        })
        .await;
        let way = at.duration_since(received).unwrap_or_default();
        links.received_to_shown.push(way.as_secs_f64() * 1e3);

        if turn + 1 < TIMES {
            window.press("Sign out").await;
            window.shows("Stay signed in").await;
            window
                .element("dialog[open], [role=alertdialog], [role=dialog]")
                .await;
            press_in_dialog(window).await;
            window.shows("Sign in with your browser").await;
        }
    }
    app.quit().await;
    links
}

/// The question has a button of the same name.
async fn press_in_dialog(window: &stage::Window) {
    let script = "
        const dialog = document.querySelector('dialog[open], [role=alertdialog], [role=dialog]');
        const button = [...(dialog?.querySelectorAll('button') ?? [])]
            .find((one) => one.innerText.trim() === 'Sign out');
        button?.click();
        return !!button;";
    until("the button to confirm", LIMIT, async || {
        (window.script(script).await == true).then_some(())
    })
    .await;
}

/// When the app began an exchange, by its own log: the first thing it does with a link.
fn received(app: &App) -> Vec<SystemTime> {
    app.events()
        .iter()
        .filter(|event| {
            event["fields"]["message"] == "state changed"
                && event["fields"]["attempt"]
                    .as_str()
                    .is_some_and(|stage| stage.contains("Exchanging"))
        })
        .filter_map(|event| {
            let time: jiff::Timestamp = event["timestamp"].as_str()?.parse().ok()?;
            let since = u64::try_from(time.as_microsecond()).ok()?;
            Some(SystemTime::UNIX_EPOCH + Duration::from_micros(since))
        })
        .collect()
}
