//! The person at the desk, without a browser: an opener that writes down what it is to open, so
//! that a browser's own speed is not measured.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use reqwest::Url;
use stage::{Desk, LONG, until};

fn opened(desk: &Desk) -> PathBuf {
    desk.home().join("opened")
}

/// Makes the opener the handler of web addresses.
pub fn install_browser(desk: &Desk) {
    let script = desk.home().join("write-down");
    let text = format!(
        "#!/bin/sh\nprintf '%s' \"$1\" > '{0}.new' && mv '{0}.new' '{0}'\n",
        opened(desk).display()
    );
    fs::write(&script, text).expect("the opener");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).expect("its mode");
    let applications = desk.home().join(".local/share/applications");
    let entry = format!(
        "[Desktop Entry]\nType=Application\nName=Write down\nExec={} %u\n\
         MimeType=x-scheme-handler/http;x-scheme-handler/https;\n",
        script.display()
    );
    fs::write(applications.join("write-down.desktop"), entry).expect("the opener's entry");
    for mut command in [
        {
            let mut command = desk.command("update-desktop-database");
            command.arg(&applications);
            command
        },
        {
            let mut command = desk.command("xdg-mime");
            command.args(["default", "write-down.desktop", "x-scheme-handler/http"]);
            command
        },
    ] {
        let status = command.status().expect("a desktop tool");
        assert!(status.success(), "{command:?}");
    }
}

/// Waits for the address that the app has opened, and takes it.
pub async fn address(desk: &Desk) -> Url {
    let file = opened(desk);
    until("the app to open the browser", LONG, async || {
        let text = fs::read_to_string(&file).ok()?;
        fs::remove_file(&file).ok()?;
        text.parse().ok()
    })
    .await
}
