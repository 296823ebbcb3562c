//! The folder of one private server: its paths, its lock, its marker and its credentials.
//!
//! Every file is written whole beside its place and renamed, so that a killed process leaves the old one or the new.

use std::fs::{DirBuilder, File, Permissions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::{Binary, Error, Kind, Version};

/// The kernel's limit for a socket's path is 107 bytes on Linux and 103 on macOS.
const LONGEST_SOCKET: usize = 100;

/// An existing folder of mode 0700, by its canonical path.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    path: PathBuf,
}

/// Held as long as a process uses the folder; the kernel releases it when the process dies, however it dies.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Folder {
    /// Creates the folder when it is missing and closes it to everybody else.
    pub(crate) fn open(dir: &Path) -> Result<Self, Error> {
        let fail = |source| Error::writing(dir, source);
        std::fs::create_dir_all(dir).map_err(fail)?;
        std::fs::set_permissions(dir, Permissions::from_mode(0o700)).map_err(fail)?;
        Ok(Self { path: dir.canonicalize().map_err(fail)? })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Where the server keeps its tables; exists only once it is complete.
    pub(crate) fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    /// Where a new database is set up before it is renamed to [`Folder::data`].
    pub(crate) fn unfinished_data(&self) -> PathBuf {
        self.path.join("data.new")
    }

    /// The server's temporary files. Never a shared folder: a starting MariaDB removes every temporary table that it
    /// finds there, also those of a server that is running.
    pub(crate) fn temporary(&self) -> Result<PathBuf, Error> {
        let path = self.path.join("tmp");
        std::fs::create_dir_all(&path).map_err(|source| Error::writing(&path, source))?;
        Ok(path)
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.path.join("server.log")
    }

    pub(crate) fn pid_file(&self) -> PathBuf {
        self.path.join("server.pid")
    }

    pub(crate) fn init_file(&self) -> PathBuf {
        self.path.join("init.sql")
    }

    /// Where the server listens: in the folder, or in a short private folder when that path is too long for a socket.
    pub(crate) fn socket(&self) -> Result<PathBuf, Error> {
        let here = self.path.join("server.sock");
        if here.as_os_str().len() <= LONGEST_SOCKET {
            return Ok(here);
        }

        let uid = rustix::process::geteuid().as_raw();
        let name = format!("etalase-{uid}-{:016x}", fingerprint(self.path.as_os_str().as_bytes()));
        let mut base = std::env::temp_dir();
        if base.as_os_str().len() + name.len() + "/server.sock".len() + 1 > LONGEST_SOCKET {
            base = PathBuf::from("/tmp");
        }
        let short = base.join(name);
        private_folder(&short, uid)?;
        Ok(short.join("server.sock"))
    }

    /// Keeps every other process out, until the lock is dropped.
    pub(crate) fn lock(&self) -> Result<Lock, Error> {
        let path = self.path.join("lock");
        let fail = |source| Error::writing(&path, source);
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(fail)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                // A holder that has not written its pid yet is still a holder.
                let pid = file.read_to_string(&mut text).ok().and_then(|_| text.trim().parse().ok());
                return Err(Error::Held { path: self.path.clone(), pid });
            }
            Err(TryLockError::Error(source)) => return Err(fail(source)),
        }
        file.set_len(0).map_err(fail)?;
        file.rewind().map_err(fail)?;
        writeln!(file, "{}", std::process::id()).map_err(fail)?;
        Ok(Lock { _file: file })
    }

    /// Refuses a server that cannot read what is there: of the other kind, or older than the last one.
    pub(crate) fn check_kind(&self, binary: &Binary) -> Result<(), Error> {
        if !self.data().exists() {
            return Ok(());
        }
        let path = self.kind_file();
        let text = std::fs::read_to_string(&path).map_err(|source| Error::reading(&path, source))?;
        let (made_by, used_by) = parse_kind(&text)
            .ok_or_else(|| Error::Damaged { path, why: format!("it says {:?}, not a server's kind", text.trim()) })?;
        let (found, version) = (binary.kind(), binary.version());
        if made_by != found {
            return Err(Error::OtherKind { path: self.path.clone(), made_by, found });
        }
        if version < used_by {
            return Err(Error::MadeByNewer { path: self.path.clone(), kind: found, used_by, found: version });
        }
        Ok(())
    }

    /// Records which server uses the folder from now on.
    pub(crate) fn record_kind(&self, binary: &Binary) -> Result<(), Error> {
        let word = match binary.kind() {
            Kind::MariaDb => "mariadb",
            Kind::MySql => "mysql",
        };
        write_whole(&self.kind_file(), &format!("{word} {}\n", binary.version()))
    }

    /// The account's password: the stored one, or a new one. Losing the file loses nothing, since every start of the
    /// server sets the password again.
    pub(crate) fn password(&self) -> Result<String, Error> {
        let path = self.path.join("credentials");
        if let Ok(text) = std::fs::read_to_string(&path)
            && let Some(password) = parse_credentials(&text)
        {
            return Ok(password);
        }
        let password = format!("{:032x}", rand::random::<u128>());
        write_whole(&path, &format!("user=etalase\npassword={password}\n"))?;
        Ok(password)
    }

    fn kind_file(&self) -> PathBuf {
        self.path.join("server-kind")
    }
}

/// Writes a file of mode 0600 so that it is there whole or not at all. One that already says the same is left alone,
/// so that a full disk does not keep an existing database from starting.
pub(crate) fn write_whole(path: &Path, text: &str) -> Result<(), Error> {
    if std::fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    let fail = |source| Error::writing(path, source);
    let unfinished = path.with_extension("new");
    let mut file =
        File::options().write(true).create(true).truncate(true).mode(0o600).open(&unfinished).map_err(fail)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(fail)?;
    std::fs::rename(&unfinished, path).map_err(fail)
}

/// Makes a folder in a public place, or takes one that only we can have made.
fn private_folder(path: &Path, uid: u32) -> Result<(), Error> {
    let fail = |source| Error::writing(path, source);
    match DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => Ok(()),
        Err(problem) if problem.kind() == std::io::ErrorKind::AlreadyExists => {
            let metadata = std::fs::symlink_metadata(path).map_err(fail)?;
            if metadata.is_dir() && metadata.uid() == uid && metadata.mode() & 0o077 == 0 {
                return Ok(());
            }
            let why = "it should be a folder of yours that is closed to others; remove it".to_owned();
            Err(Error::Damaged { path: path.to_owned(), why })
        }
        Err(problem) => Err(fail(problem)),
    }
}

fn parse_kind(text: &str) -> Option<(Kind, Version)> {
    let (word, version) = text.trim().split_once(' ')?;
    let kind = match word {
        "mariadb" => Kind::MariaDb,
        "mysql" => Kind::MySql,
        _ => return None,
    };
    Some((kind, version.parse().ok()?))
}

/// Only what we generate is accepted: the password goes into SQL and into a URL without quoting.
fn parse_credentials(text: &str) -> Option<String> {
    let password = text.lines().find_map(|line| line.strip_prefix("password="))?.trim();
    (password.len() == 32 && password.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| password.to_owned())
}

/// FNV-1a: the same name for the same folder in every version of this program, which `DefaultHasher` does not promise.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_that_we_did_not_make_is_not_used() {
        assert_eq!(parse_credentials("user=etalase\npassword=';drop user x;--\n"), None);
        assert!(parse_credentials(&format!("user=etalase\npassword={:032x}\n", 7)).is_some());
    }

    #[test]
    fn a_long_path_gets_a_short_socket_elsewhere() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(&place.path().join("a".repeat(120))).unwrap();

        let socket = folder.socket().unwrap();

        assert!(socket.as_os_str().len() <= LONGEST_SOCKET, "{} is too long", socket.display());
        assert_eq!(socket, folder.socket().unwrap(), "the second call takes the folder of the first");
        std::fs::remove_dir(socket.parent().unwrap()).unwrap();
    }

    #[test]
    fn the_second_holder_hears_the_pid_of_the_first() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        let first = folder.lock().unwrap();

        let refused = folder.lock().unwrap_err();

        assert!(matches!(refused, Error::Held { pid: Some(pid), .. } if pid == std::process::id()), "{refused}");
        drop(first);
        folder.lock().unwrap();
    }
}
