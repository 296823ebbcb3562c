//! A process and everything that it started, as the system lists them.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};

/// A process that once ran; its number may be somebody else's by now, its start time not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Process {
    pub(crate) pid: u32,
    pub(crate) name: String,
    parent: u32,
    started: u64,
}

impl Process {
    /// Everything that runs below this process now, itself left out.
    pub(crate) fn all_below(pid: u32) -> Vec<Self> {
        let all = everything();
        let mut below: Vec<Self> = Vec::new();
        let mut parents = vec![pid];
        while let Some(parent) = parents.pop() {
            for child in all.iter().filter(|it| it.parent == parent) {
                parents.push(child.pid);
                below.push(child.clone());
            }
        }
        below
    }

    pub(crate) fn is_alive(&self) -> bool {
        everything().contains(self)
    }

    /// Asks it to end, as a service manager or a shutdown does.
    pub(crate) fn ask_to_end(&self) {
        if self.is_alive() {
            let pid = Pid::from_raw(i32::try_from(self.pid).unwrap()).unwrap();
            // It may have ended between the look and the word.
            let _ = kill_process(pid, Signal::TERM);
        }
    }
}

/// Every living process; one that only waits for its parent to notice its end has ended.
fn everything() -> Vec<Process> {
    let entries = fs::read_dir("/proc").unwrap().flatten();
    entries.filter_map(|entry| read(&fs::read_to_string(entry.path().join("stat")).ok()?)).collect()
}

/// `pid (name) state parent …`, of which the start time is the twenty-second field.
fn read(stat: &str) -> Option<Process> {
    let (pid, rest) = stat.split_once(" (")?;
    let (name, rest) = rest.rsplit_once(") ")?;
    let fields: Vec<&str> = rest.split(' ').collect();
    let is_dead = matches!(*fields.first()?, "Z" | "X");
    (!is_dead).then_some(Process {
        pid: pid.parse().ok()?,
        name: name.to_owned(),
        parent: fields.get(1)?.parse().ok()?,
        started: fields.get(19)?.parse().ok()?,
    })
}
