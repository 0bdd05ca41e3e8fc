//! The issuer's process.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::sync::Mutex;

use axum::Router;
use tokio::{
    net::TcpListener,
    runtime::{Builder, Runtime},
};

/// The service's own process, as far as a test needs one: when it dies, so do its connections.
#[derive(Default)]
pub struct Serving(Mutex<Option<Runtime>>);

impl Serving {
    pub fn start(&self, listener: std::net::TcpListener, router: Router) {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        listener.set_nonblocking(true).unwrap();
        runtime.spawn(async move {
            let listener = TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
        *self.0.lock().unwrap() = Some(runtime);
    }

    pub fn stop(&self) {
        if let Some(runtime) = self.0.lock().unwrap().take() {
            runtime.shutdown_background();
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.stop();
    }
}
