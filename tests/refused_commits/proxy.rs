//! Stands between a shop and its server and answers some commits as a cluster does whose other nodes were faster: the
//! transaction is rolled back, and the error is number 1213.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use sqlx::MySqlPool;
use sqlx::mysql::{MySqlConnectOptions, MySqlPoolOptions};
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixListener, UnixStream};

/// A query packet that ends a transaction.
const COMMIT: &[u8] = b"\x03commit";
/// What the server is sent in its stead.
const ROLLBACK: &[u8] = b"\x03rollback";

pub(super) struct Proxy {
    to_refuse: Arc<AtomicUsize>,
    _folder: TempDir,
}

/// A packet of the protocol: three bytes of length, a number, the content.
struct Packet {
    number: u8,
    content: Vec<u8>,
}

impl Proxy {
    /// Listens before the server of `db`, and gives the way to the same database through it.
    pub(super) async fn before(db: &MySqlPool) -> (Self, MySqlPool) {
        let server = MySqlConnectOptions::clone(&db.connect_options());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("proxy.sock");
        let listener = UnixListener::bind(&path).unwrap();
        let through = MySqlPoolOptions::new().connect_lazy_with(server.clone().socket(&path));
        let to_refuse = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&to_refuse);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (server, counter) = (server.clone(), Arc::clone(&counter));
                tokio::spawn(async move {
                    match server.get_socket() {
                        Some(socket) => serve(client, UnixStream::connect(socket).await.unwrap(), counter).await,
                        None => {
                            let address = (server.get_host(), server.get_port());
                            serve(client, TcpStream::connect(address).await.unwrap(), counter).await;
                        }
                    }
                });
            }
        });
        (Self { to_refuse, _folder: folder }, through)
    }

    /// Refuses so many of the commits to come.
    pub(super) fn refuse(&self, commits: usize) {
        self.to_refuse.store(commits, Ordering::SeqCst);
    }

    /// How many of them have not come.
    pub(super) fn left(&self) -> usize {
        self.to_refuse.load(Ordering::SeqCst)
    }
}

/// Passes on what both say, until one of them goes.
async fn serve(client: UnixStream, server: impl AsyncRead + AsyncWrite + Send + 'static, to_refuse: Arc<AtomicUsize>) {
    let (mut from_client, mut to_client) = tokio::io::split(client);
    let (mut from_server, mut to_server) = tokio::io::split(server);
    let is_refused = Arc::new(AtomicBool::new(false));
    let tell = Arc::clone(&is_refused);
    let answers = tokio::spawn(async move {
        while let Some(mut packet) = Packet::read(&mut from_server).await {
            if is_refused.swap(false, Ordering::SeqCst) {
                packet.content = refusal();
            }
            if packet.write(&mut to_client).await.is_none() {
                break;
            }
        }
    });
    while let Some(mut packet) = Packet::read(&mut from_client).await {
        let take_one = |left: usize| left.checked_sub(1);
        if packet.content == COMMIT && to_refuse.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take_one).is_ok() {
            tell.store(true, Ordering::SeqCst);
            packet.content = ROLLBACK.to_vec();
        }
        if packet.write(&mut to_server).await.is_none() {
            break;
        }
    }
    drop(to_server);
    answers.abort();
}

/// An error packet: its mark, the number, the state and the words.
fn refusal() -> Vec<u8> {
    let mut content = vec![0xff];
    content.extend(1213_u16.to_le_bytes());
    content.extend(b"#40001Deadlock found when trying to get lock; try restarting transaction");
    content
}

impl Packet {
    async fn read(from: &mut (impl AsyncRead + Unpin)) -> Option<Self> {
        let mut head = [0; 4];
        from.read_exact(&mut head).await.ok()?;
        let length = u32::from_le_bytes([head[0], head[1], head[2], 0]);
        let mut content = vec![0; usize::try_from(length).ok()?];
        from.read_exact(&mut content).await.ok()?;
        Some(Self { number: head[3], content })
    }

    async fn write(&self, to: &mut (impl AsyncWrite + Unpin)) -> Option<()> {
        let length = u32::try_from(self.content.len()).ok()?.to_le_bytes();
        to.write_all(&[length[0], length[1], length[2], self.number]).await.ok()?;
        to.write_all(&self.content).await.ok()?;
        to.flush().await.ok()
    }
}
