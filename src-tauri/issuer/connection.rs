//! One issuer, with what was learned of it. Learned anew after an hour, or when told to.

use std::{sync::Arc, time::Duration};

use openidconnect::{JsonWebKeySetUrl, core::CoreJsonWebKeySet};
use tokio::{sync::Mutex, time::Instant};

use super::{
    address::Issuer,
    discovery::{DiscoveryError, Metadata},
    http::{HttpClient, HttpError, expect_json},
};

const FRESH: Duration = Duration::from_hours(1);

type Learned = (Instant, Arc<Metadata>);

/// A configured issuer; cheap to clone.
#[derive(Clone)]
pub struct Connection {
    issuer: Issuer,
    /// Its HTTP client, and so its clock.
    pub http: HttpClient,
    learned: Arc<Mutex<Option<Learned>>>,
}

impl Connection {
    /// Nothing is asked yet.
    pub fn new(issuer: Issuer) -> Result<Self, HttpError> {
        Ok(Self {
            issuer,
            http: HttpClient::new()?,
            learned: Arc::default(),
        })
    }

    /// As it was configured.
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// What it offers. Callers at the same time share one request.
    pub async fn metadata(&self) -> Result<Arc<Metadata>, DiscoveryError> {
        let mut learned = self.learned.lock().await;
        if let Some((at, metadata)) = learned.as_ref()
            && at.elapsed() < FRESH
        {
            return Ok(Arc::clone(metadata));
        }
        let metadata = Arc::new(Metadata::fetch(&self.http, &self.issuer).await?);
        *learned = Some((Instant::now(), Arc::clone(&metadata)));
        Ok(metadata)
    }

    /// Learns anew at the next use: an endpoint may have moved.
    pub async fn forget(&self) {
        *self.learned.lock().await = None;
    }

    /// The keys of its ID tokens, now.
    pub async fn keys(&self, metadata: &Metadata) -> Result<CoreJsonWebKeySet, HttpError> {
        let address = JsonWebKeySetUrl::from_url(metadata.jwks_uri.clone());
        let http = self.http.clone();
        let send = move |request| {
            let http = http.clone();
            async move { expect_json(http.send(request).await?) }
        };
        CoreJsonWebKeySet::fetch_async(&address, &send)
            .await
            .map_err(|error| match error {
                openidconnect::DiscoveryError::Request(error) => error,
                _ => HttpError::NotJson,
            })
    }
}
