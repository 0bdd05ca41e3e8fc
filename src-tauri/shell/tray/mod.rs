//! The icon in the tray, kept as [`menu::menu`] says.

pub mod action;
pub mod menu;

use std::sync::Mutex;

use tauri::{
    AppHandle, Wry,
    image::Image,
    menu::{Menu, MenuItem, PredefinedMenuItem},
    tray::{TrayIcon as Handle, TrayIconBuilder},
};

use self::menu::{Entry, TrayIcon, TrayMenu};

/// The heading of the menu. It cannot be chosen.
const STATE: &str = "state";

/// The app's tray icon and what it shows now.
pub struct Tray {
    handle: Handle,
    shown: Mutex<TrayMenu>,
}

impl Tray {
    /// Puts the icon into the tray. `chosen` is given the name of what is chosen in its menu.
    pub fn new(
        app: &AppHandle,
        first: TrayMenu,
        chosen: fn(&AppHandle, &str),
    ) -> tauri::Result<Self> {
        let handle = TrayIconBuilder::with_id("workspace")
            .icon(picture(first.icon))
            .tooltip(&first.title)
            .menu(&build(app, &first)?)
            .show_menu_on_left_click(true)
            .on_menu_event(move |app, event| chosen(app, event.id().as_ref()))
            .build(app)?;
        Ok(Self {
            handle,
            shown: Mutex::new(first),
        })
    }

    /// Shows another menu, where it differs.
    pub fn show(&self, app: &AppHandle, menu: TrayMenu) -> tauri::Result<()> {
        let mut shown = self
            .shown
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if *shown == menu {
            return Ok(());
        }
        if shown.icon != menu.icon {
            self.handle.set_icon(Some(picture(menu.icon)))?;
        }
        self.handle.set_tooltip(Some(&menu.title))?;
        self.handle.set_menu(Some(build(app, &menu)?))?;
        *shown = menu;
        Ok(())
    }
}

fn build(app: &AppHandle, menu: &TrayMenu) -> tauri::Result<Menu<Wry>> {
    let built = Menu::new(app)?;
    built.append(&MenuItem::with_id(
        app,
        STATE,
        literal(&menu.title),
        false,
        None::<&str>,
    )?)?;
    built.append(&PredefinedMenuItem::separator(app)?)?;
    for entry in &menu.entries {
        match entry {
            Entry::Item(action, text) => built.append(&MenuItem::with_id(
                app,
                action.id(),
                literal(text),
                true,
                None::<&str>,
            )?)?,
            Entry::Separator => built.append(&PredefinedMenuItem::separator(app)?)?,
        }
    }
    Ok(built)
}

/// Menus take `&` for the mark of an access key; a person's name is not to lose one.
fn literal(text: &str) -> String {
    text.replace('&', "&&")
}

fn picture(icon: TrayIcon) -> Image<'static> {
    match icon {
        TrayIcon::SignedIn => tauri::include_image!("icons/tray/signed-in.png"),
        TrayIcon::Offline => tauri::include_image!("icons/tray/offline.png"),
        TrayIcon::SignedOut => tauri::include_image!("icons/tray/signed-out.png"),
        TrayIcon::Waiting => tauri::include_image!("icons/tray/waiting.png"),
        TrayIcon::Attention => tauri::include_image!("icons/tray/attention.png"),
    }
}
