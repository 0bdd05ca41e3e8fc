//! The program around the session: window, tray, notifications, the link handler, and the
//! window's commands. Only here is Tauri known.

mod arguments;
mod commands;
mod desktop;
mod examine;
mod links;
mod log;
mod running;
mod scheme;
mod sign_out;
mod tray;
mod window;

use std::{process::ExitCode, sync::Arc};

use clap::Parser;
use tauri::{AppHandle, Manager, RunEvent};

use self::{
    arguments::Arguments,
    desktop::Desktop,
    running::Running,
    tray::{Tray, menu::menu},
};
use crate::{
    session::{controller::Controller, dependencies::Dependencies, keychain::Keychain},
    settings::{Overrides, Settings, SettingsError},
    words::Catalogue,
};

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
    if !desktop::has_display() {
        eprintln!("workspace: there is no display to open a window on (UL-2112)");
        return ExitCode::from(2);
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
            links::second_launch(app, arguments);
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
            commands::open_page,
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
    let tray = Tray::new(app, menu(&controller.snapshot(), &words), running::choose)?;
    app.manage(Running {
        controller: controller.clone(),
        words,
        device: gethostname::gethostname().to_string_lossy().into_owned(),
    });
    tauri::async_runtime::spawn(running::follow(app.clone(), controller, tray));

    let registering = app.clone();
    tauri::async_runtime::spawn_blocking(move || scheme::register(&registering));
    links::take_links(app);

    if arguments.sign_out {
        tauri::async_runtime::spawn(sign_out::and_leave(app.clone()));
        return Ok(());
    }
    if let Some(link) = arguments.callback() {
        links::callback(app, link);
    }
    if !arguments.minimized {
        window::open(app);
    }
    Ok(())
}
