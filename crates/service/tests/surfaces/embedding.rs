//! A frame that signs in by a window of its own.

use axum::http::Method;
use serde_json::json;

use crate::support::{CTI, Frame, ID, MIRA, WORKSPACE, World, confirm, go_through, text};

const FRAME: &str = "__Host-ul-frame";
const OWN: &str = "__Host-ul-surface";

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
