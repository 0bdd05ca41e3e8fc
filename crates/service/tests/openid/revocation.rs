//! Revoking a refresh token signs the desktop app out (rule 2), and nothing else.

use session::Kind;

use crate::support::{Browser, Desktop, Tokens, World};

const MIRA: &str = "mira@acme.example";

#[tokio::test]
async fn signing_out_on_the_desktop_ends_that_session_and_no_other() {
    let world = World::new().await;
    let (laptop, tower) = (Desktop::new(&world), Desktop::new(&world));
    let (tokens, others) = (laptop.sign_in(MIRA).await, tower.sign_in(MIRA).await);
    let browser = Browser::new(&world);
    browser.sign_in_here(MIRA).await;

    let answer = laptop.revoke(&tokens.refresh).await;
    assert_eq!(answer.status, 200, "{answer:?}");

    let answer = laptop.refresh(&tokens.refresh).await;
    answer.assert_error(400, "invalid_grant", "UL-1120");
    assert_eq!(laptop.userinfo(&tokens.access).await.status, 401);
    assert_eq!(tower.refresh(&others.refresh).await.status, 200);
    assert_eq!(browser.get("/sessions/check").await.status, 204);
    assert_eq!(world.live(MIRA, Kind::Browser).await, 1);
}

#[tokio::test]
async fn a_sign_out_may_be_repeated_and_be_late() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    // Signed out while offline, with a token that is not the newest any more.
    let newer = Tokens::of(&desktop.refresh(&tokens.refresh).await);
    desktop.refresh(&newer.refresh).await;
    for _ in 0..3 {
        assert_eq!(desktop.revoke(&tokens.refresh).await.status, 200);
    }
    assert_eq!(world.live(MIRA, Kind::Desktop).await, 0);
    for unknown in ["rubbish", "ulr1.AAAA", tokens.access.as_str()] {
        assert_eq!(desktop.revoke(unknown).await.status, 200);
    }
}

#[tokio::test]
async fn another_client_cannot_sign_it_out() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let other = Desktop {
        client: "dashboard",
        ..Desktop::new(&world)
    };
    assert_eq!(other.revoke(&tokens.refresh).await.status, 200);
    assert_eq!(desktop.refresh(&tokens.refresh).await.status, 200);
    let nobody = world
        .post("/oauth/revoke", &[("token", &tokens.refresh)], &[])
        .await;
    nobody.assert_error(401, "invalid_client", "UL-1114");
}
