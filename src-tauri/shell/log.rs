//! The log: JSON lines on standard error, as much as `WORKSPACE_LOG` asks for. Only this
//! program's own words are written below warnings: what a library says in detail may be a header
//! with a token in it, or a call of the keychain.

use std::io;

use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::{
    EnvFilter, filter::filter_fn, fmt::MakeWriter, layer::SubscriberExt, util::SubscriberInitExt,
};

/// Crates of this project, as they name themselves in the log.
const OWN: &[&str] = &["workspace", "workspace_app", "session", "faults"];

/// Starts the log. Without `WORKSPACE_LOG` only warnings and errors are written.
pub fn start() {
    let filter =
        EnvFilter::try_from_env("WORKSPACE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    // A log that somebody else has started is as good.
    drop(log(filter, io::stderr).try_init());
}

fn log<W>(filter: EnvFilter, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    tracing_subscriber::registry()
        .with(filter)
        .with(filter_fn(may_be_written))
        .with(tracing_subscriber::fmt::layer().json().with_writer(writer))
}

fn may_be_written(metadata: &Metadata<'_>) -> bool {
    let krate = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() <= Level::WARN || OWN.contains(&krate)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::sync::{Arc, Mutex};

    use secrecy::ExposeSecret;

    use super::*;
    use crate::session::{
        controller::desk::Desk,
        record::Record,
        request::Request,
        snapshot::{BridgeView, StateView},
    };

    /// A log that is kept.
    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Kept {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl io::Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn full(kept: &Kept) -> impl Subscriber + Send + Sync + use<> {
        let kept = kept.clone();
        log(EnvFilter::new("trace"), move || kept.clone())
    }

    #[test]
    fn libraries_are_heard_from_warnings_up_however_much_is_asked_for() {
        let kept = Kept::default();
        let _log = full(&kept).set_default();
        tracing::trace!(target: "h2::codec", header = "authorization-secret");
        tracing::debug!(target: "zbus::connection", body = "secret-of-the-keychain");
        tracing::debug!(target: "workspaces", "another crate");
        tracing::warn!(target: "hyper", "a warning");
        tracing::trace!(target: "workspace_app::session", "our own");
        let text = kept.text();
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(text.contains("a warning") && text.contains("our own"));
    }

    #[test]
    fn the_fullest_log_of_a_sign_in_a_renewal_and_a_sign_out_holds_no_secret() {
        let kept = Kept::default();
        let threads = kept.clone();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            // Also the threads on which the keychain is asked.
            .on_thread_start(move || std::mem::forget(full(&threads).set_default()))
            .build()
            .unwrap();
        let secrets = runtime.block_on(async { tokio::spawn(sign_in_and_out()).await.unwrap() });
        let text = kept.text();
        for expected in ["SignedIn", "renewed", "SignedOut"] {
            assert!(text.contains(expected), "no {expected} in {text}");
        }
        assert!(secrets.len() > 8);
        for secret in secrets {
            assert!(!text.contains(&secret), "{secret} in {text}");
        }
    }

    async fn sign_in_and_out() -> Vec<String> {
        let desk = Desk::new();
        let address = desk.browser(Request::SignIn).await;
        // One that fits nothing is as secret: it may be another app's.
        let stray = "com.unifiedlogin.workspace:/signed-in?code=stray-code&state=stray-state";
        desk.app.send(Request::CallbackArrived(stray.to_owned()));
        let answer = desk.issuer.authorize(&address);
        let state = answer.query_pairs().find(|(name, _)| name == "state");
        let mut secrets = vec![state.unwrap().1.into_owned()];
        secrets.extend(["stray-code".to_owned(), "stray-state".to_owned()]);
        desk.app.send(Request::CallbackArrived(answer.into()));
        desk.until(|it| {
            matches!(it.state, StateView::SignedIn(_)) && it.bridge == BridgeView::Live
        })
        .await;
        let text = desk.record().await.unwrap();
        let key = Record::from_text(&text).unwrap().proof_key.unwrap();
        secrets.push(key.expose_secret().to_owned());
        let before = desk.app.snapshot().last_renewed;
        desk.app.send(Request::Resumed);
        desk.until(|it| it.last_renewed != before).await;
        desk.app.send(Request::SignOut);
        desk.until_keychain_empty().await;
        secrets.extend(desk.issuer.inner().secrets.clone());
        secrets
    }
}
