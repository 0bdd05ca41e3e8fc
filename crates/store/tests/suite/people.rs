//! Organizations, people and passwords.

use secrecy::{ExposeSecret, SecretString};
use session::{Kind, Lifetimes, OrganizationId, UserId, When};
use store::{Actor, AuditEntry, NewUser, PasswordHash, Role, Store, StoreError, UserStatus};
use uuid::Uuid;

use super::sample::{actor, organization, person, session_of, start};

/// One address belongs to one person, however it is written.
pub async fn an_address_belongs_to_one_person_however_it_is_written(store: &dyn Store) {
    let acme = organization(store).await;
    let mut mira = person(store, acme.id).await;
    mira.id = UserId(Uuid::now_v7());
    mira.email = format!("  Ärmel-{}@Acme.Example ", mira.id);
    let new = NewUser {
        user: mira.clone(),
        password: None,
    };
    store.users().add(&new).await.unwrap();
    for written in [mira.email.trim().to_uppercase(), mira.email.to_lowercase()] {
        let found = store.users().with_email(&written).await.unwrap();
        assert_eq!(found.as_ref(), Some(&mira));
        let mut again = new.clone();
        again.user.id = UserId(Uuid::now_v7());
        again.user.email = written;
        let refused = store.users().add(&again).await;
        assert!(
            matches!(refused, Err(StoreError::Conflict("the email address"))),
            "{refused:?}"
        );
        assert_eq!(store.users().get(again.user.id).await.unwrap(), None);
    }
    assert_eq!(
        store
            .users()
            .with_email("nobody@acme.example")
            .await
            .unwrap(),
        None
    );
}

/// One name belongs to one organization, and its settings come back as they were given.
pub async fn an_organization_keeps_its_name_and_settings(store: &dyn Store) {
    let mut acme = organization(store).await;
    let mut other = organization(store).await;
    acme.browser_lifetimes = Some(Lifetimes::default_for(Kind::Desktop));
    acme.sign_out_ends_all_browsers = true;
    store.organizations().update(&acme).await.unwrap();
    let found = store
        .organizations()
        .named(&acme.name.to_uppercase())
        .await
        .unwrap();
    assert_eq!(found.as_ref(), Some(&acme));
    let own_name = other.name.clone();
    other.name = format!(" {} ", acme.name.to_lowercase());
    let refused = store.organizations().update(&other).await;
    assert!(
        matches!(refused, Err(StoreError::Conflict("the name"))),
        "{refused:?}"
    );
    let kept = store.organizations().get(other.id).await.unwrap().unwrap();
    assert_eq!(kept.name, own_name);
    other.id = OrganizationId(Uuid::now_v7());
    other.name = own_name + " again";
    let refused = store.organizations().update(&other).await;
    assert!(
        matches!(refused, Err(StoreError::Missing(_))),
        "{refused:?}"
    );
}

/// A person's name, role and status can be changed; nothing of a refused change stays.
pub async fn a_person_can_be_changed(store: &dyn Store) {
    let acme = organization(store).await;
    let mut mira = person(store, acme.id).await;
    mira.name = "Mira Adeyemi".into();
    mira.role = Role::Admin;
    mira.status = UserStatus::Disabled;
    let users = store.users();
    users.rename(mira.id, &mira.name).await.unwrap();
    users.set_role(mira.id, mira.role).await.unwrap();
    let by = Actor::Operator;
    let sessions = store.sessions();
    sessions
        .disable(mira.id, When::Now, start(), &by, None)
        .await
        .unwrap();
    assert_eq!(
        store.users().get(mira.id).await.unwrap().as_ref(),
        Some(&mira)
    );
    let mut ana = person(store, acme.id).await;
    ana.name = "Ana Duarte".into();
    users.rename(ana.id, &ana.name).await.unwrap();
    assert_eq!(
        store.users().of(acme.id).await.unwrap(),
        [ana.clone(), mira.clone()]
    );
    users.enable(mira.id).await.unwrap();
    let again = users.get(mira.id).await.unwrap().unwrap();
    assert_eq!(again.status, UserStatus::Active);
    let nobody = UserId(Uuid::now_v7());
    for refused in [
        users.rename(nobody, "Ana").await,
        users.set_role(nobody, Role::Agent).await,
        users.enable(nobody).await,
    ] {
        assert!(
            matches!(refused, Err(StoreError::Missing(_))),
            "{refused:?}"
        );
    }
}

/// Whoever takes the role of Admins away, and however many do it at once, one stays.
pub async fn an_organization_keeps_its_last_admin(store: &dyn Store) {
    let acme = organization(store).await;
    let users = store.users();
    let (mira, noor) = (person(store, acme.id).await, person(store, acme.id).await);
    let elsewhere = person(store, organization(store).await.id).await;
    for admin in [&mira, &noor, &elsewhere] {
        users.set_role(admin.id, Role::Admin).await.unwrap();
    }
    let (one, two) = tokio::join!(
        users.set_role(mira.id, Role::Agent),
        users.set_role(noor.id, Role::Supervisor)
    );
    let refused = [&one, &two].map(|done| matches!(done, Err(StoreError::LastAdmin)));
    assert_eq!(
        refused.iter().filter(|it| **it).count(),
        1,
        "{one:?} {two:?}"
    );
    let left = if refused[0] { &mira } else { &noor };
    let by = Actor::User {
        user: left.id,
        session: None,
    };
    let sessions = store.sessions();
    let disabled = sessions
        .disable(left.id, When::Now, start(), &by, None)
        .await;
    assert!(
        matches!(disabled, Err(StoreError::LastAdmin)),
        "{disabled:?}"
    );
    let kept = users.get(left.id).await.unwrap().unwrap();
    assert_eq!((kept.role, kept.status), (Role::Admin, UserStatus::Active));
}

/// A password hash is stored with its person, replaced, and absent where there is none.
pub async fn a_password_can_be_set_and_replaced(store: &dyn Store) {
    let acme = organization(store).await;
    let mut mira = person(store, acme.id).await;
    assert!(store.users().password(mira.id).await.unwrap().is_none());
    let hash = |text: &str| PasswordHash(SecretString::from(text.to_owned()));
    for text in ["$argon2id$1", "$argon2id$2"] {
        let hash = hash(text);
        let set = store.users().set_password(mira.id, &hash, start());
        set.await.unwrap();
    }
    let stored = store.users().password(mira.id).await.unwrap().unwrap();
    assert_eq!(stored.0.expose_secret(), "$argon2id$2");
    mira.id = UserId(Uuid::now_v7());
    mira.email = format!("{}@acme.example", mira.id);
    let new = NewUser {
        user: mira.clone(),
        password: Some(hash("$argon2id$3")),
    };
    store.users().add(&new).await.unwrap();
    assert!(store.users().password(mira.id).await.unwrap().is_some());
    let nobody = UserId(Uuid::now_v7());
    let refused = store
        .users()
        .set_password(nobody, &hash("$argon2id$4"), start())
        .await;
    assert!(
        matches!(refused, Err(StoreError::Missing(_))),
        "{refused:?}"
    );
}

/// A session needs its person, and comes back as it was started.
pub async fn a_session_comes_back_as_it_was_started(store: &dyn Store) {
    let acme = organization(store).await;
    let mut mira = person(store, acme.id).await;
    let sessions = store.sessions();
    for kind in [Kind::Browser, Kind::Desktop] {
        let new = session_of(&mira, kind);
        let event = sessions.start(&new).await.unwrap();
        assert_eq!(event.session, new.record.session.id);
        assert_eq!(event.device, new.record.device.name);
        let stored = sessions.get(new.record.session.id).await.unwrap();
        assert_eq!(stored, Some(new.record));
    }
    assert_eq!(sessions.live_in(acme.id, 10).await.unwrap().len(), 2);
    assert_eq!(sessions.live_in(acme.id, 1).await.unwrap().len(), 1);
    mira.id = UserId(Uuid::now_v7());
    let refused = sessions.start(&session_of(&mira, Kind::Desktop)).await;
    assert!(
        matches!(refused, Err(StoreError::Missing(_))),
        "{refused:?}"
    );
}

/// Audit entries come back whole, newest first, of one organization.
pub async fn the_audit_log_tells_the_newest_first(store: &dyn Store) {
    let acme = organization(store).await;
    let other = organization(store).await;
    let mira = person(store, acme.id).await;
    let entry = |action: &str, organization| AuditEntry {
        at: start(),
        actor: actor(&mira),
        action: action.to_owned(),
        organization: Some(organization),
        subject: Some(mira.id),
        session: None,
        surface: Some(session::Surface::Account),
        address: Some("192.0.2.7".to_owned()),
        reason: Some("bad_password".to_owned()),
    };
    let first = entry("sign_in.failed", acme.id);
    let second = entry("sign_in.locked", acme.id);
    for entry in [&first, &second, &entry("user.invited", other.id)] {
        store.audit().append(entry).await.unwrap();
    }
    let newest = store.audit().newest(acme.id, 2).await.unwrap();
    assert_eq!(newest, [second, first]);
}
