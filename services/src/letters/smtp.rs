//! The conversation with the mail server: opened once for several letters, and whatever goes wrong is told by what can be done
//! about it.

use std::error::Error as _;
use std::time::Duration;

use domain::mail::{MailAccount, MailSecurity, MailTrouble, Trouble};
use domain::secrets::Secret;
use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::net::TcpStream;

/// The longest that opening, and each letter, may take: less than a leader leads without a sign of life.
const PATIENCE: Duration = Duration::from_secs(12);

/// An open conversation.
pub(super) struct Line(AsyncSmtpConnection);

impl Line {
    /// Greets the server, secures the line and says who we are. Whatever fails here is no letter's fault.
    pub(super) async fn open(account: &MailAccount, password: Option<&Secret>) -> Result<Self, Trouble> {
        in_time(Self::open_at_leisure(account, password)).await.map(Self)
    }

    async fn open_at_leisure(account: &MailAccount, password: Option<&Secret>) -> Result<AsyncSmtpConnection, Trouble> {
        // The one way to speak TLS here, whoever began.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let port = u16::try_from(account.port).unwrap_or(MailSecurity::StartTls.usual_port());
        let (server, me) = ((account.host.as_str(), port), ClientId::default());
        let tls = || TlsParameters::new(account.host.clone()).map_err(|error| told(MailTrouble::Insecure, &error));
        let at_once = if account.security == MailSecurity::Tls { Some(tls()?) } else { None };
        let mut line = match AsyncSmtpConnection::connect_tokio1(server, Some(PATIENCE), &me, at_once, None).await {
            Ok(line) => line,
            // Somebody is there who does not speak as was agreed.
            Err(error) if account.security == MailSecurity::Tls && TcpStream::connect(server).await.is_ok() => {
                return Err(told(MailTrouble::Insecure, &error));
            }
            Err(error) => return Err(told(MailTrouble::Away, &error)),
        };
        if account.security == MailSecurity::StartTls {
            if !line.can_starttls() {
                line.abort().await;
                return Err(Trouble { kind: MailTrouble::NoStartTls, said: String::new() });
            }
            line.starttls(tls()?, &me).await.map_err(|error| told(MailTrouble::Insecure, &error))?;
        }
        if !account.user.is_empty() {
            let password = password.map(Secret::reveal).unwrap_or_default();
            let credentials = Credentials::new(account.user.clone(), password.to_owned());
            let entered = line.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await;
            entered.map_err(|error| {
                let is_refusal = error.is_permanent() || error.is_client();
                told(if is_refusal { MailTrouble::NotLetIn } else { MailTrouble::Away }, &error)
            })?;
        }
        Ok(line)
    }

    /// Hands a letter over. The line is of no use after a failure: the server may wait for the rest of it.
    pub(super) async fn send(&mut self, letter: &Message) -> Result<(), Trouble> {
        let bytes = letter.formatted();
        let handed_over =
            async { self.0.send(letter.envelope(), &bytes).await.map_err(|error| told(kind_of(&error), &error)) };
        in_time(handed_over).await.map(drop)
    }

    /// Says goodbye.
    pub(super) async fn close(mut self) {
        // Whoever does not answer to that has nothing of ours any more.
        let _ = tokio::time::timeout(Duration::from_secs(2), self.0.quit()).await;
    }
}

async fn in_time<T>(work: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    let late = |_| Err(Trouble { kind: MailTrouble::TooSlow, said: format!("{} s", PATIENCE.as_secs()) });
    tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(late)
}

/// What a failure while a letter is handed over means for it.
fn kind_of(error: &Error) -> MailTrouble {
    let code = error.status().map(|code| code.to_string()).unwrap_or_default();
    let words = error.source().map(ToString::to_string).unwrap_or_default();
    // What is said of the account is no letter's fault: it must prove itself (RFC 4954), or has sent too much (5.4.5, RFC 3463).
    if matches!(code.as_str(), "530" | "534" | "535" | "538") {
        MailTrouble::NotLetIn
    } else if error.is_permanent() && words.contains("5.4.5") {
        MailTrouble::NotNow
    } else if error.is_permanent() {
        MailTrouble::Refused
    } else if error.is_transient() {
        MailTrouble::NotNow
    } else if error.is_client() {
        MailTrouble::Unusable
    } else if error.is_timeout() {
        MailTrouble::TooSlow
    } else {
        MailTrouble::Away
    }
}

/// The trouble in the words of whoever told it.
fn told(kind: MailTrouble, error: &Error) -> Trouble {
    let words = error.source().map(ToString::to_string).filter(|words| !words.is_empty());
    let said = match (error.status(), words) {
        (Some(code), Some(words)) => format!("{code} {words}"),
        (Some(code), None) => code.to_string(),
        (None, Some(words)) => words,
        (None, None) => error.to_string(),
    };
    Trouble { kind, said }
}
