//! The TypeScript that surfaces are built with says what the service says. `UPDATE_WIRE=1 cargo
//! test -p service --features typescript --test wire` writes it anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{fs, path::Path};

use service::{
    dashboard::wire as dashboard, surfaces::wire as surfaces, workspace::wire as workspace,
};
use session::{EndReason, Kind, SessionEvent, Surface, What};
use store::{Availability, CrmMismatch, Role, SigningAlgorithm, TokenEndpointAuth};
use ts_rs::{Config, TS};

/// The declarations of some types, in the order of the file.
macro_rules! declarations {
    ($($type:ty),* $(,)?) => {{
        let config = Config::default();
        vec![$(<$type>::decl(&config)),*]
    }};
}

fn is_current(path: &str, source: &str, declarations: &[String]) {
    let mut expected = format!("// Generated from {source}.\n");
    for declaration in declarations {
        expected.push_str("\nexport ");
        expected.push_str(declaration);
        expected.push('\n');
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = root.join(path);
    if std::env::var_os("UPDATE_WIRE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &expected).unwrap();
    }
    let found = fs::read_to_string(&path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert_eq!(
        found, expected,
        "stale: run UPDATE_WIRE=1 cargo test -p service --features typescript --test wire"
    );
}

#[test]
fn the_session_client_is_built_from_the_same_types() {
    let declarations = declarations![
        surfaces::SessionState,
        surfaces::SignedInState,
        surfaces::RefusedState,
        surfaces::RefusedWhy,
        surfaces::PersonState,
        surfaces::OrganizationState,
        surfaces::SurfaceAddresses,
        surfaces::CallState,
        surfaces::EndingState,
        surfaces::EndedState,
        surfaces::PolicyState,
        CrmMismatch,
        surfaces::SignOut,
        surfaces::SignOutWhen,
        surfaces::SignOutAnswer,
        surfaces::CallReport,
        surfaces::AvailabilityState,
        Availability,
        surfaces::Changed,
        surfaces::ChangedWhat,
        surfaces::StreamPlace,
        surfaces::ProblemAnswer,
        surfaces::EmbeddingHost,
        surfaces::EmbeddingAttempt,
        surfaces::EmbeddingWait,
        surfaces::EmbeddingWaitAnswer,
        surfaces::WindowConfirm,
        surfaces::WindowNext,
        SessionEvent,
        What,
        EndReason,
        Kind,
        Surface,
        Role,
        session::SessionId,
        session::UserId,
    ];
    is_current(
        "ui/session-client/src/wire/session.ts",
        "crates/service/src/surfaces/wire.rs",
        &declarations,
    );
}

#[test]
fn workspace_is_built_from_the_same_types() {
    let declarations = declarations![
        workspace::OwnSessions,
        workspace::OwnSession,
        workspace::EndOwnSessions,
        workspace::Ended,
        workspace::Account,
        workspace::ChangeAccount,
        workspace::ChangePassword,
        Kind,
        Role,
    ];
    is_current(
        "ui/workspace/src/wire/workspace.ts",
        "crates/service/src/workspace/wire.rs",
        &declarations,
    );
}

#[test]
fn the_dashboard_is_built_from_the_same_types() {
    let declarations = declarations![
        dashboard::People,
        dashboard::PersonShown,
        dashboard::PersonStatus,
        dashboard::PersonName,
        dashboard::InvitePerson,
        dashboard::Invited,
        dashboard::ChangePerson,
        dashboard::Teams,
        dashboard::Team,
        dashboard::TeamName,
        dashboard::TeamFields,
        dashboard::LiveSessions,
        dashboard::LiveSession,
        dashboard::EndWhen,
        dashboard::Ended,
        dashboard::CrmOrigins,
        dashboard::CrmOriginsFields,
        dashboard::CrmWidgets,
        dashboard::Clients,
        dashboard::ClientShown,
        dashboard::ClientFields,
        dashboard::ClientCreated,
        dashboard::ClientSecret,
        TokenEndpointAuth,
        SigningAlgorithm,
        dashboard::Deliveries,
        dashboard::Audit,
        dashboard::AuditShown,
        dashboard::ActorShown,
        dashboard::ActorKind,
        dashboard::Settings,
        dashboard::SettingsFields,
        CrmMismatch,
        Kind,
        Role,
        Surface,
    ];
    is_current(
        "ui/dashboard/src/wire/dashboard.ts",
        "crates/service/src/dashboard/wire.rs",
        &declarations,
    );
}
