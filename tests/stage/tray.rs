//! A tray of the stage's own: it hosts the app's status item and presses its menu.
//!
//! <https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/>; menus are
//! `com.canonical.dbusmenu`.

// The bus calls these as methods, whether they look at the tray or not.
#![allow(
    clippy::unused_self,
    clippy::needless_pass_by_value,
    clippy::used_underscore_binding
)]

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use zbus::{
    Connection, OwnedObjectPath, OwnedVariant, Structure, Variant, interface, message::Header,
};

use crate::{
    desk::Desk,
    wait::{LIMIT, within},
};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

type Items = Arc<Mutex<Vec<(String, String)>>>;

struct Watcher {
    items: Items,
}

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: &str, #[zbus(header)] header: Header<'_>) {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        let item = if service.starts_with('/') {
            (sender, service.to_owned())
        } else {
            (service.to_owned(), "/StatusNotifierItem".to_owned())
        };
        self.items.lock().expect("the items").push(item);
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        let items = self.items.lock().expect("the items");
        items
            .iter()
            .map(|(name, path)| format!("{name}{path}"))
            .collect()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

/// The tray of one desk.
pub struct Tray {
    bus: Connection,
    items: Items,
}

/// One line of the item's menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The menu's own number for it.
    pub id: i32,
    /// What it says, without the mnemonic's underscore.
    pub label: String,
    /// Whether it can be pressed.
    pub enabled: bool,
}

impl Tray {
    /// Puts a tray on the desk.
    pub async fn on(desk: &Desk) -> Self {
        let items = Items::default();
        let watcher = Watcher {
            items: Arc::clone(&items),
        };
        let bus = desk.bus().clone();
        bus.object_server()
            .at("/StatusNotifierWatcher", watcher)
            .await
            .expect("a tray");
        bus.request_name(WATCHER).await.expect("the tray's name");
        Self { bus, items }
    }

    /// The menu of the item that came last; none while there is no item.
    pub async fn menu(&self) -> Option<Vec<Entry>> {
        let (name, path) = self.menu_address().await?;
        let answer = self
            .bus
            .call_method(
                Some(name.as_str()),
                &path,
                Some(MENU),
                "GetLayout",
                &(0_i32, -1_i32, Vec::<String>::new()),
            )
            .await
            .ok()?;
        let (_revision, root): (u32, Layout) = answer.body().deserialize().ok()?;
        let mut entries = Vec::new();
        flatten(root.2, &mut entries);
        Some(entries)
    }

    /// Waits until the menu has an entry with this text in it.
    pub async fn shows(&self, text: &str) -> Entry {
        self.shows_within(text, LIMIT).await
    }

    /// Waits longer, or less.
    pub async fn shows_within(&self, text: &str, limit: Duration) -> Entry {
        let mut last = None;
        let found = within(limit, async || {
            last = self.menu().await;
            let menu = last.as_ref()?;
            menu.iter()
                .find(|entry| entry.label.contains(text))
                .cloned()
        })
        .await;
        found.unwrap_or_else(|| panic!("the tray does not show {text:?}: {last:?}"))
    }

    /// Presses the entry with this text.
    pub async fn press(&self, text: &str) {
        let entry = self.shows(text).await;
        assert!(entry.enabled, "{entry:?} cannot be pressed");
        self.click(&entry).await.expect("the entry pressed");
    }

    /// Presses the entry with this text, if it is there now.
    pub async fn press_if_there(&self, text: &str) {
        let menu = self.menu().await.unwrap_or_default();
        if let Some(entry) = menu.iter().find(|entry| entry.label == text) {
            // It may have gone since.
            let _ = self.click(entry).await;
        }
    }

    async fn click(&self, entry: &Entry) -> Option<()> {
        let (name, path) = self.menu_address().await?;
        self.bus
            .call_method(
                Some(name.as_str()),
                &path,
                Some(MENU),
                "Event",
                &(entry.id, "clicked", Variant::from(0_i32), 0_u32),
            )
            .await
            .ok()?;
        Some(())
    }

    async fn menu_address(&self) -> Option<(String, OwnedObjectPath)> {
        let (name, path) = self.items.lock().expect("the items").last()?.clone();
        let answer = self
            .bus
            .call_method(
                Some(name.as_str()),
                path.as_str(),
                Some(PROPERTIES),
                "Get",
                &(ITEM, "Menu"),
            )
            .await
            .ok()?;
        let menu: OwnedVariant = answer.body().deserialize().ok()?;
        Some((name, OwnedObjectPath::try_from(menu).ok()?))
    }
}

/// dbusmenu's recursive node: id, properties, children (each in a variant).
type Layout = (i32, HashMap<String, OwnedVariant>, Vec<OwnedVariant>);

fn flatten(children: Vec<OwnedVariant>, entries: &mut Vec<Entry>) {
    for child in children {
        let Ok(node) = Structure::try_from(child) else {
            continue;
        };
        let Ok((id, properties, children)) = Layout::try_from(node) else {
            continue;
        };
        let label = properties
            .get("label")
            .and_then(|label| <&str>::try_from(label).ok())
            .map(|label| label.replace('_', ""));
        let is = |name: &str| {
            properties
                .get(name)
                .and_then(|value| bool::try_from(value).ok())
                .unwrap_or(true)
        };
        if let Some(label) = label
            && is("visible")
        {
            entries.push(Entry {
                id,
                label,
                enabled: is("enabled"),
            });
        }
        flatten(children, entries);
    }
}
