//! The browser's managed policy: it opens the app without asking, for the issuers of these tests,
//! and keeps other sites' cookies as the test wants it.
//!
//! Chromium asks before it opens another program. That question is the browser's own window, which
//! no driver can answer; an administrator's policy can.

use std::{fs, path::Path};

use serde_json::json;

use crate::cookies::Cookies;

const FOLDER: &str = "/etc/chromium/policies/managed";
const FILE: &str = "unified-login-tests.json";
const SCHEMES: [&str; 2] = [
    "com.unifiedlogin.workspace",
    "com.unifiedlogin.workspace.dev",
];

/// The policy while it holds. Dropping it takes it back.
pub struct Policy(());

impl Policy {
    /// Writes the policy. Without the right to, says so: the browser will ask, and nobody answers.
    pub fn set(cookies: Cookies) -> Option<Self> {
        let origins = [
            format!("http://{}", crate::service::HOST),
            // The issuer that is not ours.
            "http://127.0.0.1".to_owned(),
        ];
        let rules: Vec<_> = SCHEMES
            .iter()
            .map(|scheme| json!({ "protocol": scheme, "allowed_origins": origins }))
            .collect();
        let mut policy = json!({
            "AutoLaunchProtocolsFromOrigins": rules,
            // No question whether to keep a password, in front of what a test looks at.
            "PasswordManagerEnabled": false,
        });
        if let Some(blocked) = cookies.blocked_by_policy() {
            policy["BlockThirdPartyCookies"] = blocked.into();
        }
        let written = fs::create_dir_all(FOLDER)
            .and_then(|()| fs::write(Path::new(FOLDER).join(FILE), policy.to_string()));
        match written {
            Ok(()) => Some(Self(())),
            Err(error) => {
                println!("note: the browser will ask before it opens the app: {FOLDER}: {error}");
                None
            }
        }
    }
}

impl Drop for Policy {
    fn drop(&mut self) {
        let _ = fs::remove_file(Path::new(FOLDER).join(FILE));
    }
}
