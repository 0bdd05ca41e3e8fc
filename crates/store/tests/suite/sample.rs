//! An organization, its people and their sessions, to try a store with.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use session::{
    Authentication, BrowserId, Generations, Kind, Method, OrganizationId, Session, SessionId,
    Surface, UserId,
};
use store::{
    Actor, CrmMismatch, Device, NewSession, NewUser, Organization, Renewal, Role, SessionRecord,
    Store, User, UserStatus, Whereabouts,
};
use uuid::Uuid;

/// When everything begins.
pub fn start() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

/// Some time after the beginning.
pub fn after(time: SignedDuration) -> Timestamp {
    start() + time
}

/// An organization with a name of its own.
pub async fn organization(store: &dyn Store) -> Organization {
    let id = OrganizationId(Uuid::now_v7());
    let organization = Organization {
        id,
        name: format!("Acme {id}"),
        created_at: start(),
        browser_lifetimes: None,
        desktop_lifetimes: None,
        sign_out_ends_all_browsers: false,
        crm_mismatch: CrmMismatch::Warn,
    };
    store.organizations().add(&organization).await.unwrap();
    organization
}

/// A person of the organization with an address of their own.
pub async fn person(store: &dyn Store, organization: OrganizationId) -> User {
    let id = UserId(Uuid::now_v7());
    let user = User {
        id,
        organization,
        email: format!("mira-{id}@acme.example"),
        name: "Mira Okafor".to_owned(),
        role: Role::Agent,
        status: UserStatus::Active,
        created_at: start(),
    };
    let new = NewUser {
        user: user.clone(),
        password: None,
    };
    store.users().add(&new).await.unwrap();
    user
}

/// A person in an organization of their own.
pub async fn somebody(store: &dyn Store) -> User {
    let organization = organization(store).await;
    person(store, organization.id).await
}

/// A session that is not stored yet.
pub fn session_of(user: &User, kind: Kind) -> NewSession {
    let session = Session {
        id: SessionId(Uuid::now_v7()),
        user: user.id,
        organization: user.organization,
        kind,
        browser: (kind == Kind::Browser).then(|| BrowserId(Uuid::now_v7())),
        authentication: Authentication {
            methods: BTreeSet::from([Method::Password]),
            at: start(),
        },
        started_at: start(),
        last_used_at: start(),
        generations: Generations::default(),
        end: None,
    };
    let desktop = kind == Kind::Desktop;
    NewSession {
        record: SessionRecord {
            session,
            device: Device {
                name: if desktop {
                    "Mira's laptop"
                } else {
                    "Chromium on Linux"
                }
                .to_owned(),
                platform: "Linux".to_owned(),
                agent: "Chromium".to_owned(),
            },
            whereabouts: at_home(),
            client_id: desktop.then(|| "workspace-desktop".to_owned()),
            key_thumbprint: desktop.then(|| "thumbprint".to_owned()),
            ending: None,
        },
        surface: if desktop {
            Surface::Desktop
        } else {
            Surface::Account
        },
    }
}

/// A stored session.
pub async fn started(store: &dyn Store, user: &User, kind: Kind) -> SessionRecord {
    let new = session_of(user, kind);
    store.sessions().start(&new).await.unwrap();
    new.record
}

/// An address with a place.
pub fn at_home() -> Whereabouts {
    Whereabouts {
        address: "192.0.2.7".to_owned(),
        place: Some("Lagos".to_owned()),
    }
}

/// An authentic token of a generation, presented.
pub fn renewal(session: SessionId, generation: u64, at: Timestamp) -> Renewal {
    Renewal {
        session,
        generation,
        at,
        made_at: None,
        whereabouts: at_home(),
    }
}

/// The person, in none of their sessions.
pub fn actor(user: &User) -> Actor {
    Actor::User {
        user: user.id,
        session: None,
    }
}
