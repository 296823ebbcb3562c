//! What the people who start the shop can choose, by flag or by variable; nothing else reads the environment.
//!
//! The doc comment of each argument is its manual. [`HouseArgs::read`] checks everything before anything is opened.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::BoolishValueParser;
use domain::locale::Locale;
use domain::secrets::{self, SecretName};
use domain::text::Password;
use services::payments::GatewayPlaces;

use crate::security::{Proxy, TrustedProxies};

mod gateways;

/// Where the shop keeps its things, and where it is reached: the arguments of every program that opens a shop.
#[derive(Clone, Debug, clap::Args)]
pub struct HouseArgs {
    /// The folder that holds everything the shop keeps: database, pictures, secrets. Default: `etalase` in your data
    /// folder, such as ~/.local/share/etalase.
    #[arg(long, value_name = "DIR", env = "ETALASE_DATA_DIR")]
    pub data_dir: Option<PathBuf>,

    /// The address and port on which the shop answers; port 0 takes any free one.
    #[arg(long, value_name = "ADDR", env = "ETALASE_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// Use this MySQL or MariaDB server, such as `mysql://user:password@host/shop`, instead of a private one in the data
    /// folder. The variable DATABASE_URL is read too. Prefer a variable: others can see a program's arguments.
    #[arg(long, value_name = "URL", env = "ETALASE_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<Secret>,

    /// The address that shoppers type, such as `https://toko.example`, when it is not the one of --listen: behind a
    /// proxy, for example.
    #[arg(long, value_name = "URL", env = "ETALASE_PUBLIC_URL")]
    pub public_url: Option<String>,

    /// A proxy before the shop, by its address or its network, such as `10.0.0.0/8`: it is believed when it names a
    /// visitor in X-Forwarded-For. Several are given one by one or with commas between; those on this machine are trusted.
    #[arg(long, value_name = "ADDR", env = "ETALASE_TRUSTED_PROXY", value_delimiter = ',')]
    pub trusted_proxy: Vec<Proxy>,

    /// The database program for the private server, when it is not on PATH or in the usual places.
    #[arg(long, value_name = "FILE", env = "ETALASE_MYSQLD")]
    pub mysqld: Option<PathBuf>,

    /// Run a demo shop: load one when the database is empty, and take practice payments.
    #[arg(long, env = "ETALASE_DEMO", value_parser = BoolishValueParser::new())]
    pub demo: bool,

    /// The password of the demo shop's accounts; without it they get a random one, shown once. Prefer the variable.
    #[arg(long, value_name = "PASSWORD", env = "ETALASE_DEMO_PASSWORD", hide_env_values = true)]
    pub demo_password: Option<Secret>,
}

/// How much the program says about its work, on stderr.
#[derive(Clone, Debug, clap::Args)]
pub struct LogArgs {
    /// What to log: error, warn, info, debug or trace, also by part, such as `info,services=debug`.
    #[arg(long, value_name = "FILTER", env = "ETALASE_LOG", default_value = "info", global = true)]
    pub log: String,
}

/// A text that must not be seen in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// [`HouseArgs`], read: everything in it has passed its check.
#[derive(Clone, Debug)]
pub struct Config {
    /// Absolute.
    pub data_dir: PathBuf,
    pub listen: SocketAddr,
    pub database: Database,
    /// Nothing when shoppers use the address of `listen`.
    pub public_url: Option<String>,
    pub proxies: TrustedProxies,
    pub is_demo: bool,
    pub demo_password: Option<Password>,
    /// Keys and passwords that variables give instead of somebody at a desk.
    pub given: Vec<(SecretName, secrets::Secret)>,
    /// What the host says of payment services beside their keys.
    pub gateway_places: GatewayPlaces,
}

/// Which database the shop uses.
#[derive(Clone, Debug)]
pub enum Database {
    /// A server of our own in the data folder.
    Private { program: Option<PathBuf> },
    /// Somebody else's server.
    At(Secret),
}

/// What is wrong with the arguments; each is one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("your data folder is unknown because HOME is not set; name a folder with --data-dir")]
    NoHome,
    #[error("the data folder {} cannot be used ({source}); name another with --data-dir", path.display())]
    BadDataDir { path: PathBuf, source: std::io::Error },
    #[error("the database URL must look like mysql://user:password@host/shop, see --database-url")]
    BadDatabaseUrl,
    #[error("the public URL must look like https://toko.example, without a path, see --public-url")]
    BadPublicUrl,
    #[error("the demo password cannot be used ({0}), see --demo-password")]
    BadDemoPassword(String),
    #[error("{0} cannot be used: it must be one line of at most {most} characters", most = secrets::Secret::MOST)]
    BadSecret(&'static str),
    #[error("{0} cannot be used: it must be `test` or `live`")]
    BadGatewayMode(String),
    #[error("{0} cannot be used: it must look like https://service.example")]
    BadGatewayUrl(String),
}

impl HouseArgs {
    /// Checks every argument and fills in what was left out.
    ///
    /// # Errors
    /// One of [`ConfigError`].
    pub fn read(self) -> Result<Config, ConfigError> {
        let data_dir = match self.data_dir.filter(|dir| !dir.as_os_str().is_empty()) {
            Some(dir) => dir,
            None => usual_data_dir().ok_or(ConfigError::NoHome)?,
        };
        let data_dir = std::path::absolute(&data_dir)
            .map_err(|source| ConfigError::BadDataDir { path: data_dir.clone(), source })?;

        let url = self.database_url.or_else(|| variable("DATABASE_URL").map(Secret)).filter(|url| !url.0.is_empty());
        let database = match url {
            Some(url) if is_database_url(&url.0) => Database::At(url),
            Some(_) => return Err(ConfigError::BadDatabaseUrl),
            None => Database::Private { program: self.mysqld.filter(|path| !path.as_os_str().is_empty()) },
        };

        let public_url = match self.public_url.filter(|url| !url.is_empty()) {
            Some(url) => Some(origin(&url).ok_or(ConfigError::BadPublicUrl)?),
            None => None,
        };
        let demo_password = match self.demo_password.filter(|password| !password.0.is_empty()) {
            Some(password) => Some(
                Password::choose(&password.0)
                    .map_err(|message| ConfigError::BadDemoPassword(message.text(Locale::English)))?,
            ),
            None => None,
        };

        let proxies = self.trusted_proxy.into_iter().collect();
        Ok(Config {
            data_dir,
            listen: self.listen,
            database,
            public_url,
            proxies,
            is_demo: self.demo,
            demo_password,
            given: given_secrets()?,
            gateway_places: gateways::places(variable)?,
        })
    }
}

impl Config {
    /// The address that shoppers use when the shop answers at `listening`; without a slash at its end.
    pub fn url_for(&self, listening: SocketAddr) -> String {
        self.public_url.clone().unwrap_or_else(|| url_of(listening))
    }
}

impl Secret {
    /// The text itself, for the one who needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The URL at which a program on this machine reaches a listening address: "every address" is nobody's.
pub(crate) fn url_of(mut listening: SocketAddr) -> String {
    if listening.ip().is_unspecified() {
        let loopback = match listening.ip() {
            IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        };
        listening.set_ip(loopback);
    }
    format!("http://{listening}")
}

/// The scheme, host and port of a web address that has nothing else.
fn origin(url: &str) -> Option<String> {
    let url = reqwest::Url::parse(url).ok()?;
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let is_anonymous = url.username().is_empty() && url.password().is_none();
    let is_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    (is_web && is_bare && is_anonymous).then(|| url.origin().ascii_serialization())
}

fn is_database_url(url: &str) -> bool {
    reqwest::Url::parse(url).is_ok_and(|url| {
        matches!(url.scheme(), "mysql" | "mariadb") && url.host_str().is_some() && url.path().len() > 1
    })
}

fn usual_data_dir() -> Option<PathBuf> {
    let absolute = |name| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = absolute("XDG_DATA_HOME").or_else(|| {
        let home = absolute("HOME")?;
        Some(if cfg!(target_os = "macos") {
            home.join("Library/Application Support")
        } else {
            home.join(".local/share")
        })
    })?;
    Some(base.join("etalase"))
}

/// The secrets that variables give.
fn given_secrets() -> Result<Vec<(SecretName, secrets::Secret)>, ConfigError> {
    let set = SecretName::ALL.iter().filter_map(|name| Some((*name, variable(name.variable())?)));
    set.map(|(name, text)| {
        let secret = secrets::Secret::read(&text).map_err(|_| ConfigError::BadSecret(name.variable()))?;
        Ok((name, secret))
    })
    .collect()
}

#[expect(clippy::disallowed_methods, reason = "this is the environment's one door")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{Config, ConfigError, Database, HouseArgs, url_of};

    #[derive(Parser)]
    struct Program {
        #[command(flatten)]
        house: HouseArgs,
    }

    fn read(arguments: &[&str]) -> Result<Config, ConfigError> {
        Program::parse_from(["shop", "--data-dir", "/srv/shop"].iter().chain(arguments)).house.read()
    }

    #[test]
    fn a_shop_needs_no_argument_but_its_folder() {
        let config = read(&["--listen", "127.0.0.1:0"]).unwrap();
        assert_eq!(config.data_dir.to_str(), Some("/srv/shop"));
        assert_eq!(config.url_for("127.0.0.1:4000".parse().unwrap()), "http://127.0.0.1:4000");
    }

    #[test]
    fn passwords_are_never_printed() {
        let arguments = ["--database-url", "mysql://a:hush@db/shop", "--demo", "--demo-password", "hush hush hush"];
        let config = read(&arguments).unwrap();
        assert!(matches!(&config.database, Database::At(url) if url.reveal().contains("hush")));
        assert!(!format!("{config:?}").contains("hush"));
    }

    #[test]
    fn addresses_that_cannot_work_are_refused_before_anything_opens() {
        for url in ["postgres://a@b/c", "mysql://host", "mysql:///shop", "shop"] {
            assert!(matches!(read(&["--database-url", url]), Err(ConfigError::BadDatabaseUrl)), "{url}");
        }
        for url in ["ftp://toko.example", "toko.example", "https://toko.example/shop", "https://a:b@toko.example"] {
            assert!(matches!(read(&["--public-url", url]), Err(ConfigError::BadPublicUrl)), "{url}");
        }
        assert!(matches!(read(&["--demo-password", "short"]), Err(ConfigError::BadDemoPassword(_))));
    }

    #[test]
    fn the_public_address_loses_its_slash() {
        let config = read(&["--public-url", "https://toko.example/"]).unwrap();
        assert_eq!(config.url_for("0.0.0.0:80".parse().unwrap()), "https://toko.example");
        assert_eq!(url_of("0.0.0.0:80".parse().unwrap()), "http://127.0.0.1:80");
        assert_eq!(url_of("[::]:80".parse().unwrap()), "http://[::1]:80");
    }
}
