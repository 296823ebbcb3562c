//! The key and its one use: sealing with AES-256-GCM.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use domain::secrets::{Secret, SecretName};

use crate::error::{Error, Result};
use crate::secrets::{random_bytes, unguessable};

/// What a sealed secret begins with: how it was sealed.
const AES_256_GCM: u8 = 1;
const NONCE: usize = 12;

/// Keeps the key, once it was needed, and what variables of the program give. Clones share both.
#[derive(Clone)]
pub(crate) struct Keeper {
    file: Arc<Path>,
    cipher: Arc<OnceLock<Aes256Gcm>>,
    given: Arc<OnceLock<Vec<(SecretName, Secret)>>>,
}

impl Keeper {
    /// The keeper of a data folder. Nothing is read or made before the first use.
    pub(crate) fn of(data_dir: &Path) -> Self {
        Self { file: data_dir.join("secrets").join("key").into(), cipher: Arc::default(), given: Arc::default() }
    }

    pub(super) fn take_given(&self, given: Vec<(SecretName, Secret)>) {
        // The first hand-over stays: the variables of a program do not change.
        let _ = self.given.set(given);
    }

    pub(super) fn given(&self, name: SecretName) -> Option<Secret> {
        self.given.get()?.iter().find(|(known, _)| *known == name).map(|(_, secret)| secret.clone())
    }

    /// Seals a secret under its name.
    pub(super) fn seal(&self, name: SecretName, secret: &Secret) -> Result<Vec<u8>> {
        let fresh = random_bytes()?;
        let nonce = &fresh[..NONCE];
        let bound = bound_to(name);
        let payload = Payload { msg: secret.reveal().as_bytes(), aad: &bound };
        let nonce_of_cipher = Nonce::try_from(nonce).map_err(Error::internal)?;
        let text = self.cipher()?.encrypt(&nonce_of_cipher, payload).map_err(|_| unsealable())?;
        Ok([&[AES_256_GCM], nonce, &text].concat())
    }

    /// Opens what was sealed under that name; nothing when it was not, or not by this key, or not a bit of it is as it was.
    pub(super) fn open(&self, name: SecretName, sealed: &[u8]) -> Result<Option<Secret>> {
        let Some((&AES_256_GCM, rest)) = sealed.split_first() else { return Ok(None) };
        let Some((nonce, text)) = rest.split_at_checked(NONCE) else { return Ok(None) };
        let bound = bound_to(name);
        let nonce = Nonce::try_from(nonce).map_err(Error::internal)?;
        let opened = self.cipher()?.decrypt(&nonce, Payload { msg: text, aad: &bound });
        Ok(opened.ok().and_then(|bytes| String::from_utf8(bytes).ok()).map(Secret::from))
    }

    fn cipher(&self) -> Result<&Aes256Gcm> {
        if let Some(cipher) = self.cipher.get() {
            return Ok(cipher);
        }
        let key = read_or_make(&self.file).map_err(|cause| {
            Error::internal(format!("the key of the secrets {} cannot be used: {cause}", self.file.display()))
        })?;
        let cipher = Aes256Gcm::new_from_slice(&key).map_err(Error::internal)?;
        Ok(self.cipher.get_or_init(|| cipher))
    }
}

impl std::fmt::Debug for Keeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keeper(…)")
    }
}

/// What a sealed secret is bound to besides the key: sealed for one use, it cannot be put in the place of another.
fn bound_to(name: SecretName) -> Vec<u8> {
    format!("etalase secret 1 {name}").into_bytes()
}

fn unsealable() -> Error {
    Error::internal("a secret cannot be sealed")
}

/// The key in that file. When there is none it is made: whole or not at all, and whoever is second takes the first one's.
fn read_or_make(file: &Path) -> std::io::Result<[u8; 32]> {
    match read(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        read => return read,
    }
    let dir = file.parent().ok_or(ErrorKind::InvalidInput)?;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    let fresh = random_bytes().map_err(std::io::Error::other)?;
    let beside = Part(dir.join(format!("key-{}", unguessable().map_err(std::io::Error::other)?)));
    let mut part = File::options().write(true).create_new(true).mode(0o600).open(&beside.0)?;
    part.write_all(&fresh)?;
    part.sync_all()?;
    // A link does not replace what is there, as a move would.
    match fs::hard_link(&beside.0, file) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        Ok(()) | Err(_) => {}
    }
    drop(beside);
    File::open(dir)?.sync_all()?;
    read(file)
}

fn read(file: &Path) -> std::io::Result<[u8; 32]> {
    let bytes = fs::read(file)?;
    let mode = fs::metadata(file)?.permissions().mode();
    if mode & 0o077 != 0 {
        tracing::warn!(file = %file.display(), "others could read the key of the secrets; from now on they cannot");
        fs::set_permissions(file, fs::Permissions::from_mode(0o600))?;
    }
    let length = bytes.len();
    let wrong = || std::io::Error::other(format!("it has {length} bytes instead of 32"));
    bytes.try_into().map_err(|_| wrong())
}

/// A file that is gone at the end, however that comes.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use domain::secrets::{Secret, SecretName};

    use super::{Keeper, read_or_make};

    fn secret() -> Secret {
        Secret::read("a password of a mail account").unwrap()
    }

    #[test]
    fn what_is_sealed_opens_again_after_a_restart_and_reads_as_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let sealed = Keeper::of(dir.path()).seal(SecretName::SmtpPassword, &secret()).unwrap();
        let opened = Keeper::of(dir.path()).open(SecretName::SmtpPassword, &sealed).unwrap();
        assert_eq!(opened, Some(secret()));
        assert!(!String::from_utf8_lossy(&sealed).contains("mail account"));
        let again = Keeper::of(dir.path()).seal(SecretName::SmtpPassword, &secret()).unwrap();
        assert_ne!(again, sealed, "the same twice looks different");
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let keeper = Keeper::of(dir.path());
        let sealed = keeper.seal(SecretName::StripeSecretKey, &secret()).unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(keeper.open(SecretName::StripeSecretKey, &flipped).unwrap(), None, "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert_eq!(keeper.open(SecretName::StripeSecretKey, &sealed[..length]).unwrap(), None, "{length} bytes");
        }
    }

    #[test]
    fn what_was_sealed_under_one_name_opens_under_no_other() {
        let dir = tempfile::tempdir().unwrap();
        let keeper = Keeper::of(dir.path());
        let sealed = keeper.seal(SecretName::MidtransServerKey, &secret()).unwrap();
        for name in SecretName::ALL {
            let opened = keeper.open(*name, &sealed).unwrap();
            assert_eq!(opened.is_some(), *name == SecretName::MidtransServerKey, "{name}");
        }
    }

    #[test]
    fn another_key_opens_nothing() {
        let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let sealed = Keeper::of(dir.path()).seal(SecretName::SmtpPassword, &secret()).unwrap();
        assert_eq!(Keeper::of(other.path()).open(SecretName::SmtpPassword, &sealed).unwrap(), None);
    }

    #[test]
    fn the_key_is_made_once_for_this_user_alone() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("secrets").join("key");
        let keys = std::thread::scope(|scope| {
            let all: Vec<_> = (0..16).map(|_| scope.spawn(|| read_or_make(&file).unwrap())).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
        });
        assert!(keys.iter().all(|key| *key == keys[0]), "whoever is second takes the first one's");
        assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1, "and nothing lies beside it");
        let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(file.parent().unwrap()), mode(&file)), (0o700, 0o600));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(read_or_make(&file).unwrap(), keys[0]);
        assert_eq!(mode(&file), 0o600);
    }

    #[test]
    fn a_key_that_is_none_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("key");
        fs::write(&file, "short").unwrap();
        assert!(read_or_make(&file).is_err());
        assert_eq!(fs::read(&file).unwrap(), b"short");
    }

    #[test]
    fn nothing_of_it_is_printed() {
        let dir = tempfile::tempdir().unwrap();
        let keeper = Keeper::of(dir.path());
        keeper.take_given(vec![(SecretName::SmtpPassword, secret())]);
        assert_eq!(keeper.given(SecretName::SmtpPassword), Some(secret()));
        assert_eq!(format!("{keeper:?}"), "Keeper(…)");
    }
}
