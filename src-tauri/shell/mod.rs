//! The program around the session: window, tray, notifications, the link handler, and the
//! window's commands. Only here is Tauri known.

pub mod arguments;
mod commands;
mod examine;
mod log;
mod scheme;
mod tray;
pub mod tray_menu;
mod window;

use std::{process::ExitCode, sync::Arc, time::Duration};

use clap::Parser;
use tauri::{AppHandle, Emitter, Manager, RunEvent};
use tauri_plugin_notification::NotificationExt;
use url::Url;

use self::{arguments::Arguments, tray::Tray, tray_menu::Action};
use crate::{
    session::{
        controller::{Controller, Dependencies},
        keychain::Keychain,
        message::Message,
        request::Request,
        shell::{BrowserNotOpened, Shell, Words},
        snapshot::{Snapshot, StateView},
    },
    settings::{Overrides, Settings, SettingsError},
    view::View,
    words::Catalogue,
};

/// Told to the window whenever what it shows has changed.
const VIEW_CHANGED: &str = "view-changed";
/// How long an app that is quit waits for what it is doing.
const QUIT_LIMIT: Duration = Duration::from_secs(3);
/// How long `--sign-out` waits for the keychain and the service.
const SIGN_OUT_LIMIT: Duration = Duration::from_secs(20);

/// The running app.
pub struct Running {
    controller: Controller,
    words: Arc<Catalogue>,
    device: String,
}

impl Running {
    fn view(&self) -> View {
        View::of(&self.controller.snapshot(), &self.device)
    }
}

/// Starts the app as the command line says, and runs it until it is quit.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    log::start();
    let overrides = Overrides {
        issuer: arguments.issuer.clone(),
    };
    let settings = Settings::load(&overrides);
    match &settings {
        Ok(settings) if arguments.doctor => return examine::run(settings, &arguments),
        Ok(_) => {}
        Err(error) => {
            eprintln!("workspace: {error}");
            // Whoever asked on the command line reads it there; others see it in the window.
            if arguments.doctor || arguments.sign_out {
                return ExitCode::from(2);
            }
        }
    }
    let mut context = tauri::generate_context!();
    if cfg!(debug_assertions) {
        // A development build is another app: its own single instance, its own data.
        context.config_mut().identifier.push_str(".dev");
    }
    let at_start = arguments.clone();
    let built = tauri::Builder::default()
        // First of all plug-ins, so that a second process does nothing but hand over and leave.
        .plugin(tauri_plugin_single_instance::init(|app, arguments, _| {
            second_launch(app, arguments);
        }))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_notification::init())
        .invoke_handler(tauri::generate_handler![
            commands::view,
            commands::sign_in,
            commands::sign_in_on_loopback,
            commands::cancel_sign_in,
            commands::paste_code,
            commands::sign_out,
            commands::retry,
            commands::open_sessions_page,
            commands::dismiss_notice,
            commands::quit,
        ])
        .setup(move |app| Ok(set_up(app.handle(), settings, &at_start)?))
        .build(context);
    match built {
        Ok(app) => {
            app.run(|_, event| {
                // The last window was closed: the app stays in the tray.
                if let RunEvent::ExitRequested {
                    code: None, api, ..
                } = event
                {
                    api.prevent_exit();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("workspace: {error}");
            ExitCode::FAILURE
        }
    }
}

fn set_up(
    app: &AppHandle,
    settings: Result<Settings, SettingsError>,
    arguments: &Arguments,
) -> tauri::Result<()> {
    let words = Arc::new(Catalogue::english());
    let controller = match settings {
        Ok(settings) => {
            let dependencies = Dependencies {
                keychain: Keychain::platform(&settings.keychain_service),
                settings,
                words: words.clone(),
                runtime: tauri::async_runtime::handle().inner().clone(),
            };
            let shell = Arc::new(Desktop {
                app: app.clone(),
                words: words.clone(),
            });
            Controller::start(dependencies, shell)
        }
        Err(error) => Controller::without_settings(&error),
    };
    let tray = Tray::new(app, tray_menu::menu(&controller.snapshot(), &words))?;
    app.manage(Running {
        controller: controller.clone(),
        words,
        device: gethostname::gethostname().to_string_lossy().into_owned(),
    });
    tauri::async_runtime::spawn(follow(app.clone(), controller, tray));

    let registering = app.clone();
    tauri::async_runtime::spawn_blocking(move || scheme::register(&registering));
    take_links(app);

    if arguments.sign_out {
        tauri::async_runtime::spawn(sign_out_and_leave(app.clone()));
        return Ok(());
    }
    if let Some(link) = arguments.callback() {
        callback(app, link);
    }
    if !arguments.minimized {
        window::open(app);
    }
    Ok(())
}

/// Another process was started and has left: its wishes are this one's now.
fn second_launch(app: &AppHandle, arguments: Vec<String>) {
    // Callers are not authenticated, so this is untrusted text.
    let Ok(arguments) = Arguments::try_parse_from(arguments) else {
        tracing::warn!("a second launch with arguments that cannot be read");
        return;
    };
    let Some(running) = app.try_state::<Running>() else {
        return;
    };
    if arguments.sign_out {
        running.controller.send(Request::SignOut);
    } else if let Some(link) = arguments.callback() {
        callback(app, link);
    } else if !arguments.minimized {
        window::open(app);
    }
}

fn callback(app: &AppHandle, link: &str) {
    if let Some(running) = app.try_state::<Running>() {
        running
            .controller
            .send(Request::CallbackArrived(link.to_owned()));
    }
}

/// On macOS links come as events; elsewhere they are arguments, read by [`Arguments::callback`]
/// whatever stands beside them.
#[cfg(target_os = "macos")]
fn take_links(app: &AppHandle) {
    use tauri_plugin_deep_link::DeepLinkExt;

    let taking = app.clone();
    let take = move |links: Vec<Url>| {
        for link in links {
            callback(&taking, link.as_str());
        }
    };
    // The link that started the app is not told as an event, and is never cleared: asked once.
    if let Ok(Some(links)) = app.deep_link().get_current() {
        take(links);
    }
    app.deep_link().on_open_url(move |event| take(event.urls()));
}

#[cfg(not(target_os = "macos"))]
fn take_links(_app: &AppHandle) {}

/// Shows every change in window and tray.
async fn follow(app: AppHandle, controller: Controller, tray: Tray) {
    let mut changes = controller.changes();
    while changes.changed().await.is_ok() {
        let snapshot = changes.borrow_and_update().clone();
        show(&app, &tray, &snapshot);
    }
}

fn show(app: &AppHandle, tray: &Tray, snapshot: &Snapshot) {
    let running = app.state::<Running>();
    if let Err(error) = tray.show(app, tray_menu::menu(snapshot, &running.words)) {
        tracing::warn!(%error, "the tray could not be changed");
    }
    let view = View::of(snapshot, &running.device);
    if let Err(error) = app.emit_to(window::LABEL, VIEW_CHANGED, &view) {
        tracing::warn!(%error, "the window could not be told");
    }
}

/// Does what an entry of the tray's menu says.
fn choose(app: &AppHandle, id: &str) {
    let running = app.state::<Running>();
    let send = |request| running.controller.send(request);
    match Action::of(id) {
        Some(Action::Open) => window::open(app),
        Some(Action::Sessions) => send(Request::OpenSessionsPage),
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
fn retry(app: &AppHandle) {
    let controller = &app.state::<Running>().controller;
    if controller.snapshot().state == StateView::SettingsUnusable {
        app.request_restart();
    } else {
        controller.send(Request::Retry);
    }
}

/// Ends the app. The session stays in the keychain.
fn quit(app: &AppHandle) {
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

/// `workspace --sign-out` where no app was running.
async fn sign_out_and_leave(app: AppHandle) {
    let controller = app.state::<Running>().controller.clone();
    let mut changes = controller.changes();
    let signed_out = async {
        changes
            .wait_for(|snapshot| snapshot.state != StateView::Starting)
            .await?;
        controller.send(Request::SignOut);
        changes
            .wait_for(|snapshot| {
                matches!(snapshot.state, StateView::SignedOut) && !snapshot.sign_out_owed
            })
            .await
            .map(drop)
    };
    // What the service could not be told in time, it is told at the next start.
    let _ = tokio::time::timeout(SIGN_OUT_LIMIT, signed_out).await;
    quit(&app);
}

/// The desktop, as the session needs it.
struct Desktop {
    app: AppHandle,
    words: Arc<Catalogue>,
}

impl Shell for Desktop {
    fn open_browser(&self, address: &Url) -> Result<(), BrowserNotOpened> {
        tauri_plugin_opener::open_url(address.as_str(), None::<&str>)
            .map_err(|error| BrowserNotOpened(error.to_string()))
    }

    fn scheme_is_ours(&self) -> bool {
        if !scheme::is_ours(&self.app) {
            scheme::register(&self.app);
        }
        scheme::is_ours(&self.app)
    }

    fn notify(&self, message: &Message) {
        let notification = self
            .app
            .notification()
            .builder()
            .title(self.words.plain("app-name"))
            .body(self.words.text(message));
        if let Err(error) = notification.show() {
            tracing::warn!(%error, "the notification could not be shown");
        }
    }

    fn bring_to_front(&self) {
        window::open(&self.app);
    }
}
