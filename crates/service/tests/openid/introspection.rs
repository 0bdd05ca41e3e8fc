//! Introspection: whether a token still counts, at this moment.

use crate::support::{Desktop, Tokens, World};

const MIRA: &str = "mira@acme.example";

#[tokio::test]
async fn a_backend_learns_whose_token_it_is_and_that_it_is_bound() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let said = world.introspect(&tokens.access).await;
    assert_eq!(said["active"], true);
    assert_eq!(said["username"], MIRA);
    assert_eq!(said["client_id"], "workspace-desktop");
    assert_eq!(said["token_type"], "DPoP");
    assert_eq!(said["cnf"]["jkt"], desktop.key.thumbprint());
    assert_eq!(said["role"], "admin");
}

#[tokio::test]
async fn nothing_counts_once_the_session_has_ended() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    for token in [&tokens.access, &tokens.refresh] {
        assert_eq!(world.introspect(token).await["active"], true);
    }
    desktop.revoke(&tokens.refresh).await;
    for token in [&tokens.access, &tokens.refresh] {
        let said = world.introspect(token).await;
        assert_eq!(said, serde_json::json!({ "active": false }));
    }
}

#[tokio::test]
async fn a_refresh_token_counts_until_it_is_spent_and_asking_does_not_spend_it() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let first = desktop.sign_in(MIRA).await;
    let second = Tokens::of(&desktop.refresh(&first.refresh).await);
    assert_eq!(world.introspect(&first.refresh).await["active"], true);
    desktop.refresh(&second.refresh).await;
    assert_eq!(world.introspect(&first.refresh).await["active"], false);
    assert_eq!(world.introspect(&second.refresh).await["active"], true);
    assert_eq!(desktop.refresh(&second.refresh).await.status, 200);
}

#[tokio::test]
async fn only_clients_that_the_operator_allows_may_ask() {
    let world = World::new().await;
    let tokens = Desktop::new(&world).sign_in(MIRA).await;
    let form = [
        ("token", tokens.access.as_str()),
        ("client_id", "dashboard"),
    ];
    let answer = world.post("/oauth/introspect", &form, &[]).await;
    answer.assert_error(400, "unauthorized_client", "UL-1115");
    let answer = world.post("/oauth/introspect", &form[..1], &[]).await;
    answer.assert_error(401, "invalid_client", "UL-1114");
}

#[tokio::test]
async fn an_end_written_by_another_process_is_noticed() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    assert_eq!(world.introspect(&tokens.access).await["active"], true);

    // As the operator's command line does: durable in the store, not told on this bus.
    let user = world.user(MIRA).await;
    let cause = session::Cause::Everywhere { user: user.id };
    let now = jiff::Timestamp::now();
    let sessions = world.app.store.sessions();
    sessions
        .end(&cause, now, &store::Actor::Operator, None)
        .await
        .unwrap();

    let noticed = async {
        while world.introspect(&tokens.access).await["active"] == true {
            tokio::task::yield_now().await;
        }
    };
    let limit = std::time::Duration::from_secs(10);
    tokio::time::timeout(limit, noticed).await.unwrap();
}
