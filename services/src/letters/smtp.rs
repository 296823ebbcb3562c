//! The conversation with the mail server: opened once for several letters, and whatever goes wrong is told by what can be done
//! about it.

use std::error::Error as _;
use std::time::Duration;

use domain::mail::{MailAccount, MailSecurity, MailTrouble, Trouble};
use domain::secrets::Secret;
use lettre::Message;
use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
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
        let (bytes, mut is_out) = (letter.formatted(), false);
        let handed_over = self.hand_over(letter.envelope(), &bytes, &mut is_out);
        match tokio::time::timeout(PATIENCE, handed_over).await {
            Ok(outcome) => outcome,
            // Whoever has the whole letter may deliver it, and answer when nobody listens any more.
            Err(_) if is_out => Err(late(MailTrouble::Unanswered)),
            Err(_) => Err(late(MailTrouble::TooSlow)),
        }
    }

    /// The steps of it; `is_out` is set when the letter's end may be on its way.
    async fn hand_over(&mut self, envelope: &Envelope, letter: &[u8], is_out: &mut bool) -> Result<(), Trouble> {
        let line = &mut self.0;
        let failed = |error: Error| told(kind_of(&error), &error);
        let lacks = |what: &str| Trouble { kind: MailTrouble::Unusable, said: what.to_owned() };
        let mut parameters = Vec::new();
        if !envelope.from().into_iter().chain(envelope.to()).all(|address| address.to_string().is_ascii()) {
            if !line.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(lacks("no SMTPUTF8"));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !letter.is_ascii() {
            if !line.server_info().supports_feature(Extension::EightBitMime) {
                return Err(lacks("no 8BITMIME"));
            }
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        line.command(Mail::new(envelope.from().cloned(), parameters)).await.map_err(failed)?;
        for address in envelope.to() {
            line.command(Rcpt::new(address.clone(), Vec::new())).await.map_err(failed)?;
        }
        line.command(Data).await.map_err(failed)?;
        *is_out = true;
        line.message(letter).await.map_err(failed)?;
        Ok(())
    }

    /// Says goodbye.
    pub(super) async fn close(mut self) {
        // Whoever does not answer to that has nothing of ours any more.
        let _ = tokio::time::timeout(Duration::from_secs(2), self.0.quit()).await;
    }
}

async fn in_time<T>(work: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(|_| Err(late(MailTrouble::TooSlow)))
}

fn late(kind: MailTrouble) -> Trouble {
    Trouble { kind, said: format!("{} s", PATIENCE.as_secs()) }
}

/// An enhanced status (RFC 3463): what happened, and to what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Status {
    class: u16,
    subject: u16,
    detail: u16,
}

impl Status {
    /// The account has sent too much for now.
    const TOO_MUCH_SENT: (u16, u16) = (4, 5);

    /// The one that an answer begins with, if it does (RFC 2034).
    fn of(words: &str) -> Option<Self> {
        let mut parts = words.split_whitespace().next()?.split('.');
        let is_number = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        let mut part = || parts.next().filter(is_number)?.parse().ok();
        let (class, subject, detail) = (part()?, part()?, part()?);
        (parts.next().is_none() && matches!(class, 2 | 4 | 5)).then_some(Self { class, subject, detail })
    }

    fn is(self, (subject, detail): (u16, u16)) -> bool {
        (self.subject, self.detail) == (subject, detail)
    }
}

/// What a failure while a letter is handed over means for it.
fn kind_of(error: &Error) -> MailTrouble {
    let code = error.status().map(|code| code.to_string()).unwrap_or_default();
    let status = error.source().and_then(|words| Status::of(&words.to_string()));
    // What is said of the account is no letter's fault: it must prove itself (RFC 4954), or has sent too much.
    if matches!(code.as_str(), "530" | "534" | "535" | "538") {
        MailTrouble::NotLetIn
    } else if error.is_permanent() && status.is_some_and(|status| status.is(Status::TOO_MUCH_SENT)) {
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

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn a_status_is_what_an_answer_begins_with_and_nothing_else() {
        let daily = Status { class: 5, subject: 4, detail: 5 };
        assert_eq!(Status::of("5.4.5 Daily user sending limit exceeded"), Some(daily));
        assert!(daily.is(Status::TOO_MUCH_SENT));
        assert_eq!(Status::of("5.1.1"), Some(Status { class: 5, subject: 1, detail: 1 }));
        for other in ["", "no such mailbox 5.4.5", "5.4", "5.4.5.1", "3.4.5 x", "5.4.1234 x", "5.-4.5 x", "5.+4.5 x"] {
            assert_eq!(Status::of(other), None, "{other:?}");
        }
    }
}
