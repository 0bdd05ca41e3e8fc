//! Metrics in Prometheus' text form.

use std::{sync::OnceLock, time::Duration};

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

const SUM_UP_EVERY: Duration = Duration::from_secs(5);
const SECONDS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// The metrics of this process.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// Starts counting; a process counts once, however many services run in it.
    pub fn start() -> Result<Self, BuildError> {
        if let Some(handle) = HANDLE.get() {
            return Ok(Self(handle.clone()));
        }
        let built = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
            .install_recorder();
        let handle = match (built, HANDLE.get()) {
            (Ok(handle), _) => HANDLE.get_or_init(|| handle).clone(),
            // Another thread was first.
            (Err(_), Some(handle)) => handle.clone(),
            (Err(error), None) => return Err(error),
        };
        Ok(Self(handle))
    }

    /// Puts what was measured into its buckets now and then, whether anyone asks for it or not:
    /// until then each single measure is kept.
    pub async fn sum_up(&self) {
        let mut ticks = tokio::time::interval(SUM_UP_EVERY);
        loop {
            ticks.tick().await;
            self.0.run_upkeep();
        }
    }

    /// All of them, as text.
    pub fn text(&self) -> String {
        self.0.run_upkeep();
        self.0.render()
    }
}
