//! The files that tidy looks at, in memory: what a person wrote, and nothing that a tool made.

use std::fmt;
use std::path::Path;

use anyhow::Result;

/// Folders that tools fill.
const MADE_BY_TOOLS: [&str; 6] = ["target", "dist", "dist.new", "data", "node_modules", ".sqlx"];
/// Hidden folders that people fill.
const HIDDEN_BUT_OURS: [&str; 3] = [".ci", ".cargo", ".config"];

/// A text file by its path from the root of the repository.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Where a rule is broken, and how.
pub(crate) struct Violation {
    place: String,
    what: String,
}

impl Source {
    /// Whether the file's name ends so.
    pub(crate) fn is(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, end)| end == extension)
    }

    /// The file's name without folder and extension.
    pub(crate) fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.split_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The lines with their numbers, from 1.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().zip(1..).map(|(line, number)| (number, line))
    }

    /// A violation of the file as a whole.
    pub(crate) fn breaks(&self, what: impl Into<String>) -> Violation {
        Violation { place: self.path.clone(), what: what.into() }
    }

    /// A violation in one line.
    pub(crate) fn breaks_at(&self, line: usize, what: impl Into<String>) -> Violation {
        Violation { place: format!("{}:{line}", self.path), what: what.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// Every text file of the tree.
pub(crate) fn read(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                let hidden = name.starts_with('.') && !HIDDEN_BUT_OURS.contains(&name.as_str());
                if !hidden && !MADE_BY_TOOLS.contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if name != "Cargo.lock"
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                // What is not UTF-8 is a picture or a font.
                let path = path.strip_prefix(root)?.to_string_lossy().into_owned();
                sources.push(Source { path, text });
            }
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}

/// Files for a rule's test.
#[cfg(test)]
pub(crate) fn planted(files: &[(&str, &str)]) -> Vec<Source> {
    files.iter().map(|&(path, text)| Source { path: path.to_owned(), text: text.to_owned() }).collect()
}

/// The violations of a rule's test as text.
#[cfg(test)]
pub(crate) fn caught(rule: fn(&[Source]) -> Vec<Violation>, files: &[(&str, &str)]) -> Vec<String> {
    rule(&planted(files)).iter().map(ToString::to_string).collect()
}
