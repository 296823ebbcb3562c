//! The HTTP server: takes a port, serves a router on it, and stops in order.
//!
//! A port is claimed before the shop is opened, so that a taken one is told at once, and answers nobody until then.

use std::convert::Infallible;
use std::io::{ErrorKind, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::HeaderValue;
use axum::http::header::CONNECTION;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use services::Shop;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::io::InspectReader;
use tower::ServiceExt;

use heads::Heads;
pub(crate) use heads::Odd;
use places::{Place, Places};

mod heads;
mod places;

/// The most connections at once; more take the places of idle ones, or wait in the system's queue.
const MOST_CONNECTIONS: usize = 1_000;
/// The most of one client: browsers open six, and many people share an address.
const SHARE: usize = 200;
const QUEUE: u32 = 1_024;
/// How long a client may take to send its headers, and how long an idle connection is kept.
const HEADER_PATIENCE: Duration = Duration::from_secs(20);
/// How long a connection that must give its place has for a request that it may just be sending.
const LEAVE_PATIENCE: Duration = Duration::from_millis(100);
/// How long requests may take to end when the server stops.
const STOP_PATIENCE: Duration = Duration::from_secs(10);

/// A port that is ours, but on which nobody listens yet.
#[derive(Debug)]
pub struct Port {
    socket: TcpSocket,
    address: SocketAddr,
}

/// A running server. [`Server::stop`] ends it and waits for that; merely dropping it ends it without waiting.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// Why nobody can listen on an address; one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("{0} is already in use by another program; end that one, or choose another address with --listen")]
    Taken(SocketAddr),
    #[error("your user may not listen on {0}; choose a port from 1024 up with --listen")]
    NotAllowed(SocketAddr),
    #[error("{0} is not an address of this machine; choose another with --listen")]
    NotOurs(SocketAddr),
    #[error("nobody can listen on {address} ({source}); choose another address with --listen")]
    Other { address: SocketAddr, source: std::io::Error },
}

impl Port {
    /// Takes the port; 0 takes any free one.
    ///
    /// # Errors
    /// One of [`StartError`].
    pub fn claim(address: SocketAddr) -> Result<Self, StartError> {
        let fail = |source| StartError::of(address, source);
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }.map_err(fail)?;
        socket.set_reuseaddr(true).map_err(fail)?;
        socket.bind(address).map_err(fail)?;
        let address = socket.local_addr().map_err(fail)?;
        Ok(Self { socket, address })
    }

    /// Where it is, with the port that was found.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Server {
    /// Serves a shop with the ordinary limits. The scheduler is not part of it.
    ///
    /// # Errors
    /// One of [`StartError`].
    pub fn start(shop: Shop, listen: SocketAddr) -> Result<Self, StartError> {
        shop.keep_up();
        Self::serve(Port::claim(listen)?, crate::router(shop))
    }

    /// Begins to answer on a claimed port.
    ///
    /// # Errors
    /// [`StartError::Taken`] when somebody else began to listen on it meanwhile.
    pub fn serve(port: Port, router: Router) -> Result<Self, StartError> {
        Self::serve_in(port, router, Places::new(MOST_CONNECTIONS, SHARE))
    }

    fn serve_in(port: Port, router: Router, places: Places) -> Result<Self, StartError> {
        let address = port.address;
        let listener = port.socket.listen(QUEUE).map_err(|source| StartError::of(address, source))?;
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(accept(listener, router, places, stopped));
        Ok(Self { address, stop, task })
    }

    /// Where it answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops accepting, lets requests finish for at most ten seconds, and cuts off the rest.
    pub async fn stop(self) {
        // Nobody listens when the accepting task is already over, which is what we want.
        let _ = self.stop.send(true);
        if let Err(problem) = self.task.await {
            tracing::error!(%problem, "the server's task failed");
        }
    }
}

impl StartError {
    fn of(address: SocketAddr, source: std::io::Error) -> Self {
        let kind = source.kind();
        if kind == ErrorKind::AddrInUse {
            Self::Taken(address)
        } else if kind == ErrorKind::PermissionDenied {
            Self::NotAllowed(address)
        } else if kind == ErrorKind::AddrNotAvailable {
            Self::NotOurs(address)
        } else {
            Self::Other { address, source }
        }
    }
}

/// Tells on stdout where a server answers: the one line that whoever started the program waits for.
pub fn announce(address: SocketAddr) {
    let mut stdout = std::io::stdout().lock();
    // Without a reader there is nobody to tell.
    let _ = writeln!(stdout, "listening on http://{address}").and_then(|()| stdout.flush());
}

async fn accept(listener: TcpListener, router: Router, places: Places, mut stopped: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        tokio::select! {
            _ = stopped.changed() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let place = tokio::select! {
                        _ = stopped.changed() => break,
                        place = places.take(peer.ip()) => place,
                    };
                    // Closed at once when its client has all that it may have.
                    if let Some(place) = place {
                        connections.spawn(serve(stream, peer, router.clone(), stopped.clone(), place));
                    }
                }
                Err(problem) => {
                    // Out of file descriptors, mostly: some connection must end first.
                    tracing::warn!(%problem, "a connection was lost");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
        }
    }
    drop(listener);

    let finish = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(STOP_PATIENCE, finish).await.is_err() {
        tracing::warn!("requests that took too long were cut off");
    }
}

async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    mut stopped: watch::Receiver<bool>,
    place: Arc<Place>,
) {
    if let Err(problem) = stream.set_nodelay(true) {
        tracing::debug!(%problem, "answers may be a little late");
    }
    let at = Arc::clone(&place);
    let heads = Heads::default();
    let heard = heads.clone();
    let stream = InspectReader::new(stream, move |bytes| heard.hear(bytes));
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let busy = at.begin();
        let mut request: Request = request.map(Body::new);
        let head = heads.next();
        request.extensions_mut().insert(ConnectInfo(peer));
        if let Some(odd) = head.odd {
            request.extensions_mut().insert(odd);
        }
        let answer = router.clone().oneshot(request);
        async move {
            let answer = answer.await;
            drop(busy);
            let mut response = answer?;
            if head.is_last {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(response)
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_PATIENCE)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);

    let ended = tokio::select! {
        ended = &mut connection => ended,
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
        () = place.is_needed() => {
            // Nobody waits for an answer. Were each given a moment, a crowd of them would keep the next one outside.
            if !place.has_been_served() {
                return;
            }
            // An answer that is on its way goes out; what is only waited for does not come any more.
            connection.as_mut().graceful_shutdown();
            match tokio::time::timeout(LEAVE_PATIENCE, connection.as_mut()).await {
                Ok(ended) => ended,
                Err(_) if place.is_at_work() => connection.await,
                Err(_) => return,
            }
        }
    };
    if let Err(problem) = ended {
        tracing::debug!(%problem, "a connection broke");
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::routing::get;

    use std::time::Duration;

    use tokio::io::AsyncWriteExt;
    use tokio::net::TcpStream;

    use super::places::Places;
    use super::{Port, Server, StartError};

    #[tokio::test]
    async fn a_taken_port_is_told_in_a_sentence() {
        let port = Port::claim("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = port.address();
        let server = Server::serve(port, Router::new()).unwrap();
        let error = Port::claim(address).unwrap_err();
        assert!(matches!(error, StartError::Taken(_)));
        assert!(error.to_string().contains("already in use"));
        server.stop().await;
    }

    /// Connections that say nothing, or begin and say no more, keep nobody outside.
    #[tokio::test]
    async fn silent_connections_give_way_to_a_visitor() {
        let port = Port::claim("127.0.0.1:0".parse().unwrap()).unwrap();
        let router = Router::new().route("/", get(async || "done"));
        let server = Server::serve_in(port, router, Places::new(4, 4)).unwrap();
        let mut silent = Vec::new();
        for place in 0..60 {
            let mut stream = TcpStream::connect(server.address()).await.unwrap();
            if place % 2 == 0 {
                stream.write_all(b"GET / HTTP/1.1\r\nHost: ").await.unwrap();
            }
            silent.push(stream);
        }
        let visitor = services::http::plain_client().timeout(Duration::from_secs(4)).build().unwrap();
        for _ in 0..6 {
            let answer = visitor.get(format!("http://{}/", server.address())).send().await.unwrap();
            assert_eq!(answer.text().await.unwrap(), "done");
        }
        drop(silent);
        server.stop().await;
    }

    #[tokio::test]
    async fn a_stopping_server_finishes_what_it_began() {
        let (begun, beginning) = tokio::sync::oneshot::channel();
        let begun = std::sync::Mutex::new(Some(begun));
        let begun = std::sync::Arc::new(begun);
        let slow = get(async move || {
            if let Some(begun) = begun.lock().unwrap().take() {
                let _ = begun.send(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            "done"
        });
        let port = Port::claim("127.0.0.1:0".parse().unwrap()).unwrap();
        let server = Server::serve(port, Router::new().route("/", slow)).unwrap();
        let url = format!("http://{}/", server.address());

        let request =
            tokio::spawn(async move { services::http::plain_client().build()?.get(url).send().await?.text().await });
        beginning.await.unwrap();
        server.stop().await;

        assert_eq!(request.await.unwrap().unwrap(), "done");
    }
}
