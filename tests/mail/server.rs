//! A mail server, small but real: it takes letters on loopback, asks who one is when told to, and fails as mail servers fail.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What goes wrong with a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing goes wrong this time.
    Nothing,
    /// Whom it is for is answered with that.
    Recipient(&'static str),
    /// The whole letter is answered with that.
    Letter(&'static str),
    /// It is taken, but the answer takes so long.
    Slow(Duration),
    /// The line is cut before it is taken.
    CutBefore,
    /// It is taken, and the line is cut before that is said.
    CutAfter,
}

/// A letter that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) to: String,
    pub(crate) message_id: String,
    pub(crate) content: String,
}

impl Taken {
    /// What its reader reads, as text.
    pub(crate) fn text(&self) -> String {
        let (_, part) = self.content.split_once("Content-Type: text/plain").unwrap();
        let (head, body) = part.split_once("\n\n").unwrap();
        let body = body.split("\n--").next().unwrap();
        let bytes = if head.contains("base64") {
            use base64::Engine as _;
            let code: String = body.split_whitespace().collect();
            base64::engine::general_purpose::STANDARD.decode(code).unwrap()
        } else if head.contains("quoted-printable") {
            unquoted(&body.replace("=\n", ""))
        } else {
            body.as_bytes().to_vec()
        };
        String::from_utf8(bytes).unwrap()
    }

    /// The first address in it.
    pub(crate) fn link(&self) -> String {
        let text = self.text();
        let link = text.split_whitespace().find(|word| word.starts_with("http"));
        link.unwrap_or_else(|| panic!("no link in {text}")).to_owned()
    }
}

fn unquoted(text: &str) -> Vec<u8> {
    let mut bytes = text.bytes();
    let mut read = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte == b'=' {
            let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
            read.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            read.push(byte);
        }
    }
    read
}

#[derive(Debug, Default)]
struct State {
    taken: Vec<Taken>,
    /// Recipients that were named, in order, also in vain.
    named: Vec<String>,
    faults: VecDeque<Fault>,
    /// User and password in the clear, as `AUTH PLAIN` has them.
    login: Option<String>,
    lines: usize,
}

/// The server, until it is dropped.
pub(crate) struct MailServer {
    pub(crate) port: u16,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl MailServer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(Talk::begin(stream, Arc::clone(&shared)));
            }
        });
        Self { port, state, task }
    }

    /// The next letters fail so, one after the other.
    pub(super) fn fail(&self, faults: &[Fault]) {
        self.state.lock().unwrap().faults.extend(faults);
    }

    /// Lets nobody in but that user with that password.
    pub(super) fn let_in_only(&self, user: &str, password: &str) {
        self.state.lock().unwrap().login = Some(format!("\0{user}\0{password}"));
    }

    /// The letters that were taken, oldest first.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.state.lock().unwrap().taken.clone()
    }

    /// A letter that has come, or comes soon.
    pub(crate) async fn comes(&self, wanted: impl Fn(&Taken) -> bool) -> Taken {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(30);
        loop {
            if let Some(letter) = self.taken().into_iter().rev().find(&wanted) {
                return letter;
            }
            assert!(tokio::time::Instant::now() < deadline, "the letter does not come");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// How often somebody was named as a recipient.
    pub(super) fn tries(&self) -> usize {
        self.state.lock().unwrap().named.len()
    }

    /// How many conversations were begun.
    pub(super) fn lines(&self) -> usize {
        self.state.lock().unwrap().lines
    }
}

struct Talk {
    reader: BufReader<OwnedReadHalf>,
    writer: OwnedWriteHalf,
    state: Arc<Mutex<State>>,
}

impl Talk {
    async fn begin(stream: TcpStream, state: Arc<Mutex<State>>) {
        let (reader, writer) = stream.into_split();
        state.lock().unwrap().lines += 1;
        // Whoever hangs up is gone.
        let _ = Self { reader: BufReader::new(reader), writer, state }.go().await;
    }

    async fn say(&mut self, line: &str) -> std::io::Result<()> {
        self.writer.write_all(format!("{line}\r\n").as_bytes()).await
    }

    async fn hear(&mut self) -> std::io::Result<String> {
        let mut line = String::new();
        if self.reader.read_line(&mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }

    async fn go(mut self) -> std::io::Result<()> {
        self.say("220 post.test ESMTP").await?;
        let (mut is_in, mut to, mut fault) = (self.state.lock().unwrap().login.is_none(), None, None);
        loop {
            let line = self.hear().await?;
            let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => {
                    self.say("250-post.test").await?;
                    self.say("250-8BITMIME").await?;
                    self.say("250-SMTPUTF8").await?;
                    self.say("250 AUTH PLAIN LOGIN").await?;
                }
                "AUTH" => {
                    use base64::Engine as _;
                    let sent = line.rsplit(' ').next().unwrap_or_default();
                    let said = base64::engine::general_purpose::STANDARD.decode(sent).unwrap_or_default();
                    let wanted = self.state.lock().unwrap().login.clone();
                    is_in = wanted.is_none_or(|wanted| wanted.as_bytes() == said);
                    let answer = if is_in { "235 welcome" } else { "535 5.7.8 nobody here by that name" };
                    self.say(answer).await?;
                }
                "MAIL" if !is_in => self.say("530 5.7.0 who are you?").await?,
                "MAIL" => self.say("250 ok").await?,
                "RCPT" => {
                    let named = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    fault = {
                        let mut state = self.state.lock().unwrap();
                        state.named.push(named.clone());
                        state.faults.pop_front()
                    };
                    match fault {
                        Some(Fault::Recipient(answer)) => self.say(answer).await?,
                        _ => {
                            to = Some(named);
                            self.say("250 ok").await?;
                        }
                    }
                }
                "DATA" => {
                    self.say("354 go on").await?;
                    let content = self.letter().await?;
                    if fault == Some(Fault::CutBefore) {
                        return Ok(());
                    }
                    if let Some(Fault::Letter(answer)) = fault {
                        self.say(answer).await?;
                        continue;
                    }
                    self.take(to.take().unwrap_or_default(), content);
                    match fault.take() {
                        Some(Fault::CutAfter) => return Ok(()),
                        Some(Fault::Slow(pause)) => tokio::time::sleep(pause).await,
                        _ => {}
                    }
                    self.say("250 taken").await?;
                }
                "QUIT" => return self.say("221 bye").await,
                _ => self.say("250 ok").await?,
            }
        }
    }

    async fn letter(&mut self) -> std::io::Result<String> {
        let mut content = String::new();
        loop {
            let line = self.hear().await?;
            if line == "." {
                return Ok(content);
            }
            content.push_str(line.strip_prefix('.').unwrap_or(&line));
            content.push('\n');
        }
    }

    fn take(&self, to: String, content: String) {
        let id = content.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap_or_default().to_owned();
        self.state.lock().unwrap().taken.push(Taken { to, message_id: id, content });
    }
}
