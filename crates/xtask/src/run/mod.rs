//! From a bare clone to a signed-in person: build, start the service, open the app.

mod address;
mod sample;
mod service;

use std::{env, process::Command, thread, time::Duration};

use crate::{
    error::Error,
    interrupt,
    packages::{self, Purpose},
    process::{self, Running, cargo, npm},
    root::Root,
    say, tour,
};

/// Runs everything on this computer until the app quits or Ctrl-C is pressed.
pub fn run(root: &Root) -> Result<(), Error> {
    if !has_display() {
        say::line(
            "There is no display here. Instead of opening the app, this starts a virtual display \
             with its own D-Bus session, keychain and browser, and takes the tour of the app on it.",
        );
        return tour::tour(root);
    }
    say::line(
        "This installs what is missing, builds the service and the desktop app (about five \
         minutes the first time), starts the service with a sample organization, and opens the app.",
    );
    say::heading("What is needed");
    packages::install(root, Purpose::Run)?;

    say::heading("Build");
    interface(root)?;
    let step = "build";
    let mut command = cargo(root);
    command.args([
        "build",
        "--package",
        "service",
        "--package",
        "workspace",
        "--bins",
    ]);
    let built = process::quietly(root, step, &mut command)?.succeeded(step)?;
    say::done(step, built.took, "service and app");

    say::heading("Start");
    let password = sample::people(root)?;
    let mut service = service::start(root)?;
    say::line(&format!(
        "   The service is at {} (process {}).",
        address::ISSUER,
        service.id()
    ));
    // The app registers its deep link itself, each time it starts.
    let mut app = Running::start(
        root,
        "app",
        Command::new(root.program("workspace"))
            .env("WORKSPACE_ISSUER", address::ISSUER)
            .env("WORKSPACE_DATA_DIR", root.target("run/app")),
    )?;
    say::line(&format!("   The app is open (process {}).", app.id()));

    say::heading("Sign in");
    say::line(
        "   Press \"Sign in with your browser\" in the app. People of the organization Acme:",
    );
    for person in sample::PEOPLE {
        say::line(&format!("      {:20} {}", person.email, person.role));
    }
    say::line(&format!("   Password of each: {password}"));
    say::line(&format!("   Account page: {}/account", address::ISSUER));
    say::line("   Quit the app, or press Ctrl-C here, to stop both.");
    until_the_end(&mut service, &mut app)
}

/// Builds the pages of the app's window.
pub fn interface(root: &Root) -> Result<(), Error> {
    let step = "install the interface's packages";
    let installed = process::quietly(root, step, npm(root, "ui").arg("ci"))?.succeeded(step)?;
    say::done(step, installed.took, "done");
    let step = "build the interface";
    let built =
        process::quietly(root, step, npm(root, "ui").args(["run", "build"]))?.succeeded(step)?;
    say::done(step, built.took, "done");
    Ok(())
}

fn until_the_end(service: &mut Running, app: &mut Running) -> Result<(), Error> {
    loop {
        if interrupt::pressed() {
            return Err(Error::Interrupted);
        }
        if let Some(status) = service.ended() {
            return Err(Error::Stuck(format!(
                "the service has ended by itself ({status}).\n{}",
                service.tail()
            )));
        }
        match app.ended() {
            Some(status) if status.success() => {
                say::line("The app was quit; the service is stopped too.");
                return Ok(());
            }
            Some(status) => {
                return Err(Error::Stuck(format!(
                    "the app has ended by itself ({status}).\n{}",
                    app.tail()
                )));
            }
            None => thread::sleep(Duration::from_millis(200)),
        }
    }
}

fn has_display() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
