//! The running app: what it shows in window and tray, and what is chosen there.

use std::{sync::Arc, time::Duration};

use tauri::{AppHandle, Emitter, Manager};

use super::{
    tray::{Tray, action::Action, menu::menu},
    window,
};
use crate::{
    session::{
        controller::Controller,
        request::Request,
        snapshot::{Page, Snapshot, StateView},
    },
    view::View,
    words::Catalogue,
};

/// Told to the window whenever what it shows has changed.
const VIEW_CHANGED: &str = "view-changed";
/// How long an app that is quit waits for what it is doing.
const QUIT_LIMIT: Duration = Duration::from_secs(3);

/// The running app.
pub struct Running {
    /// What the app does.
    pub controller: Controller,
    /// What it says.
    pub words: Arc<Catalogue>,
    /// This computer's name.
    pub device: String,
}

impl Running {
    /// What the window shows now.
    pub fn view(&self) -> View {
        View::of(&self.controller.snapshot(), &self.device)
    }
}

/// Shows every change in window and tray.
pub async fn follow(app: AppHandle, controller: Controller, tray: Tray) {
    let mut changes = controller.changes();
    while changes.changed().await.is_ok() {
        let snapshot = changes.borrow_and_update().clone();
        show(&app, &tray, &snapshot);
    }
}

fn show(app: &AppHandle, tray: &Tray, snapshot: &Snapshot) {
    let running = app.state::<Running>();
    if let Err(error) = tray.show(app, menu(snapshot, &running.words)) {
        tracing::warn!(%error, "the tray could not be changed");
    }
    let view = View::of(snapshot, &running.device);
    if let Err(error) = app.emit_to(window::LABEL, VIEW_CHANGED, &view) {
        tracing::warn!(%error, "the window could not be told");
    }
}

/// Does what an entry of the tray's menu says.
pub fn choose(app: &AppHandle, id: &str) {
    let running = app.state::<Running>();
    let send = |request| running.controller.send(request);
    match Action::of(id) {
        Some(Action::Open) => window::open(app),
        Some(Action::Workspace) => send(Request::OpenPage(Page::Workspace)),
        Some(Action::Dashboard) => send(Request::OpenPage(Page::Dashboard)),
        Some(Action::Sessions) => send(Request::OpenPage(Page::Sessions)),
        Some(Action::SignIn) => {
            send(Request::SignIn);
            window::open(app);
        }
        Some(Action::CancelSignIn) => send(Request::CancelSignIn),
        Some(Action::SignOut) => send(Request::SignOut),
        Some(Action::Retry) => retry(app),
        Some(Action::Quit) => quit(app),
        None => {}
    }
}

/// Tries again whatever failed. Settings are read at the start only.
pub fn retry(app: &AppHandle) {
    let controller = &app.state::<Running>().controller;
    if controller.snapshot().state == StateView::SettingsUnusable {
        app.request_restart();
    } else {
        controller.send(Request::Retry);
    }
}

/// Ends the app. The session stays in the keychain.
pub fn quit(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let controller = app.state::<Running>().controller.clone();
        controller.send(Request::Quit);
        let ended = tokio::time::timeout(QUIT_LIMIT, controller.ended()).await;
        if ended.is_err() {
            tracing::warn!("quit before everything had ended");
        }
        app.exit(0);
    });
}
