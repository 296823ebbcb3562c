//! One full login to a MySQL server, so that it knows the account's password from then on.
//!
//! MySQL keeps a digest for quick logins only after a full one (`caching_sha2_password`), and on a socket it wants the
//! password itself there, where sqlx 0.9 asks for a key. The first login after each start is therefore ours.
//! Protocol: MySQL Internals, "Connection Phase" and "caching_sha2_password".

use std::io::{Error, ErrorKind, Result};
use std::path::Path;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;

/// `LONG_PASSWORD`, `PROTOCOL_41`, `SECURE_CONNECTION` and `PLUGIN_AUTH`.
const CAPABILITIES: u32 = 0x0000_0001 | 0x0000_0200 | 0x0000_8000 | 0x0008_0000;
const UTF8MB4: u8 = 45;
const PLUGIN: &[u8] = b"caching_sha2_password\0";
/// A digest that is never right: the server then asks for the password itself.
const NO_DIGEST: [u8; 32] = [0x5a; 32];

/// Logs in once with the password in full, and out again.
pub(crate) async fn introduce(socket: &Path, account: &str, password: &str) -> Result<()> {
    let mut stream = UnixStream::connect(socket).await?;
    let (mut sequence, _greeting) = read(&mut stream).await?;
    write(&mut stream, sequence + 1, &login(account)).await?;
    loop {
        let (number, packet) = read(&mut stream).await?;
        sequence = number + 1;
        match packet.as_slice() {
            // Welcome.
            [0x00, ..] => return Ok(()),
            // Another plugin was expected, or the same one with a fresh nonce.
            [0xfe, ..] => write(&mut stream, sequence, &NO_DIGEST).await?,
            // The full password is wanted.
            [0x01, 0x04] => {
                let mut text = password.as_bytes().to_vec();
                text.push(0);
                write(&mut stream, sequence, &text).await?;
            }
            // Known already; the welcome follows.
            [0x01, 0x03] => {}
            _ => return Err(Error::new(ErrorKind::PermissionDenied, "the server refused its own account")),
        }
    }
}

fn login(account: &str) -> Vec<u8> {
    let mut packet = Vec::new();
    packet.extend(CAPABILITIES.to_le_bytes());
    packet.extend(0x0100_0000_u32.to_le_bytes());
    packet.push(UTF8MB4);
    packet.extend([0; 23]);
    packet.extend(account.as_bytes());
    packet.push(0);
    packet.push(32);
    packet.extend(NO_DIGEST);
    packet.extend(PLUGIN);
    packet
}

async fn read(stream: &mut UnixStream) -> Result<(u8, Vec<u8>)> {
    let mut head = [0; 4];
    stream.read_exact(&mut head).await?;
    let length = usize::from(head[0]) | usize::from(head[1]) << 8 | usize::from(head[2]) << 16;
    let mut packet = vec![0; length];
    stream.read_exact(&mut packet).await?;
    Ok((head[3], packet))
}

async fn write(stream: &mut UnixStream, sequence: u8, packet: &[u8]) -> Result<()> {
    let length = u32::try_from(packet.len()).map_err(|_| Error::from(ErrorKind::InvalidInput))?.to_le_bytes();
    stream.write_all(&[length[0], length[1], length[2], sequence]).await?;
    stream.write_all(packet).await
}
