//! Bad weather between the app and the service: a small proxy with moods.

use std::{
    net::Ipv4Addr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::StreamExt as _;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

/// What becomes of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// They pass.
    Fair,
    /// They pass late.
    Slow(Duration),
    /// They are answered with this status and nothing else.
    Status(u16),
    /// They are answered with a page, as a hotel's network does.
    Page,
    /// They are answered with something that is nothing.
    Rubbish,
    /// They pass, and the answer is lost.
    LoseAnswer,
}

/// The proxy. Dropping it closes its port.
pub struct WeatherStation {
    port: u16,
    weather: Arc<Mutex<Weather>>,
    gusts: watch::Sender<u32>,
    requests: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

#[derive(Clone)]
struct Ways {
    service: u16,
    weather: Arc<Mutex<Weather>>,
    gusts: watch::Receiver<u32>,
    requests: Arc<AtomicUsize>,
    client: reqwest::Client,
}

impl WeatherStation {
    /// A proxy on a port of its own, with fair weather, before a service on that port.
    pub fn before(listener: TcpListener, service: u16) -> Self {
        let port = listener.local_addr().expect("the proxy's port").port();
        let weather = Arc::new(Mutex::new(Weather::Fair));
        let gusts = watch::Sender::new(0);
        let requests = Arc::new(AtomicUsize::new(0));
        let ways = Ways {
            service,
            weather: Arc::clone(&weather),
            gusts: gusts.subscribe(),
            requests: Arc::clone(&requests),
            client: crate::network::patient_client(),
        };
        let router = Router::new().fallback(pass).with_state(ways);
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self {
            port,
            weather,
            gusts,
            requests,
            task,
        }
    }

    /// A port for the proxy, open before the service that it stands for has started.
    pub async fn listener() -> (TcpListener, u16) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a port for the proxy");
        let port = listener.local_addr().expect("its number").port();
        (listener, port)
    }

    /// The proxy's port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Changes the weather.
    pub fn set(&self, weather: Weather) {
        *self.weather.lock().expect("the weather") = weather;
    }

    /// Cuts every answer that is on its way: streams end.
    pub fn cut(&self) {
        self.gusts.send_modify(|gusts| *gusts += 1);
    }

    /// How many requests have come so far, whatever became of them.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }
}

impl Drop for WeatherStation {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn pass(State(ways): State<Ways>, request: Request) -> Response {
    ways.requests.fetch_add(1, Ordering::Relaxed);
    let weather = *ways.weather.lock().expect("the weather");
    match weather {
        Weather::Fair => forward(&ways, request).await,
        Weather::Slow(time) => {
            tokio::time::sleep(time).await;
            forward(&ways, request).await
        }
        Weather::Status(status) => StatusCode::from_u16(status)
            .expect("a status")
            .into_response(),
        Weather::Page => (
            [(header::CONTENT_TYPE, "text/html")],
            "<!doctype html><title>Welcome</title><h1>Free Wi-Fi</h1>",
        )
            .into_response(),
        Weather::Rubbish => (
            [(header::CONTENT_TYPE, "application/json")],
            Bytes::from_static(b"{\"access_token\": [\xff\xfe"),
        )
            .into_response(),
        Weather::LoseAnswer => {
            let _ = forward(&ways, request).await;
            StatusCode::BAD_GATEWAY.into_response()
        }
    }
}

async fn forward(ways: &Ways, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let address = format!("http://127.0.0.1:{}{path}", ways.service);
    // Everything that is sent here is a small form; answers may be streams without end.
    let Ok(body) = axum::body::to_bytes(body, 4 << 20).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let sent = ways
        .client
        .request(parts.method, address)
        .headers(parts.headers)
        .body(body)
        .send()
        .await;
    match sent {
        Ok(answer) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = answer.status();
            *response.headers_mut() = answer.headers().clone();
            response.headers_mut().remove(header::TRANSFER_ENCODING);
            let mut gusts = ways.gusts.clone();
            gusts.mark_unchanged();
            let cut = async move { gusts.changed().await.is_ok() };
            *response.body_mut() =
                Body::from_stream(answer.bytes_stream().take_until(Box::pin(cut)));
            response
        }
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}
