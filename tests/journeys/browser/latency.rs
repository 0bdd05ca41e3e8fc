//! From the click on Sign out to the last of the other open surfaces showing it.
//!
//! Figures, not a test of them: they stand beside an empty request's round trip, measured by the
//! same browser in the same run.

use stage::{Cookies, Engine, Floor, MIRA, Shown, Surface};

const ROUNDS: usize = 20;

/// Notes when the page first shows that nobody is signed in, by the machine's clock.
const WATCH: &str = "
    const now = () => performance.timeOrigin + performance.now();
    window.shownAt = null;
    const look = () => {
        if (window.shownAt === null && document.querySelector('[data-screen=signed_out]')) {
            window.shownAt = now();
        }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });";

/// Notes when the person's last click came.
const CLICKS: &str = "
    window.clickedAt = null;
    addEventListener('click', () => { window.clickedAt = performance.timeOrigin + performance.now(); }, true);";

/// The round trip of a request whose answer is nothing.
const EMPTY: &str = "
    const done = arguments[arguments.length - 1];
    const begun = performance.now();
    fetch('/health/live', { cache: 'no-store' }).then(() => done(performance.now() - begun), () => done(-1));";

#[tokio::test]
async fn a_sign_out_reaches_every_other_surface_soon() {
    let mut floor = Floor::set(Engine::Chromium, Cookies::Allowed).await;
    let surfaces = &mut floor.surfaces;
    let mut times = Vec::new();
    let mut empty = Vec::new();
    for round in 0..ROUNDS {
        // The sign-outs go around, so that each surface is where it was pressed.
        let out = Surface::ALL[round % Surface::ALL.len()];
        for surface in Surface::ALL {
            surfaces.sign_in(surface, MIRA).await;
            let script = if surface == out { CLICKS } else { WATCH };
            surfaces.page().script(script).await;
        }
        surfaces.look_at(Surface::Workspace).await;
        let page = surfaces.page().client();
        let trip = page.execute_async(EMPTY, Vec::new()).await.expect("a trip");
        empty.push(
            trip.as_f64()
                .filter(|trip| *trip >= 0.0)
                .expect("an answer"),
        );

        surfaces.sign_out(out).await;
        surfaces.is(out, &Shown::SignedOut).await;
        let clicked = number(surfaces, out, "clickedAt").await;
        let mut last = f64::MIN;
        for surface in Surface::ALL.into_iter().filter(|surface| *surface != out) {
            surfaces.is(surface, &Shown::SignedOut).await;
            last = last.max(number(surfaces, surface, "shownAt").await);
        }
        times.push(last - clicked);
    }
    let (times, empty) = (Figures::of(times), Figures::of(empty));
    println!(
        "{:.0} ms median, {:.0} ms at the 95th percentile from Sign out to the last of four other \
         surfaces, {ROUNDS} rounds; an empty request: {:.1} ms median, {:.1} ms at the 95th",
        times.median, times.p95, empty.median, empty.p95
    );
}

async fn number(surfaces: &stage::Surfaces, surface: Surface, name: &str) -> f64 {
    surfaces.look_at(surface).await;
    let value = surfaces
        .page()
        .script(&format!("return window.{name}"))
        .await;
    value
        .as_f64()
        .unwrap_or_else(|| panic!("{surface}: {name} is {value}"))
}

struct Figures {
    median: f64,
    p95: f64,
}

impl Figures {
    fn of(mut all: Vec<f64>) -> Self {
        all.sort_by(f64::total_cmp);
        Self {
            median: all[all.len() / 2],
            p95: all[(all.len() * 95).div_ceil(100) - 1],
        }
    }
}
