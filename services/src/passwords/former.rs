//! Hashes of the shop that this one replaces, in the form of Werkzeug: `scrypt:32768:8:1$salt$hex` and
//! `pbkdf2:sha256:600000$salt$hex`. They are only ever compared, and ours takes the place of one that was right.

use hmac::Hmac;
use sha2::{Sha256, Sha512};
use subtle::ConstantTimeEq;

/// The most memory, in bytes, and the most rounds that a hash may ask for: what came from elsewhere must not stop the shop.
const MOST_MEMORY: u64 = 64 << 20;
const MOST_ROUNDS: u32 = 2_000_000;

/// How a hash of the former shop is worked out.
enum Method {
    Scrypt(scrypt::Params),
    Sha256(u32),
    Sha512(u32),
}

/// Whether a text is such a hash that can be compared.
pub(crate) fn is_former(hash: &str) -> bool {
    parts(hash).is_some()
}

/// Whether it is the hash of that password.
pub(super) fn verify(password: &[u8], hash: &str) -> bool {
    let Some((method, salt, wanted)) = parts(hash) else { return false };
    let mut found = vec![0_u8; wanted.len()];
    let done = match method {
        Method::Scrypt(params) => scrypt::scrypt(password, salt.as_bytes(), &params, &mut found).is_ok(),
        Method::Sha256(rounds) => pbkdf2::pbkdf2::<Hmac<Sha256>>(password, salt.as_bytes(), rounds, &mut found).is_ok(),
        Method::Sha512(rounds) => pbkdf2::pbkdf2::<Hmac<Sha512>>(password, salt.as_bytes(), rounds, &mut found).is_ok(),
    };
    done && bool::from(found.ct_eq(&wanted))
}

fn parts(hash: &str) -> Option<(Method, &str, Vec<u8>)> {
    if !hash.is_ascii() || hash.len() > 255 {
        return None;
    }
    let mut fields = hash.splitn(3, '$');
    let (method, salt, digits) = (fields.next()?, fields.next()?, fields.next()?);
    let wanted = bytes(digits).filter(|bytes| (16..=64).contains(&bytes.len()))?;
    let words: Vec<&str> = method.split(':').collect();
    let method = match words.as_slice() {
        ["scrypt", n, r, p] => {
            let (n, r, p): (u64, u32, u32) = (n.parse().ok()?, r.parse().ok()?, p.parse().ok()?);
            let memory = n.checked_mul(u64::from(r))?.checked_mul(128)?;
            let is_bounded = n.is_power_of_two() && n > 1 && memory <= MOST_MEMORY && (1..=4).contains(&p);
            let log_n = u8::try_from(n.checked_ilog2()?).ok().filter(|_| is_bounded)?;
            Method::Scrypt(scrypt::Params::new(log_n, r, p).ok()?)
        }
        ["pbkdf2", digest, rounds] => {
            let rounds = rounds.parse().ok().filter(|rounds| (1..=MOST_ROUNDS).contains(rounds))?;
            match *digest {
                "sha256" => Method::Sha256(rounds),
                "sha512" => Method::Sha512(rounds),
                _ => return None,
            }
        }
        _ => return None,
    };
    Some((method, salt, wanted))
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{is_former, verify};

    // Made with Python's `hashlib`, in the form that Werkzeug stores.
    const SCRYPT: &str = "scrypt:32768:8:1$aB3dE5fG7hI9jK1l$de50d1ad607674d51e24b89b4667f0748b9bebc147a1d8518d288c13670c079b2124b76b4bbd80482a6a5607f923a3c3467262d14b38b2e676f1d2c716f92628";
    const PBKDF2: &str =
        "pbkdf2:sha256:20000$Qw3rTy7u$da573712f3aeddfc8b4b97d2bf86b7d974c05ad1099245ac95c2992717cb130a";

    #[test]
    fn hashes_of_the_former_shop_are_known_by_their_password() {
        for hash in [SCRYPT, PBKDF2] {
            assert!(is_former(hash), "{hash}");
            assert!(verify("sepatu kanvas é".as_bytes(), hash), "{hash}");
            assert!(!verify(b"sepatu kanvas", hash), "{hash}");
        }
    }

    #[test]
    fn a_hash_that_would_stop_the_shop_is_none() {
        let digits = "0".repeat(128);
        for method in [
            "scrypt:1073741824:8:1",
            "scrypt:32768:8:1000",
            "scrypt:3:8:1",
            "pbkdf2:sha256:4000000000",
            "pbkdf2:md5:10",
            "plain",
            "",
        ] {
            assert!(!is_former(&format!("{method}$salt${digits}")), "{method}");
        }
        for hash in ["anita123", "scrypt:32768:8:1$salt$xyz", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"] {
            assert!(!is_former(hash), "{hash}");
        }
    }
}
