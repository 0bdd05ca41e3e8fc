//! Registered clients, and the word of ends that they are owed.

use jiff::{SignedDuration, Timestamp};
use session::{Cause, Kind, OrganizationId, SessionId};
use store::{
    Actor, ClientSettings, Failing, RegisteredClient, SigningAlgorithm, Store, StoreError,
    TokenEndpointAuth, User,
};
use uuid::Uuid;

use super::sample::{after, organization, somebody, start, started};

fn seconds(count: i64) -> Timestamp {
    after(SignedDuration::from_secs(count))
}

fn client(organization: OrganizationId) -> RegisteredClient {
    RegisteredClient {
        id: format!("client-{}", Uuid::now_v7()),
        organization,
        settings: ClientSettings {
            name: "Reports".to_owned(),
            redirect_uris: vec!["https://reports.example/callback".parse().unwrap()],
            post_logout_redirect_uris: vec!["https://reports.example/bye".parse().unwrap()],
            token_endpoint_auth_method: TokenEndpointAuth::ClientSecretPost,
            id_token_signed_response_alg: SigningAlgorithm::Rs256,
            require_pushed_authorization_requests: true,
            backchannel_logout_uri: Some("https://reports.example/logout".parse().unwrap()),
            backchannel_logout_session_required: true,
        },
        secret_digest: Some([7; 32]),
        created_at: start(),
    }
}

async fn end_all(store: &dyn Store, user: &User) {
    let cause = Cause::Everywhere { user: user.id };
    let ends = store
        .sessions()
        .end(&cause, start(), &Actor::Operator, None)
        .await;
    assert!(!ends.unwrap().ended.is_empty());
}

async fn used_at(store: &dyn Store, session: SessionId, client: &str) {
    let noted = store.clients().logged_in(session, client, start()).await;
    assert!(noted.unwrap());
}

/// A client comes back as it was registered, and every change is noticed by its number.
pub async fn a_client_comes_back_as_it_was_registered(store: &dyn Store) {
    let acme = organization(store).await;
    let clients = store.clients();
    let mut reports = client(acme.id);
    let mut revision = clients.revision().await.unwrap();
    let mut rises = async || {
        let before = std::mem::replace(&mut revision, clients.revision().await.unwrap());
        assert!(revision > before, "{before} to {revision}");
    };
    clients.add(&reports).await.unwrap();
    rises().await;
    let stored = clients.get(&reports.id).await.unwrap();
    assert_eq!(stored.as_ref(), Some(&reports));
    let taken = clients.add(&reports).await;
    assert!(matches!(taken, Err(StoreError::Conflict(_))), "{taken:?}");
    reports.settings.backchannel_logout_uri = None;
    reports.secret_digest = None;
    clients.update(&reports).await.unwrap();
    rises().await;
    assert_eq!(clients.of(acme.id).await.unwrap(), [reports.clone()]);
    assert!(clients.all().await.unwrap().contains(&reports));
    assert!(clients.remove(&reports.id).await.unwrap());
    rises().await;
    assert!(!clients.remove(&reports.id).await.unwrap());
    let missing = clients.update(&reports).await;
    assert!(
        matches!(missing, Err(StoreError::Missing(_))),
        "{missing:?}"
    );
    assert_eq!(clients.get(&reports.id).await.unwrap(), None);
}

/// With the end of a browser session, and only with it, each client that it was used at is owed
/// word of it, once.
pub async fn an_end_owes_word_to_each_client_that_was_used(store: &dyn Store) {
    let mira = somebody(store).await;
    let used = started(store, &mira, Kind::Browser).await.session.id;
    let unused = started(store, &mira, Kind::Browser).await.session.id;
    let desktop = started(store, &mira, Kind::Desktop).await.session.id;
    let (one, two) = (client(mira.organization).id, client(mira.organization).id);
    for client in [&one, &two, &one] {
        used_at(store, used, client).await;
    }
    let noted = store.clients().logged_in(desktop, &one, start()).await;
    assert!(!noted.unwrap(), "the app is told by its own stream");
    let logins = store.clients().logins_of(used).await.unwrap();
    assert_eq!(logins.len(), 2);
    let deliveries = store.deliveries();
    assert_eq!(
        deliveries.claim(seconds(1), seconds(9), 10).await.unwrap(),
        []
    );
    end_all(store, &mira).await;
    let owed = deliveries.claim(seconds(1), seconds(9), 10).await.unwrap();
    let mut told: Vec<_> = owed.iter().map(|it| it.client.clone()).collect();
    told.sort();
    let mut expected = vec![one.clone(), two];
    expected.sort();
    assert_eq!(told, expected);
    for delivery in &owed {
        assert_eq!((delivery.user, delivery.session), (mira.id, used));
        assert_eq!((delivery.ended_at, delivery.attempts), (start(), 1));
    }
    for ended in [used, unused, desktop] {
        let late = store
            .clients()
            .logged_in(ended, &one, start())
            .await
            .unwrap();
        assert!(!late, "a client was let in after the end");
        assert!(store.clients().logins_of(ended).await.unwrap().is_empty());
    }
}

/// What was taken and not settled comes up again; what is settled does not.
pub async fn a_delivery_comes_up_until_it_is_settled(store: &dyn Store) {
    let mira = somebody(store).await;
    let id = started(store, &mira, Kind::Browser).await.session.id;
    let reports = client(mira.organization).id;
    used_at(store, id, &reports).await;
    end_all(store, &mira).await;
    let deliveries = store.deliveries();
    let first = deliveries.claim(seconds(1), seconds(30), 10).await.unwrap();
    assert_eq!(first.len(), 1);
    assert_eq!(
        deliveries
            .claim(seconds(29), seconds(60), 10)
            .await
            .unwrap(),
        []
    );
    let again = deliveries
        .claim(seconds(30), seconds(60), 10)
        .await
        .unwrap();
    assert_eq!((again[0].number, again[0].attempts), (first[0].number, 2));
    assert!(
        deliveries.failing().await.unwrap().is_empty(),
        "nothing was said"
    );

    let next = Some(seconds(100));
    deliveries
        .failed(first[0].number, "answered 503", next)
        .await
        .unwrap();
    let failing = deliveries.failing().await.unwrap();
    let expected = Failing {
        waiting: 1,
        given_up: 0,
        last_error: Some("answered 503".to_owned()),
        next_try: next,
    };
    assert_eq!(failing.get(&reports), Some(&expected));
    assert_eq!(
        deliveries
            .claim(seconds(99), seconds(200), 10)
            .await
            .unwrap(),
        []
    );

    deliveries
        .failed(first[0].number, "answered 500", None)
        .await
        .unwrap();
    let given_up = deliveries.failing().await.unwrap();
    assert_eq!(
        (given_up[&reports].given_up, given_up[&reports].waiting),
        (1, 0)
    );
    let far = after(SignedDuration::from_hours(1000));
    assert_eq!(deliveries.claim(far, far, 10).await.unwrap(), []);
    assert_eq!(deliveries.retry(&reports, seconds(300)).await.unwrap(), 1);
    assert_eq!(
        deliveries
            .claim(seconds(300), seconds(400), 10)
            .await
            .unwrap()
            .len(),
        1
    );
    deliveries.done(first[0].number).await.unwrap();
    assert!(deliveries.failing().await.unwrap().is_empty());
    assert_eq!(deliveries.claim(far, far, 10).await.unwrap(), []);
}

/// What was given up is shown for a while, and then removed; what is still tried is not.
pub async fn only_what_was_given_up_long_ago_is_removed(store: &dyn Store) {
    let mira = somebody(store).await;
    let reports = client(mira.organization).id;
    for _ in 0..2 {
        let id = started(store, &mira, Kind::Browser).await.session.id;
        used_at(store, id, &reports).await;
    }
    end_all(store, &mira).await;
    let deliveries = store.deliveries();
    let owed = deliveries.claim(seconds(1), seconds(2), 10).await.unwrap();
    deliveries
        .failed(owed[0].number, "answered 500", None)
        .await
        .unwrap();
    deliveries
        .failed(owed[1].number, "answered 500", Some(seconds(5)))
        .await
        .unwrap();
    assert_eq!(deliveries.clean(start(), 10).await.unwrap(), 0);
    assert_eq!(deliveries.clean(seconds(1), 10).await.unwrap(), 1);
    let failing = deliveries.failing().await.unwrap();
    assert_eq!(
        (failing[&reports].waiting, failing[&reports].given_up),
        (1, 0)
    );
}

/// A client that is removed is owed nothing any more.
pub async fn a_removed_client_is_told_nothing(store: &dyn Store) {
    let mira = somebody(store).await;
    let (gone, stays) = (client(mira.organization), client(mira.organization));
    for client in [&gone, &stays] {
        store.clients().add(client).await.unwrap();
    }
    let (ended, lives) = (
        started(store, &mira, Kind::Browser).await.session.id,
        started(store, &somebody(store).await, Kind::Browser)
            .await
            .session
            .id,
    );
    for session in [ended, lives] {
        used_at(store, session, &gone.id).await;
        used_at(store, session, &stays.id).await;
    }
    end_all(store, &mira).await;
    store.clients().remove(&gone.id).await.unwrap();
    let owed = store
        .deliveries()
        .claim(seconds(1), seconds(2), 10)
        .await
        .unwrap();
    let told: Vec<_> = owed.iter().map(|it| it.client.as_str()).collect();
    assert_eq!(told, [stays.id.as_str()]);
    assert_eq!(store.clients().logins_of(lives).await.unwrap(), [stays.id]);
}
