//! What a person's login starts: folders, a display, a session bus.

use std::{
    ffi::OsString,
    fs,
    os::unix::{fs::PermissionsExt, net::UnixStream},
    path::Path,
    process::Command,
};

use crate::{
    program::Program,
    wait::{LIMIT, until},
};

/// The folders of a person, and what a desktop session knows besides.
pub fn homes(root: &Path) -> Vec<(OsString, OsString)> {
    let home = root.join("home");
    let folders = [
        ("HOME", home.clone()),
        ("XDG_DATA_HOME", home.join(".local/share")),
        ("XDG_CONFIG_HOME", home.join(".config")),
        ("XDG_CACHE_HOME", home.join(".cache")),
        ("XDG_STATE_HOME", home.join(".local/state")),
        ("XDG_RUNTIME_DIR", root.join("run")),
        ("TMPDIR", root.join("tmp")),
    ];
    let mut environment = Vec::new();
    for (name, folder) in folders {
        fs::create_dir_all(&folder).expect("a folder of the desk");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("its mode");
        environment.push((name.into(), folder.into()));
    }
    for (name, value) in [
        ("XDG_CURRENT_DESKTOP", "X-Generic"),
        ("LANG", "C.UTF-8"),
        ("USER", "desk"),
        // WebKit without a graphics card.
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
        // No accessibility bus: it would be started and outlive the desk.
        ("NO_AT_BRIDGE", "1"),
        ("GTK_A11Y", "none"),
    ] {
        environment.push((name.into(), value.into()));
    }
    let path = std::env::var_os("PATH").expect("a search path");
    environment.push(("PATH".into(), path));
    environment
}

/// A display of its own, on a number nobody has.
pub async fn display(root: &Path) -> (Program, String) {
    let logs = root.join("logs");
    let chosen = root.join("display");
    let file = fs::File::create(&chosen).expect("a file for the display's number");
    // Xvfb chooses a free number and says which.
    let mut command = Command::new("sh");
    command
        .args([
            "-c",
            "exec Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp 3>\"$0\"",
        ])
        .arg(&chosen);
    drop(file);
    let program = Program::start("display", &logs, &mut command);
    let number = until("a display", LIMIT, async || {
        let text = fs::read_to_string(&chosen).ok()?;
        text.ends_with('\n').then(|| text.trim().to_owned())
    })
    .await;
    (program, format!(":{number}"))
}

/// A session bus of its own, whose services get this environment.
pub async fn bus(root: &Path, environment: &[(OsString, OsString)]) -> (Program, String) {
    let path = root.join("run/bus");
    let address = format!("unix:path={}", path.display());
    // The usual session bus, and rules that a test may add.
    let rules = root.join("run/bus.d");
    fs::create_dir(&rules).expect("a folder for rules");
    let config = root.join("run/bus.conf");
    let text = format!(
        "<busconfig><type>session</type><include>/usr/share/dbus-1/session.conf</include>\
         <includedir>{}</includedir></busconfig>",
        rules.display()
    );
    fs::write(&config, text).expect("the configuration of the bus");
    let mut command = Command::new("dbus-daemon");
    command
        .env_clear()
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .args(["--nofork", "--nopidfile", "--config-file"])
        .arg(&config)
        .arg("--address")
        .arg(&address);
    let program = Program::start("bus", &root.join("logs"), &mut command);
    until("the session bus", LIMIT, async || {
        UnixStream::connect(&path).ok()
    })
    .await;
    (program, address)
}
