//! A program that a test starts: what it says is kept, and it is ended in order when the test lets go of it.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

/// How long a program may take to end in order.
/// How long a program may take until it says what is waited for: also to load a demo shop beside all else that is tested.
const STARTS: Duration = Duration::from_secs(300);
const ENDS: Duration = Duration::from_secs(40);

/// A running program.
pub(crate) struct Running {
    pub(crate) pid: u32,
    child: Option<Child>,
    said: Arc<Said>,
}

#[derive(Default)]
struct Said {
    lines: Mutex<Vec<Line>>,
    more: Condvar,
}

struct Line {
    is_from_stdout: bool,
    text: String,
}

impl Running {
    /// Starts it. The database of other tests is none of its business.
    pub(crate) fn start(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.env_remove("DATABASE_URL");
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?} cannot be started: {error}"));
        let said = Arc::new(Said::default());
        listen(child.stdout.take().unwrap(), true, Arc::clone(&said));
        listen(child.stderr.take().unwrap(), false, Arc::clone(&said));
        Self { pid: child.id(), child: Some(child), said }
    }

    /// What follows `words` in the first line on stdout that has them; waits for that line.
    pub(crate) fn hears(&self, words: &str) -> String {
        let lines = self.said.lines.lock().unwrap();
        let (lines, _) =
            self.said.more.wait_timeout_while(lines, STARTS, |lines| after(lines, words).is_none()).unwrap();
        after(&lines, words).unwrap_or_else(|| panic!("it never said “{words}”, only:\n{}", all(&lines)))
    }

    /// Asks it to end, and waits; nothing when it had to be killed.
    pub(crate) fn end(&mut self) -> Option<ExitStatus> {
        let mut child = self.child.take()?;
        let pid = Pid::from_raw(i32::try_from(self.pid).unwrap()).unwrap();
        // One that has ended already has nothing to be told.
        let _ = kill_process(pid, Signal::TERM);
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || tell.send(child.wait()));
        match told.recv_timeout(ENDS) {
            Ok(ended) => ended.ok(),
            Err(_) => {
                let _ = kill_process(pid, Signal::KILL);
                None
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.end();
        if std::thread::panicking() {
            eprintln!("--- what a program said\n{}", all(&self.said.lines.lock().unwrap()));
        }
    }
}

/// Where `cargo xtask test` has put the programs of the shop.
pub(crate) fn built(name: &str) -> PathBuf {
    let usual = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/debug");
    std::env::var_os("ETALASE_TEST_BIN_DIR").map_or_else(usual, PathBuf::from).join(name)
}

fn listen(pipe: impl Read + Send + 'static, is_from_stdout: bool, said: Arc<Said>) {
    std::thread::spawn(move || {
        for text in BufReader::new(pipe).lines().map_while(Result::ok) {
            said.lines.lock().unwrap().push(Line { is_from_stdout, text });
            said.more.notify_all();
        }
    });
}

fn after(lines: &[Line], words: &str) -> Option<String> {
    let mut out = lines.iter().filter(|line| line.is_from_stdout);
    out.find_map(|line| line.text.split_once(words)).map(|(_, rest)| rest.trim().to_owned())
}

fn all(lines: &[Line]) -> String {
    lines.iter().map(|line| format!("{}\n", line.text)).collect()
}
