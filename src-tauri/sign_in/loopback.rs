//! The loopback redirect (RFC 8252 §7.3): one port on this computer, for one attempt. It says
//! "signed in" only to the answer that fits, and stays open for it whatever else comes.

use std::{convert::Infallible, net::Ipv4Addr, sync::Arc, time::Duration};

use http_body_util::Full;
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, mpsc},
    task::JoinSet,
};
use url::Url;

use super::callback::{Expected, Verdict, judge};

/// Longer requests are refused by the HTTP library.
const LARGEST_HEAD: usize = 64 * 1024;
/// A browser's connection without a request is not an answer, and not waited for longer.
const HEAD: Duration = Duration::from_secs(30);
const CONNECTIONS: usize = 16;

/// The path of the redirect.
const PATH: &str = "/signed-in";

/// A bound port.
pub struct Loopback {
    listener: TcpListener,
    redirect: Url,
}

/// What the browser is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The answer fits: the tab can be closed.
    Received,
    /// The answer fits and says that the sign-in was refused.
    Refused,
    /// The answer fits nothing.
    Stray,
}

/// Gives a page as HTML, in the person's language.
pub type Pages = Arc<dyn Fn(Page) -> String + Send + Sync>;

impl Loopback {
    /// Takes any free port.
    pub async fn bind() -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let redirect =
            Url::parse(&format!("http://127.0.0.1:{port}{PATH}")).map_err(std::io::Error::other)?;
        Ok(Self { listener, redirect })
    }

    /// The redirect address.
    pub fn redirect(&self) -> &Url {
        &self.redirect
    }

    /// Answers until dropped. Every verdict on a request to the redirect is reported; a request
    /// to anything else is not an answer.
    pub async fn serve(
        self,
        expected: Expected,
        pages: Pages,
        verdicts: mpsc::UnboundedSender<Verdict>,
    ) {
        let turn = Arc::new(Semaphore::new(CONNECTIONS));
        let handler = Arc::new(Handler {
            expected,
            pages,
            verdicts,
        });
        let mut connections = JoinSet::new();
        while let Ok(permit) = Arc::clone(&turn).acquire_owned().await {
            while connections.try_join_next().is_some() {}
            let Ok((stream, _)) = self.listener.accept().await else {
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let handler = Arc::clone(&handler);
            connections.spawn(async move {
                let service = service_fn(|request| {
                    let answer = handler.answer(&request);
                    async { Ok::<_, Infallible>(answer) }
                });
                let served = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(HEAD)
                    .max_buf_size(LARGEST_HEAD)
                    .keep_alive(false)
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
                if let Err(error) = served {
                    tracing::debug!(%error, "loopback connection ended");
                }
                drop(permit);
            });
        }
    }
}

struct Handler {
    expected: Expected,
    pages: Pages,
    verdicts: mpsc::UnboundedSender<Verdict>,
}

impl Handler {
    fn answer(&self, request: &Request<Incoming>) -> Response<Full<Bytes>> {
        if request.uri().path() != PATH || !self.is_for_us(request) {
            return page(StatusCode::NOT_FOUND, String::new());
        }
        if request.method() != Method::GET {
            return page(StatusCode::METHOD_NOT_ALLOWED, String::new());
        }
        let mut url = self.expected.redirect.clone();
        url.set_query(request.uri().query());
        let verdict = judge(url.as_str(), Some(&self.expected));
        let (status, shown) = match &verdict {
            Verdict::Code(_) => (StatusCode::OK, Page::Received),
            Verdict::Failed(_) => (StatusCode::OK, Page::Refused),
            Verdict::Stray(_) => (StatusCode::BAD_REQUEST, Page::Stray),
        };
        let _ = self.verdicts.send(verdict);
        page(status, (self.pages)(shown))
    }

    /// Another site's name may point to 127.0.0.1, ours does not.
    fn is_for_us(&self, request: &Request<Incoming>) -> bool {
        let port = self.expected.redirect.port().unwrap_or_default();
        request
            .headers()
            .get(header::HOST)
            .is_some_and(|host| host.as_bytes() == format!("127.0.0.1:{port}").as_bytes())
    }
}

fn page(status: StatusCode, html: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(html)));
    *response.status_mut() = status;
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        ),
    ];
    for (name, value) in headers {
        response
            .headers_mut()
            .insert(name, header::HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::issuer::http::HttpClient;

    async fn serving() -> (Url, mpsc::UnboundedReceiver<Verdict>, JoinSet<()>) {
        let loopback = Loopback::bind().await.unwrap();
        let redirect = loopback.redirect().clone();
        let expected = Expected {
            redirect: redirect.clone(),
            state: "right".into(),
            issuer: "https://id.example".into(),
            issuer_must_say: false,
        };
        let (sender, verdicts) = mpsc::unbounded_channel();
        let mut tasks = JoinSet::new();
        tasks.spawn(loopback.serve(expected, Arc::new(|page| format!("{page:?}")), sender));
        (redirect, verdicts, tasks)
    }

    async fn get(url: &str) -> (u16, String) {
        let request = http::Request::get(url).body(Vec::new()).unwrap();
        let answer = HttpClient::new().unwrap().send(request).await.unwrap();
        let text = String::from_utf8(answer.body().clone()).unwrap();
        (answer.status().as_u16(), text)
    }

    #[tokio::test]
    async fn only_the_answer_that_fits_is_told_that_it_was_received() {
        let (redirect, mut verdicts, _tasks) = serving().await;
        let (status, text) = get(&format!("{redirect}?code=a&state=wrong")).await;
        assert_eq!((status, text.as_str()), (400, "Stray"));
        assert!(matches!(verdicts.recv().await, Some(Verdict::Stray(_))));
        let (status, text) = get(&format!("{redirect}?code=a&state=right")).await;
        assert_eq!((status, text.as_str()), (200, "Received"));
        assert!(matches!(verdicts.recv().await, Some(Verdict::Code(_))));
    }

    #[tokio::test]
    async fn a_connection_without_a_request_and_other_paths_are_no_answer() {
        let (redirect, mut verdicts, _tasks) = serving().await;
        let port = redirect.port().unwrap();
        let _waiting = tokio::net::TcpStream::connect(("127.0.0.1", port))
            .await
            .unwrap();
        let (status, _) = get(&format!("http://127.0.0.1:{port}/favicon.ico")).await;
        assert_eq!(status, 404);
        assert!(verdicts.try_recv().is_err());
        let (status, _) = get(&format!("{redirect}?code=a&state=right")).await;
        assert_eq!(status, 200);
        assert!(matches!(verdicts.recv().await, Some(Verdict::Code(_))));
    }

    #[tokio::test]
    async fn a_mebibyte_of_address_and_a_foreign_host_name_are_refused() {
        let (redirect, mut verdicts, _tasks) = serving().await;
        let port = redirect.port().unwrap();
        for request in [
            format!(
                "GET /signed-in?{} HTTP/1.1\r\n\r\n",
                "x".repeat(1024 * 1024)
            ),
            "GET /signed-in?code=a&state=right HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(),
        ] {
            let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .unwrap();
            // The server may hang up before it has read everything.
            let _ = stream.write_all(request.as_bytes()).await;
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer).await;
            let answer = String::from_utf8_lossy(&answer).into_owned();
            assert!(!answer.contains(" 200 "), "{answer}");
        }
        assert!(verdicts.try_recv().is_err());
    }
}
