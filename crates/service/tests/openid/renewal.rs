//! Renewal: nothing that happens on the way costs the session, and no copy goes unnoticed.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use session::{Cause, Kind, UserLoss};
use store::Actor;
use tempfile::TempDir;

use crate::support::{Desktop, Tokens, World, payload};

const MIRA: &str = "mira@acme.example";

#[tokio::test]
async fn an_app_renews_again_and_again() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let mut tokens = desktop.sign_in(MIRA).await;
    for _ in 0..5 {
        let answer = desktop.refresh(&tokens.refresh).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let renewed = Tokens::of(&answer);
        assert_ne!(renewed.refresh, tokens.refresh);
        assert_ne!(renewed.access, tokens.access);
        assert_eq!(
            payload(&renewed.access)["sid"],
            payload(&tokens.access)["sid"]
        );
        assert_eq!(desktop.userinfo(&renewed.access).await.status, 200);
        tokens = renewed;
    }
}

#[tokio::test]
async fn a_lost_answer_costs_nothing_the_same_token_gives_the_same_successor() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let lost = Tokens::of(&desktop.refresh(&tokens.refresh).await);
    world.clock.forward(jiff::SignedDuration::from_secs(100));
    let again = Tokens::of(&desktop.refresh(&tokens.refresh).await);
    assert_eq!(again.refresh, lost.refresh);
    assert_eq!(desktop.refresh(&again.refresh).await.status, 200);
}

#[tokio::test]
async fn of_many_renewals_at_once_all_get_the_same_successor() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let answers = futures_util::future::join_all((0..8).map(|_| desktop.refresh(&tokens.refresh)));
    let answers = answers.await;
    let successor = Tokens::of(&answers[0]).refresh;
    for answer in &answers {
        assert_eq!(Tokens::of(answer).refresh, successor);
    }
}

#[tokio::test]
async fn a_token_is_spent_once_its_successor_was_used_and_its_use_ends_the_session() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let other = Desktop::new(&world);
    let others = other.sign_in(MIRA).await;
    let second = Tokens::of(&desktop.refresh(&tokens.refresh).await);
    let third = Tokens::of(&desktop.refresh(&second.refresh).await);

    let spent = desktop.refresh(&tokens.refresh).await;
    spent.assert_error(400, "invalid_grant", "UL-1121");
    assert_eq!(spent.json()["session_end_reason"], "token_replayed");

    // Rule 8: that one ends, at once and for every token of it; the other stays.
    let newest = desktop.refresh(&third.refresh).await;
    newest.assert_error(400, "invalid_grant", "UL-1120");
    assert_eq!(desktop.userinfo(&third.access).await.status, 401);
    assert_eq!(other.refresh(&others.refresh).await.status, 200);
    assert_eq!(world.live(MIRA, Kind::Desktop).await, 1);
}

#[tokio::test]
async fn a_request_that_arrives_late_costs_nothing() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let mut tokens = desktop.sign_in(MIRA).await;
    let held_up = tokens.refresh.clone();
    // Proofs tell whole seconds: only what is older than one is known to be late.
    let made_at = Timestamp::now() - SignedDuration::from_secs(2);
    // The app lost patience, asked again, and went on.
    for _ in 0..3 {
        tokens = Tokens::of(&desktop.refresh(&tokens.refresh).await);
    }
    let late = desktop.refresh_made_at(&held_up, made_at).await;
    late.assert_error(400, "invalid_dpop_proof", "UL-1127");

    assert_eq!(desktop.userinfo(&tokens.access).await.status, 200);
    assert_eq!(desktop.refresh(&tokens.refresh).await.status, 200);
    // Whoever made the same request now has an old copy.
    let copied = desktop.refresh(&held_up).await;
    copied.assert_error(400, "invalid_grant", "UL-1121");
    assert_eq!(world.live(MIRA, Kind::Desktop).await, 0);
}

#[tokio::test]
async fn a_stolen_token_is_worth_nothing_without_the_key_and_its_use_harms_nobody() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let newer = Tokens::of(&desktop.refresh(&tokens.refresh).await);
    let newest = Tokens::of(&desktop.refresh(&newer.refresh).await);

    let thief = Desktop::new(&world);
    for stolen in [&tokens.refresh, &newer.refresh, &newest.refresh] {
        let answer = thief.refresh(stolen).await;
        answer.assert_error(400, "invalid_grant", "UL-1122");
    }
    assert_eq!(desktop.refresh(&newest.refresh).await.status, 200);
}

#[tokio::test]
async fn a_token_of_one_client_is_not_taken_from_another() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let other = Desktop {
        client: "other-desktop",
        key: desktop.key.clone(),
        ..Desktop::new(&world)
    };
    let answer = other.refresh(&tokens.refresh).await;
    answer.assert_error(400, "invalid_grant", "UL-1122");
}

#[tokio::test]
async fn a_forged_or_damaged_token_is_refused() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let mut damaged = tokens.refresh.clone().into_bytes();
    damaged[10] = if damaged[10] == b'A' { b'B' } else { b'A' };
    let damaged = String::from_utf8(damaged).unwrap();
    let long = format!("{}{}", tokens.refresh, "A".repeat(2000));
    for forged in [damaged.as_str(), "ulr1.", "ulr1.AAAA", "rubbish", &long] {
        let answer = desktop.refresh(forged).await;
        answer.assert_error(400, "invalid_grant", "UL-1119");
    }
    assert_eq!(desktop.refresh(&tokens.refresh).await.status, 200);
}

#[tokio::test]
async fn a_renewal_may_ask_for_less_but_never_for_more() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let form = |scope| {
        [
            ("grant_type", "refresh_token"),
            ("client_id", "workspace-desktop"),
            ("refresh_token", tokens.refresh.as_str()),
            ("scope", scope),
        ]
    };
    let less = desktop.token(&form("openid")).await;
    assert_eq!(less.json()["scope"], "openid");
    let more = desktop.token(&form("openid root")).await;
    assert_eq!(more.json()["scope"], "openid");
    // What was granted stays with the token.
    let renewed = desktop
        .refresh(less.json()["refresh_token"].as_str().unwrap())
        .await;
    assert_eq!(
        renewed.json()["scope"],
        "openid profile email offline_access"
    );
}

#[tokio::test]
async fn the_database_restored_from_an_older_backup_takes_newer_tokens() {
    let world = World::new().await;
    let mut desktop = Desktop::new(&world);
    let mut tokens = desktop.sign_in(MIRA).await;
    let backup = copy_of(&world);
    for _ in 0..3 {
        tokens = Tokens::of(&desktop.refresh(&tokens.refresh).await);
    }
    let later = Desktop::new(&world);
    let lost = later.sign_in(MIRA).await;
    let (key, other_key) = (std::mem::take(&mut desktop.key), later.key);
    drop(world);

    let world = World::on(backup).await;
    let desktop = Desktop {
        key,
        ..Desktop::new(&world)
    };
    for _ in 0..3 {
        let answer = desktop.refresh(&tokens.refresh).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        tokens = Tokens::of(&answer);
    }
    // A session that the backup does not know needs a new sign-in, and nothing else.
    let later = Desktop {
        key: other_key,
        ..Desktop::new(&world)
    };
    let answer = later.refresh(&lost.refresh).await;
    answer.assert_error(400, "invalid_grant", "UL-1120");
    later.sign_in(MIRA).await;
}

/// The data folder as a backup has it.
fn copy_of(world: &World) -> Arc<TempDir> {
    let backup = TempDir::new().unwrap();
    for entry in std::fs::read_dir(world.folder.path()).unwrap() {
        let file = entry.unwrap();
        if !file.file_type().unwrap().is_file() {
            continue;
        }
        std::fs::copy(file.path(), backup.path().join(file.file_name())).unwrap();
    }
    Arc::new(backup)
}

#[tokio::test]
async fn a_restart_of_the_service_costs_nothing() {
    let world = World::new().await;
    let mut desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let key = std::mem::take(&mut desktop.key);
    let folder = Arc::clone(&world.folder);
    drop(world);

    let world = World::on(folder).await;
    let desktop = Desktop {
        key,
        ..Desktop::new(&world)
    };
    assert_eq!(desktop.userinfo(&tokens.access).await.status, 200);
    assert_eq!(desktop.refresh(&tokens.refresh).await.status, 200);
}

#[tokio::test]
async fn a_person_who_may_no_longer_sign_in_is_out_at_once() {
    let world = World::new().await;
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    service::admin::users::disable(&world.app, MIRA)
        .await
        .unwrap();
    assert_eq!(desktop.userinfo(&tokens.access).await.status, 401);
    let answer = desktop.refresh(&tokens.refresh).await;
    answer.assert_error(400, "invalid_grant", "UL-1120");
}

#[tokio::test]
async fn an_app_that_was_off_learns_why_its_session_ended() {
    let world = World::new().await;
    let app = &world.app;
    let (user, at) = (world.user(MIRA).await.id, Timestamp::now());
    let everywhere = Cause::Everywhere { user };
    let loss = UserLoss::EndedByAdmin;
    let by_admin = Cause::UserLost {
        user,
        loss,
        when: session::When::Now,
    };
    for (cause, reason) in [
        (everywhere, "signed_out_everywhere"),
        (by_admin, "ended_by_admin"),
    ] {
        let desktop = Desktop::new(&world);
        let tokens = desktop.sign_in(MIRA).await;
        service::sessions::end(app, &cause, &Actor::Operator, None)
            .await
            .unwrap();
        for _ in 0..2 {
            let answer = desktop.refresh(&tokens.refresh).await;
            answer.assert_error(400, "invalid_grant", "UL-1120");
            assert_eq!(answer.json()["session_end_reason"], reason);
        }
        // Whoever holds the token alone learns nothing of it.
        let stranger = Desktop::new(&world).refresh(&tokens.refresh).await;
        stranger.assert_error(400, "invalid_grant", "UL-1122");
        assert_eq!(stranger.json().get("session_end_reason"), None);
    }

    // Another process has ended it, and memory does not know yet.
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let cause = Cause::Everywhere { user };
    let sessions = app.store.sessions();
    sessions
        .end(&cause, at, &Actor::Operator, None)
        .await
        .unwrap();
    let answer = desktop.refresh(&tokens.refresh).await;
    answer.assert_error(400, "invalid_grant", "UL-1120");
    assert_eq!(answer.json()["session_end_reason"], "signed_out_everywhere");

    // Nobody has ended it yet.
    let desktop = Desktop::new(&world);
    let tokens = desktop.sign_in(MIRA).await;
    let days = 91;
    world.clock.forward(SignedDuration::from_hours(24 * days));
    let much_later = Timestamp::now() + SignedDuration::from_hours(24 * days);
    let answer = desktop.refresh_made_at(&tokens.refresh, much_later).await;
    answer.assert_error(400, "invalid_grant", "UL-1120");
    assert_eq!(answer.json()["session_end_reason"], "idle_too_long");
}
