//! The load generator: a few connections that are kept, each with one request under way.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use http_body_util::{BodyExt, Full};
use hyper::{Request, body::Bytes, client::conn::http1::SendRequest};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, task::LocalSet};

use crate::usage;

/// The most requests that one run sends.
const MOST: u64 = 5_000_000;
/// How long caches and connections warm up, uncounted.
const WARM_UP: Duration = Duration::from_secs(2);

/// One of the parallel clients: what it sends next, given the last answer.
pub trait Client: 'static {
    /// The next request.
    fn request(&self) -> Request<Full<Bytes>>;
    /// Takes the answer in. An answer that is not right ends the measurement.
    fn answer(&mut self, status: u16, body: &[u8]);
}

/// What a server did under load.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// Answers per second.
    pub rate: f64,
    /// The server's processor time for one answer, in microseconds.
    pub processor: f64,
}

/// Loads the server at `address`, which is process `id`, with these clients for `time`.
pub async fn load<C: Client>(
    address: SocketAddr,
    id: u32,
    clients: Vec<C>,
    time: Duration,
) -> Measured {
    let share = MOST / u64::try_from(clients.len()).expect("few clients");
    let begin = Instant::now() + WARM_UP;
    let end = begin + time;
    let local = LocalSet::new();
    let running: Vec<_> = clients
        .into_iter()
        .map(|client| local.spawn_local(drive(address, client, share, begin, end)))
        .collect();
    let watch = local.run_until(async {
        tokio::time::sleep_until(begin.into()).await;
        let before = usage::processor(id);
        tokio::time::sleep_until(end.into()).await;
        usage::processor(id).saturating_sub(before)
    });
    let processor = watch.await;
    let mut answers = 0;
    for client in running {
        answers += local
            .run_until(client)
            .await
            .expect("a client that ended well");
    }
    let answers = f64::from(u32::try_from(answers).expect("a bounded count"));
    Measured {
        rate: answers / time.as_secs_f64(),
        processor: processor.as_secs_f64() * 1e6 / answers,
    }
}

/// One client's connection; gives how many answers came within the measured time.
async fn drive<C: Client>(
    address: SocketAddr,
    mut client: C,
    most: u64,
    begin: Instant,
    end: Instant,
) -> u64 {
    let mut sender = connect(address).await;
    let mut counted = 0;
    for _ in 0..most {
        sender.ready().await.expect("an open connection");
        let answer = sender
            .send_request(client.request())
            .await
            .expect("an answer");
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await.expect("a whole answer");
        client.answer(status, &body.to_bytes());
        let now = Instant::now();
        if now >= end {
            break;
        }
        if now >= begin {
            counted += 1;
        }
    }
    counted
}

async fn connect(address: SocketAddr) -> SendRequest<Full<Bytes>> {
    assert!(address.ip().is_loopback(), "load stays on this computer");
    let stream = TcpStream::connect(address).await.expect("a connection");
    stream.set_nodelay(true).expect("an open connection");
    let (sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .expect("HTTP");
    tokio::task::spawn_local(async move {
        // It ends with its sender.
        let _ = connection.await;
    });
    sender
}
