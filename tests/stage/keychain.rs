//! The desk's keychain, seen from outside the app: the Secret Service on the session bus.

use std::collections::HashMap;

use zbus::{Connection, OwnedObjectPath, OwnedVariant, Variant};

use crate::desk::Desk;

/// What the person types to unlock it.
pub const PASSWORD: &[u8] = b"test";

const NAME: &str = "org.freedesktop.secrets";
const SERVICE: &str = "/org/freedesktop/secrets";
const COLLECTION: &str = "/org/freedesktop/secrets/aliases/default";
const SERVICE_INTERFACE: &str = "org.freedesktop.Secret.Service";
const COLLECTION_INTERFACE: &str = "org.freedesktop.Secret.Collection";
const ITEM_INTERFACE: &str = "org.freedesktop.Secret.Item";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

/// Secret Service's `Secret`: session, parameters, value, content type.
type Secret = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

/// The keychain's records of one application.
pub struct Keychain {
    bus: Connection,
    application: String,
    session: OwnedObjectPath,
}

/// One record.
#[derive(Clone, Debug)]
pub struct Record {
    /// Where the keychain has it.
    pub path: OwnedObjectPath,
    /// What it is found by.
    pub attributes: HashMap<String, String>,
    /// What it holds.
    pub secret: Vec<u8>,
}

impl Keychain {
    /// The records that carry this `service` attribute.
    pub async fn of(desk: &Desk, application: &str) -> Self {
        let bus = desk.bus().clone();
        let answer = bus
            .call_method(
                Some(NAME),
                SERVICE,
                Some(SERVICE_INTERFACE),
                "OpenSession",
                &("plain", Variant::from("")),
            )
            .await
            .expect("a session with the keychain");
        let (_, session): (OwnedVariant, OwnedObjectPath) =
            answer.body().deserialize().expect("its path");
        Self {
            bus,
            application: application.to_owned(),
            session,
        }
    }

    /// All records, opened.
    pub async fn records(&self) -> Vec<Record> {
        let wanted = HashMap::from([("service", self.application.as_str())]);
        let answer = self
            .bus
            .call_method(
                Some(NAME),
                SERVICE,
                Some(SERVICE_INTERFACE),
                "SearchItems",
                &wanted,
            )
            .await
            .expect("a search");
        let (open, _locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
            answer.body().deserialize().expect("what was found");
        let mut records = Vec::new();
        for path in open {
            records.extend(self.record(path).await);
        }
        records
    }

    /// A record; none if it has gone meanwhile.
    async fn record(&self, path: OwnedObjectPath) -> Option<Record> {
        let answer = self
            .bus
            .call_method(
                Some(NAME),
                &path,
                Some(ITEM_INTERFACE),
                "GetSecret",
                &(&self.session),
            )
            .await
            .ok()?;
        let (_, _, secret, _): Secret = answer.body().deserialize().expect("a secret");
        let answer = self
            .bus
            .call_method(
                Some(NAME),
                &path,
                Some(PROPERTIES),
                "Get",
                &(ITEM_INTERFACE, "Attributes"),
            )
            .await
            .ok()?;
        let attributes: OwnedVariant = answer.body().deserialize().expect("a property");
        let attributes = HashMap::<String, String>::try_from(attributes).expect("attributes");
        Some(Record {
            path,
            attributes,
            secret,
        })
    }

    /// Changes what a record holds.
    pub async fn overwrite(&self, record: &Record, secret: &[u8]) {
        self.bus
            .call_method(
                Some(NAME),
                &record.path,
                Some(ITEM_INTERFACE),
                "SetSecret",
                &((
                    &self.session,
                    Vec::<u8>::new(),
                    secret,
                    "application/octet-stream",
                ),),
            )
            .await
            .expect("the record overwritten");
    }

    /// Writes a record as it was on another desk.
    pub async fn copy_here(&self, record: &Record) {
        let properties = HashMap::from([
            ("org.freedesktop.Secret.Item.Label", Variant::from("copied")),
            (
                "org.freedesktop.Secret.Item.Attributes",
                Variant::from(record.attributes.clone()),
            ),
        ]);
        self.bus
            .call_method(
                Some(NAME),
                COLLECTION,
                Some(COLLECTION_INTERFACE),
                "CreateItem",
                &(
                    properties,
                    (
                        &self.session,
                        Vec::<u8>::new(),
                        record.secret.as_slice(),
                        "application/octet-stream",
                    ),
                    true,
                ),
            )
            .await
            .expect("the record copied");
    }

    /// Removes a record, as its owner can.
    pub async fn remove(&self, record: &Record) {
        self.bus
            .call_method(
                Some(NAME),
                &record.path,
                Some(ITEM_INTERFACE),
                "Delete",
                &(),
            )
            .await
            .expect("the record removed");
    }

    /// Locks the keychain, as leaving the computer does.
    pub async fn lock(&self) {
        let collections = vec![self.collection().await];
        self.bus
            .call_method(
                Some(NAME),
                SERVICE,
                Some(SERVICE_INTERFACE),
                "Lock",
                &(collections),
            )
            .await
            .expect("the keychain locked");
    }

    /// Unlocks it, as coming back does: with the password, not with a question on the screen.
    pub async fn unlock(&self) {
        self.bus
            .call_method(
                Some(NAME),
                SERVICE,
                Some("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"),
                "UnlockWithMasterPassword",
                &(
                    self.collection().await,
                    (&self.session, Vec::<u8>::new(), PASSWORD, "text/plain"),
                ),
            )
            .await
            .expect("the keychain unlocked");
    }

    async fn collection(&self) -> OwnedObjectPath {
        let answer = self
            .bus
            .call_method(
                Some(NAME),
                SERVICE,
                Some(SERVICE_INTERFACE),
                "ReadAlias",
                &("default"),
            )
            .await
            .expect("the default collection");
        answer.body().deserialize().expect("its path")
    }
}

/// Whether the keychain is on the bus, unlocked.
pub async fn is_open(bus: &Connection) -> bool {
    // Asking the keychain itself would start another one.
    let owned = bus
        .call_method(
            Some("org.freedesktop.DBus"),
            "/org/freedesktop/DBus",
            Some("org.freedesktop.DBus"),
            "NameHasOwner",
            &(NAME),
        )
        .await
        .is_ok_and(|answer| answer.body().deserialize() == Ok(true));
    if !owned {
        return false;
    }
    let Ok(answer) = bus
        .call_method(
            Some(NAME),
            COLLECTION,
            Some(PROPERTIES),
            "Get",
            &(COLLECTION_INTERFACE, "Locked"),
        )
        .await
    else {
        return false;
    };
    let locked: Result<OwnedVariant, _> = answer.body().deserialize();
    locked.is_ok_and(|locked| bool::try_from(locked) == Ok(false))
}
