//! What the window shows: the snapshot in its wire form. Generated for TypeScript by a test.

mod activity;
mod attempt;
mod elsewhere;
mod notice;
mod screen;

use jiff::Timestamp;
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

use crate::session::{person::Person, snapshot::Snapshot};

pub use self::{
    activity::{ActivityShown, BridgeShown},
    attempt::AttemptShown,
    elsewhere::{ElsewhereShown, PagesShown},
    notice::{MessageShown, NoticeShown},
    screen::{ConnectionShown, Screen},
};

/// Milliseconds since 1970, as JavaScript counts time.
type Moment = f64;

/// Everything that the window shows. There is no token in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct View {
    /// What the app is doing; decides the screen.
    pub screen: Screen,
    /// Who is signed in, or was until now.
    pub person: Option<PersonShown>,
    /// The identity provider, as a person reads it: host and port, and a path where there is one.
    pub issuer: String,
    /// The sign-in under way.
    pub attempt: Option<AttemptShown>,
    /// Something that the person should know.
    pub notice: Option<NoticeShown>,
    /// What happened to the person's other sessions, newest first.
    pub activity: Vec<ActivityShown>,
    /// Whether session events arrive.
    pub bridge: BridgeShown,
    /// Since when the session lasts.
    pub session_since: Option<Moment>,
    /// When it ended, where it did not end by a sign-out here.
    pub ended_at: Option<Moment>,
    /// When it was last renewed.
    pub last_renewed: Option<Moment>,
    /// A sign-out that the service has not been told of yet.
    pub sign_out_owed: bool,
    /// Where else the person is signed in, last used first; absent until that is known, and where
    /// the issuer does not say.
    pub elsewhere: Option<Vec<ElsewhereShown>>,
    /// What can be opened in the browser.
    pub pages: PagesShown,
    /// This computer's name.
    pub device: String,
    /// The app's version.
    pub version: &'static str,
    /// For advice that differs.
    pub platform: Platform,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS))]
pub struct PersonShown {
    /// Name.
    pub name: String,
    /// Email address.
    pub email: Option<String>,
    /// The organization's name.
    pub organization: Option<String>,
    /// The role, as the issuer names it.
    pub role: Option<String>,
}

/// The operating system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// Linux and other Unix.
    Linux,
    /// macOS.
    Macos,
    /// Windows.
    Windows,
}

const PLATFORM: Platform = if cfg!(windows) {
    Platform::Windows
} else if cfg!(target_os = "macos") {
    Platform::Macos
} else {
    Platform::Linux
};

impl View {
    /// The snapshot as it is shown on `device`.
    pub fn of(snapshot: &Snapshot, device: &str) -> Self {
        Self {
            screen: Screen::of(snapshot.state),
            person: snapshot.person.as_ref().map(PersonShown::of),
            issuer: snapshot.issuer.as_ref().map(readable).unwrap_or_default(),
            attempt: snapshot.attempt.as_ref().map(AttemptShown::of),
            notice: snapshot.notice.as_ref().map(NoticeShown::of),
            activity: snapshot.activity.iter().map(ActivityShown::of).collect(),
            bridge: BridgeShown::of(snapshot.bridge),
            session_since: snapshot.session_since.map(moment),
            ended_at: snapshot.ended_at.map(moment),
            last_renewed: snapshot.last_renewed.map(moment),
            sign_out_owed: snapshot.sign_out_owed,
            elsewhere: snapshot
                .elsewhere
                .as_ref()
                .map(|sessions| sessions.iter().map(ElsewhereShown::of).collect()),
            pages: PagesShown::of(&snapshot.pages),
            device: device.to_owned(),
            version: env!("CARGO_PKG_VERSION"),
            platform: PLATFORM,
        }
    }
}

impl PersonShown {
    fn of(person: &Person) -> Self {
        Self {
            name: person.name.clone(),
            email: person.email.clone(),
            organization: person.organization.clone(),
            role: person.role.clone(),
        }
    }
}

/// Host and port, and the path of an issuer that has one.
fn readable(issuer: &url::Url) -> String {
    let host = issuer.host_str().unwrap_or_default();
    let port = issuer
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    format!("{host}{port}{}", issuer.path().trim_end_matches('/'))
}

/// Milliseconds are exact in a double for the next 285,000 years.
#[allow(clippy::cast_precision_loss)]
fn moment(at: Timestamp) -> Moment {
    at.as_millisecond() as f64
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::{fs, path::Path};

    use session::{EndReason, Kind, Surface};
    use ts_rs::Config;

    use super::*;

    /// Every type of the wire, in the order of the file.
    fn declarations() -> String {
        let config = Config::default();
        let types = [
            View::decl(&config),
            Screen::decl(&config),
            ConnectionShown::decl(&config),
            PersonShown::decl(&config),
            AttemptShown::decl(&config),
            NoticeShown::decl(&config),
            MessageShown::decl(&config),
            ActivityShown::decl(&config),
            BridgeShown::decl(&config),
            ElsewhereShown::decl(&config),
            PagesShown::decl(&config),
            Platform::decl(&config),
            EndReason::decl(&config),
            Kind::decl(&config),
            Surface::decl(&config),
        ];
        let mut file =
            "// What the window is given. Generated from src-tauri/view.rs.\n".to_owned();
        for declaration in types {
            file.push_str("\nexport ");
            file.push_str(&declaration);
            file.push('\n');
        }
        file
    }

    #[test]
    fn the_window_is_built_from_the_same_types() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/desktop/src/wire/view.ts");
        let expected = declarations();
        if std::env::var_os("UPDATE_WIRE").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &expected).unwrap();
        }
        let found = fs::read_to_string(&path)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        assert_eq!(
            found, expected,
            "stale: run UPDATE_WIRE=1 cargo test -p workspace view"
        );
    }

    #[test]
    fn an_issuer_is_shown_as_a_person_reads_it() {
        let shown = |text: &str| readable(&text.parse().unwrap());
        assert_eq!(shown("https://id.example/"), "id.example");
        assert_eq!(
            shown("http://id.acme.localhost:7400"),
            "id.acme.localhost:7400"
        );
        assert_eq!(
            shown("https://login.example/tenant/"),
            "login.example/tenant"
        );
    }
}
