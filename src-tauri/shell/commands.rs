//! What the window may ask for. Everything comes back as the `view-changed` event.

// Tauri hands a command its arguments by value.
#![allow(clippy::needless_pass_by_value)]

use tauri::State;

use super::running::{self, Running};
use crate::{
    session::{request::Request, snapshot::Page},
    view::View,
};

/// A code is short; what is much longer is none and need not be looked at.
const LONGEST_CODE: usize = 4096;

/// What to show now.
#[tauri::command]
pub fn view(app: State<'_, Running>) -> View {
    app.view()
}

/// Signs in through the system browser.
#[tauri::command]
pub fn sign_in(app: State<'_, Running>) {
    app.controller.send(Request::SignIn);
}

/// Signs in with a loopback redirect.
#[tauri::command]
pub fn sign_in_on_loopback(app: State<'_, Running>) {
    app.controller.send(Request::SignInOnLoopback);
}

/// Gives the sign-in up.
#[tauri::command]
pub fn cancel_sign_in(app: State<'_, Running>) {
    app.controller.send(Request::CancelSignIn);
}

/// Takes the code of the browser's last page.
#[tauri::command]
pub fn paste_code(app: State<'_, Running>, mut code: String) {
    if code.len() > LONGEST_CODE {
        code.clear();
    }
    app.controller.send(Request::CodePasted(code));
}

/// Signs this app out.
#[tauri::command]
pub fn sign_out(app: State<'_, Running>) {
    app.controller.send(Request::SignOut);
}

/// Tries again whatever failed.
#[tauri::command]
pub fn retry(app: tauri::AppHandle) {
    running::retry(&app);
}

/// Opens one of the issuer's pages in the browser.
#[tauri::command]
pub fn open_page(app: State<'_, Running>, page: Page) {
    app.controller.send(Request::OpenPage(page));
}

/// The notice was read.
#[tauri::command]
pub fn dismiss_notice(app: State<'_, Running>) {
    app.controller.send(Request::DismissNotice);
}

/// Ends the app; the session stays.
#[tauri::command]
pub fn quit(app: tauri::AppHandle) {
    running::quit(&app);
}
