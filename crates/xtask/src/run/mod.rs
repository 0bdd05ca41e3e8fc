//! From a bare clone to a signed-in person: build, start the service, open the app.

mod address;
mod crm;
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
        "This installs what is missing, builds the service, its browser surfaces and the desktop \
         app (about five minutes the first time), starts the service with a sample organization \
         and pages that act as three CRMs do, and opens the app.",
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
        "--package",
        "end-to-end",
        "--bins",
    ]);
    let built = process::quietly(root, step, &mut command)?.succeeded(step)?;
    say::done(step, built.took, "service, app, CRM pages");

    say::heading("Start");
    let password = sample::people(root)?;
    crm::allow(root)?;
    let service = service::start(root)?;
    say::line(&format!(
        "   The service is at {} (process {}).",
        address::ISSUER,
        service.id()
    ));
    let pages = crm::start(root)?;
    say::line(&format!(
        "   Pages that act as the CRMs do are on {} (process {}).",
        address::CRM_LISTEN,
        pages.id()
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
    say::line("   In the browser: sign in at one, and you are signed in at all.");
    let crms = address::CRMS.map(|(name, _, origin)| (name, origin));
    let account = format!("{}/account", address::ISSUER);
    for (name, address) in address::SURFACES.into_iter().chain(crms) {
        say::line(&format!("      {name:20} {address}"));
    }
    say::line(&format!("      {:20} {account}", "Account"));
    say::line(
        "   In the app, a session of its own: press \"Sign in with your browser\". People of Acme:",
    );
    for person in sample::PEOPLE {
        say::line(&format!("      {:20} {}", person.email, person.role));
    }
    say::line(&format!("   Password of each: {password}"));
    say::line("   Quit the app, or press Ctrl-C here, to stop everything.");
    until_the_end(
        &mut [("the service", service), ("the CRM pages", pages)],
        &mut app,
    )
}

/// Builds the pages of the surfaces, of the app's window, and those that act as the CRMs do.
pub fn interface(root: &Root) -> Result<(), Error> {
    for (folder, what) in [("ui", "the interface"), ("tests/crm", "the CRM pages")] {
        let step = format!("install the packages of {what}");
        let installed =
            process::quietly(root, &step, npm(root, folder).arg("ci"))?.succeeded(&step)?;
        say::done(&step, installed.took, "done");
        let step = format!("build {what}");
        let mut command = npm(root, folder);
        command.args(["run", "build"]);
        let built = process::quietly(root, &step, &mut command)?.succeeded(&step)?;
        say::done(&step, built.took, "done");
    }
    Ok(())
}

fn until_the_end(servers: &mut [(&str, Running)], app: &mut Running) -> Result<(), Error> {
    loop {
        if interrupt::pressed() {
            return Err(Error::Interrupted);
        }
        for (name, server) in &mut *servers {
            if let Some(status) = server.ended() {
                return Err(Error::Stuck(format!(
                    "{name} ended unasked ({status}).\n{}",
                    server.tail()
                )));
            }
        }
        match app.ended() {
            Some(status) if status.success() => {
                say::line("The app was quit; everything else is stopped too.");
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
