//! What everybody else gets out of a widget's window, its links, attempts and cookies: nothing.

use jiff::SignedDuration;
use serde_json::json;

use crate::support::{CTI, Frame, GIL, ID, MIRA, WORKSPACE, World, confirm, go_through, text};

const FRAME: &str = "__Host-ul-frame";
const OWN: &str = "__Host-ul-surface";

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
