//! Serves connections. A client that is slow to ask is not waited for: the head of a request has to
//! come in time, also the first one and the next one (the body's time is the router's).

use std::{convert::Infallible, net::SocketAddr, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo, http::Request, serve::Listener};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// A connection that waits for the next request counts, too: longer than the 60 seconds that
/// reverse proxies keep theirs, so that it is the proxy who closes it.
const HEAD_WITHIN: Duration = Duration::from_secs(75);

/// Serves until `stopping` completes, and then until the requests under way are answered.
pub(super) async fn serve(
    mut listener: TcpListener,
    router: Router,
    stopping: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let mut stopping = std::pin::pin!(stopping);
    loop {
        tokio::select! {
            // Accepts again after an error, as `axum::serve` does.
            (stream, peer) = Listener::accept(&mut listener) => {
                // An answer or an event is written whole; it need not wait for company.
                let _ = stream.set_nodelay(true);
                let watcher = graceful.watcher();
                tokio::spawn(connection(stream, peer, router.clone(), HEAD_WITHIN, watcher));
            }
            () = &mut stopping => break,
        }
    }
    drop(listener);
    graceful.shutdown().await;
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    head_within: Duration,
    watcher: Watcher,
) {
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move { Ok::<_, Infallible>(router.oneshot(request).await.unwrap_or_else(|e| match e {})) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_within)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended early");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use axum::{body::Bytes, routing::get};
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
