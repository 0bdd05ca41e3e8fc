//! Serves connections. A client that is slow to ask is not waited for: the head of a request has to
//! come in time, also the first one and the next one, and so has its body.

use std::{convert::Infallible, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{ConnectInfo, Request},
    response::Response,
    serve::Listener,
};
use hyper::{body::Incoming, http, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::TokioIo,
    server::graceful::{GracefulShutdown, Watcher},
};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{Instant, sleep},
};
use tower::Service;

use super::{
    in_time::InTime,
    waiting::{Answered, Waiting},
};

/// A connection that waits for the next request counts, too: longer than the 60 seconds that
/// reverse proxies keep theirs, so that it is the proxy who closes it.
const HEAD_WITHIN: Duration = Duration::from_secs(75);

/// Serves until `stopping` completes, and then until the requests under way are answered.
pub(super) async fn serve<S>(
    mut listener: TcpListener,
    service: S,
    stopping: impl Future<Output = ()>,
) where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    let graceful = GracefulShutdown::new();
    let mut stopping = pin!(stopping);
    loop {
        tokio::select! {
            // Accepts again after an error, as `axum::serve` does.
            (stream, peer) = Listener::accept(&mut listener) => {
                // An answer or an event is written whole; it need not wait for company.
                let _ = stream.set_nodelay(true);
                let watcher = graceful.watcher();
                tokio::spawn(connection(stream, peer, service.clone(), HEAD_WITHIN, watcher));
            }
            () = &mut stopping => break,
        }
    }
    drop(listener);
    graceful.shutdown().await;
}

async fn connection<S>(
    stream: TcpStream,
    peer: SocketAddr,
    service: S,
    head_within: Duration,
    watcher: Watcher,
) where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    let waits = Waiting::from_now();
    let waiting = Arc::clone(&waits);
    let service = service_fn(move |request: http::Request<Incoming>| {
        waiting.ends();
        let mut request = request.map(|body| Body::new(InTime::new(body)));
        request.extensions_mut().insert(ConnectInfo(peer));
        let answering = service.clone().call(request);
        let waiting = Arc::clone(&waiting);
        async move {
            let response = answering.await?;
            Ok::<_, Infallible>(response.map(|body| Answered::new(body, waiting)))
        }
    });
    let connection = http1::Builder::new()
        .header_read_timeout(None)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(watcher.watch(connection));
    let mut look = pin!(sleep(head_within));
    loop {
        tokio::select! {
            biased;
            ended = &mut connection => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection ended early");
                }
                return;
            }
            () = &mut look => match waits.left(head_within) {
                Some(left) => look.as_mut().reset(Instant::now() + left),
                None => return tracing::debug!("a connection was not used in time"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use axum::{Router, body::Bytes, routing::get};
    use futures_util::stream;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        sync::mpsc,
    };

    use super::*;

    const SHORT: Duration = Duration::from_millis(100);
    const LIMIT: Duration = Duration::from_secs(10);

    /// A server of one endless stream, and the sender of what it says.
    async fn server() -> (SocketAddr, mpsc::Sender<&'static str>) {
        let (say, said) = mpsc::channel(1);
        let said = std::sync::Mutex::new(Some(said));
        let said = std::sync::Arc::new(said);
        let router = Router::new().route(
            "/events",
            get(async move || {
                let said = said.lock().unwrap().take().unwrap();
                Body::from_stream(stream::unfold(said, async |mut said| {
                    let word = said.recv().await?;
                    Some((Ok::<_, Infallible>(Bytes::from(word)), said))
                }))
            }),
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let graceful = GracefulShutdown::new();
            loop {
                let (stream, peer) = listener.accept().await.unwrap();
                let watcher = graceful.watcher();
                tokio::spawn(connection(stream, peer, router.clone(), SHORT, watcher));
            }
        });
        (address, say)
    }

    /// Reads until the text has come, or the connection is closed.
    async fn read_until(client: &mut TcpStream, text: &str) -> String {
        let mut all = String::new();
        let reading = async {
            let mut part = [0; 1024];
            while !all.contains(text) {
                match client.read(&mut part).await {
                    Ok(0) | Err(_) => break,
                    Ok(length) => all.push_str(&String::from_utf8_lossy(&part[..length])),
                }
            }
        };
        tokio::time::timeout(LIMIT, reading)
            .await
            .expect("an answer, or an end");
        all
    }

    #[tokio::test]
    async fn who_sends_a_head_slowly_is_not_waited_for_but_a_stream_goes_on() {
        let (address, say) = server().await;
        let mut app = TcpStream::connect(address).await.unwrap();
        app.write_all(b"GET /events HTTP/1.1\r\nHost: id\r\n\r\n")
            .await
            .unwrap();
        say.send("hello").await.unwrap();
        assert!(read_until(&mut app, "hello").await.contains("hello"));

        for slow in ["", "GET /events HTTP/1.1\r\nHo"] {
            let mut client = TcpStream::connect(address).await.unwrap();
            client.write_all(slow.as_bytes()).await.unwrap();
            // Over when the connection is closed.
            let answer = read_until(&mut client, "never said").await;
            assert!(!answer.contains("200 OK"), "{answer}");
        }

        // By now the stream is older than any head may be.
        say.send("still here").await.unwrap();
        let more = read_until(&mut app, "still here").await;
        assert!(more.contains("still here"), "{more}");
    }
}
