//! A frame that signs in by a window of its own, and everybody who tries to use that.

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::{Answer, Browser, CTI, GIL, ID, MIRA, WORKSPACE, World};

const FRAME: &str = "__Host-ul-frame";
const OWN: &str = "__Host-ul-surface";

/// A frame of the widget in a CRM page: its cookies are apart from its browser's others.
struct Frame<'a>(Browser<'a>);

impl<'a> Frame<'a> {
    fn new(world: &'a World) -> Self {
        Self(world.browser())
    }

    async fn send(&self, path: &str, body: &Value) -> Answer {
        let referrer = format!("{CTI}/hubspot/acme");
        let headers = [
            ("sec-fetch-dest", "empty"),
            ("sec-fetch-site", "same-origin"),
            ("sec-fetch-storage-access", "none"),
            ("origin", CTI),
            ("referer", &referrer),
            ("content-type", "application/json"),
        ];
        let url = format!("{CTI}{path}");
        self.0
            .send(Method::POST, &url, &headers, &body.to_string())
            .await
    }

    async fn begin(&self) -> Value {
        let begun = self.send("/embed/attempts", &json!({})).await;
        assert_eq!(begun.status, 201, "{begun:?}");
        begun.json()
    }

    async fn wait(&self, attempt: &Value) -> Answer {
        let path = format!("/embed/attempts/{}/wait", text(&attempt["attempt"]));
        self.send(&path, &json!({"wait": attempt["wait"]})).await
    }

    async fn session(&self) -> Value {
        let referrer = format!("{CTI}/hubspot/acme");
        let headers = [
            ("sec-fetch-dest", "empty"),
            ("sec-fetch-site", "same-origin"),
            ("referer", referrer.as_str()),
        ];
        let url = format!("{CTI}/session");
        self.0.send(Method::GET, &url, &headers, "").await.json()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

async fn confirm(window: &Browser<'_>, attempt: &Value) -> Answer {
    let body = json!({"attempt": attempt["attempt"], "hand": attempt["hand"]});
    window
        .tell(Method::POST, CTI, "/window/confirm", &body)
        .await
}

/// The window, from the handshake to its last page.
async fn go_through(window: &Browser<'_>, attempt: &Value, email: &str) -> String {
    let next = confirm(window, attempt).await.json();
    let opened = window.open(&format!("{CTI}{}", text(&next["next"]))).await;
    if opened.at().starts_with(ID) {
        return window.fill_in(&opened, email).await.at();
    }
    opened.at()
}

#[tokio::test]
async fn a_frame_is_signed_in_by_its_window_and_stays_so() {
    let world = World::new().await;
    let (frame, window) = (Frame::new(&world), world.browser());
    assert_eq!(frame.session().await["status"], "signed_out");
    let attempt = frame.begin().await;
    let page = window
        .get(&format!("{CTI}{}", text(&attempt["window"])))
        .await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("cross-origin-opener-policy"), "unsafe-none");
    assert!(!page.body.contains(text(&attempt["hand"])));

    let waiting = frame.wait(&attempt);
    let signing_in = async {
        tokio::task::yield_now().await;
        go_through(&window, &attempt, MIRA).await
    };
    let (waited, last) = tokio::join!(waiting, signing_in);
    assert_eq!(last, format!("{CTI}/window/done"));
    assert_eq!(waited.status, 200, "{waited:?}");
    assert_eq!(waited.json(), json!({"status": "signed_in"}));
    let cookie = waited.sets(FRAME).unwrap();
    for part in [
        "Partitioned",
        "SameSite=None",
        "Secure",
        "HttpOnly",
        "Path=/",
        "Max-Age=15552000",
    ] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert_eq!(frame.session().await["person"]["email"], MIRA);
    assert_eq!(
        world.live(MIRA).await,
        1,
        "one session for frame and browser"
    );
    assert_eq!(window.session(CTI).await["person"]["email"], MIRA);
}

#[tokio::test]
async fn where_the_browser_is_signed_in_the_window_asks_nothing_and_keeps_its_opener() {
    let world = World::new().await;
    let (frame, window) = (Frame::new(&world), world.browser());
    window.sign_in(WORKSPACE, MIRA).await;
    let attempt = frame.begin().await;
    let next = confirm(&window, &attempt).await.json();
    let mut answer = window.get(&format!("{CTI}{}", text(&next["next"]))).await;
    while let Some(next) = answer.next() {
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            "",
            "{answer:?}"
        );
        answer = window.get(next.as_str()).await;
    }
    assert_eq!(answer.url.path(), "/window/done");
    assert_eq!(frame.wait(&attempt).await.status, 200);
    assert_eq!(world.live(MIRA).await, 1);
}

/// A window that a sandboxed frame opened shows nothing that would cut it from its opener.
#[tokio::test]
async fn no_page_of_the_window_cuts_it_from_its_opener_and_a_page_of_other_surfaces_does() {
    let world = World::new().await;
    let (frame, window) = (Frame::new(&world), world.browser());
    let attempt = frame.begin().await;
    let next = confirm(&window, &attempt).await.json();
    let form = window.open(&format!("{CTI}{}", text(&next["next"]))).await;
    assert_eq!(form.page.url.path(), "/sign-in");
    assert_eq!(form.page.header("cross-origin-opener-policy"), "");
    let elsewhere = world.browser().open(&format!("{WORKSPACE}/")).await;
    assert_eq!(elsewhere.page.url.path(), "/sign-in");
    let policy = elsewhere.page.header("cross-origin-opener-policy");
    assert_eq!(policy, "same-origin");
}

#[tokio::test]
async fn a_frame_s_sign_out_ends_the_browser_s_session_and_the_reverse() {
    let world = World::new().await;
    for from_the_frame in [true, false] {
        let (frame, window) = (Frame::new(&world), world.browser());
        let attempt = frame.begin().await;
        go_through(&window, &attempt, MIRA).await;
        frame.wait(&attempt).await;
        if from_the_frame {
            let answer = frame
                .send("/session/sign-out", &json!({"when": "now"}))
                .await;
            assert_eq!(answer.status, 200);
        } else {
            window
                .tell(
                    Method::POST,
                    CTI,
                    "/session/sign-out",
                    &json!({"when": "now"}),
                )
                .await;
        }
        for session in [frame.session().await, window.session(CTI).await] {
            assert_eq!(session["status"], "signed_out");
            assert_eq!(session["ended"]["surface"], "cti");
        }
    }
}

#[tokio::test]
async fn a_page_that_only_opens_the_window_or_sends_its_link_gets_nothing() {
    let world = World::new().await;
    let (attacker, victim) = (Frame::new(&world), world.browser());
    victim.sign_in(WORKSPACE, MIRA).await;
    // Begun elsewhere, and the person is lured into its window: nobody hands anything over.
    let attempt = attacker.begin().await;
    victim
        .get(&format!("{CTI}{}", text(&attempt["window"])))
        .await;
    let lured = victim.open(&format!("{CTI}/sign-in?window=1")).await;
    assert_eq!(lured.at(), format!("{CTI}/window"), "nothing goes on");
    let wait = attacker.wait(&attempt);
    let over = async {
        tokio::task::yield_now().await;
        world.app.surfaces.close();
    };
    let (waited, ()) = tokio::join!(wait, over);
    assert_eq!(waited.status, 202);
    assert_eq!(waited.sets(FRAME), None);
}

#[tokio::test]
async fn an_attempt_that_another_browser_was_handed_is_not_finished_here() {
    let world = World::new().await;
    let (attacker, victim) = (Frame::new(&world), world.browser());
    victim.sign_in(WORKSPACE, MIRA).await;
    let attempt = attacker.begin().await;
    // The attacker confirms in a browser of their own and sends each link of the way.
    let own = world.browser();
    let next = confirm(&own, &attempt).await.json();
    let mut links = vec![format!("{CTI}{}", text(&next["next"]))];
    let mut answer = own.get(&links[0]).await;
    while let Some(next) = answer.next() {
        links.push(next.to_string());
        answer = own.get(next.as_str()).await;
    }
    for link in &links {
        victim.open(link).await;
    }
    // A cookie that names the attempt without the window's secret is nothing either.
    let name = text(&attempt["attempt"]);
    victim.set_cookie(CTI, "__Host-ul-window", &format!("{name}.guessed"));
    let tried = victim.open(&format!("{CTI}/sign-in?window=1")).await;
    assert_eq!(tried.page.status, 403, "{tried:?}");
    assert!(tried.page.body.contains("UL-1312"));
    let waited = async {
        tokio::task::yield_now().await;
        world.app.surfaces.close();
    };
    let (answer, ()) = tokio::join!(attacker.wait(&attempt), waited);
    assert_eq!(answer.status, 202, "{answer:?}");
}

#[tokio::test]
async fn without_the_right_secret_nobody_confirms_or_waits() {
    let world = World::new().await;
    let (frame, window) = (Frame::new(&world), world.browser());
    let attempt = frame.begin().await;
    // The name stands in the window's address: it is no secret, and opens nothing.
    let mut wrong = attempt.clone();
    wrong["hand"] = attempt["wait"].clone();
    confirm(&window, &wrong)
        .await
        .assert_problem(403, "UL-1312");
    wrong["wait"] = attempt["hand"].clone();
    frame.wait(&wrong).await.assert_problem(410, "UL-1311");
    wrong["attempt"] = json!("never begun");
    confirm(&window, &wrong)
        .await
        .assert_problem(410, "UL-1311");
    frame.wait(&wrong).await.assert_problem(410, "UL-1311");
}

#[tokio::test]
async fn an_attempt_is_used_once_and_for_ten_minutes() {
    let world = World::new().await;
    let (frame, window) = (Frame::new(&world), world.browser());
    let attempt = frame.begin().await;
    go_through(&window, &attempt, MIRA).await;
    let stranger = Frame::new(&world);
    assert_eq!(frame.wait(&attempt).await.status, 200);
    stranger.wait(&attempt).await.assert_problem(410, "UL-1311");
    confirm(&window, &attempt)
        .await
        .assert_problem(410, "UL-1311");

    let late = frame.begin().await;
    world.clock.forward(SignedDuration::from_mins(11));
    confirm(&window, &late).await.assert_problem(410, "UL-1311");
    frame.wait(&late).await.assert_problem(410, "UL-1311");
}

#[tokio::test]
async fn a_window_closed_half_way_leaves_the_next_try_free() {
    let world = World::new().await;
    let (frame, window) = (Frame::new(&world), world.browser());
    let first = frame.begin().await;
    confirm(&window, &first).await;
    let second = frame.begin().await;
    let last = go_through(&window, &second, MIRA).await;
    assert_eq!(last, format!("{CTI}/window/done"));
    assert_eq!(frame.wait(&second).await.status, 200);
    // The first one came to nothing.
    assert_eq!(world.live(MIRA).await, 1);
}

#[tokio::test]
async fn a_cancelled_window_tells_its_frame() {
    let world = World::new().await;
    let (frame, window) = (Frame::new(&world), world.browser());
    let attempt = frame.begin().await;
    let next = confirm(&window, &attempt).await.json();
    let sign_in = window.open(&format!("{CTI}{}", text(&next["next"]))).await;
    let headers = [
        ("origin", ID),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let url = format!("{ID}/sign-in/cancel");
    let form = sign_in.page.url.query().unwrap();
    let answer = window.send(Method::POST, &url, &headers, form).await;
    let last = window.follow(answer).await;
    assert!(
        last.page.body.contains("You can close this window"),
        "{last:?}"
    );
    frame.wait(&attempt).await.assert_problem(410, "UL-1313");
}

#[tokio::test]
async fn a_person_of_another_organization_does_not_get_the_widget_s_frame() {
    let world = World::new().await;
    let (frame, window) = (Frame::new(&world), world.browser());
    let attempt = frame.begin().await;
    let last = go_through(&window, &attempt, GIL).await;
    assert!(last.starts_with(&format!("{CTI}/callback")), "{last}");
    frame.wait(&attempt).await.assert_problem(403, "UL-1314");

    // Where the frame may use the origin's own cookie, it says so.
    frame
        .0
        .set_cookie(CTI, OWN, &window.cookie(CTI, OWN).unwrap());
    let session = frame.session().await;
    assert_eq!(session["status"], "refused");
    assert_eq!(session["why"], "organization");
    assert_eq!(session["ask"], json!(["Gil Haddad"]));
}

#[tokio::test]
async fn a_frame_s_cookie_is_for_frames_of_the_widget_only() {
    let world = World::new().await;
    let (frame, window) = (Frame::new(&world), world.browser());
    let attempt = frame.begin().await;
    go_through(&window, &attempt, MIRA).await;
    frame.wait(&attempt).await;
    let value = frame.0.cookie(CTI, FRAME).unwrap();

    let stranger = world.browser();
    // A page of its own is not signed in by it.
    stranger.set_cookie(CTI, FRAME, &value);
    let opened = stranger.open(&format!("{CTI}/")).await;
    assert!(
        opened.at().starts_with(&format!("{ID}/sign-in")),
        "{opened:?}"
    );
    // In another cookie, or at another surface, it is nothing.
    stranger.forget(CTI);
    for (origin, name) in [(CTI, OWN), (WORKSPACE, OWN), (WORKSPACE, FRAME)] {
        stranger.set_cookie(origin, name, &value);
        let session = stranger.session(origin).await;
        assert_eq!(session["status"], "signed_out", "{origin} {name}");
        stranger.forget(origin);
    }
}

#[tokio::test]
async fn of_two_cookies_the_live_one_counts() {
    let world = World::new().await;
    let (frame, window) = (Frame::new(&world), world.browser());
    let attempt = frame.begin().await;
    go_through(&window, &attempt, MIRA).await;
    frame.wait(&attempt).await;
    let dead = frame.0.cookie(CTI, FRAME).unwrap();
    frame
        .send("/session/sign-out", &json!({"when": "now"}))
        .await;
    assert_eq!(frame.session().await["status"], "signed_out");

    let again = world.browser();
    again.sign_in(WORKSPACE, MIRA).await;
    frame
        .0
        .set_cookie(CTI, OWN, &again.cookie(CTI, OWN).unwrap());
    assert_eq!(frame.0.cookie(CTI, FRAME).unwrap(), dead);
    assert_eq!(frame.session().await["status"], "signed_in");
}
