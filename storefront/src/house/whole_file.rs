//! A file that is there whole or not at all: it is written beside its place, and moved there when it is complete.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file that is being written. What was there before stays until [`WholeFile::finish`]; dropping it leaves no half file.
#[derive(Debug)]
pub struct WholeFile {
    part: Option<BufWriter<File>>,
    beside: PathBuf,
    file: PathBuf,
}

impl WholeFile {
    /// Begins to write.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn begin(file: &Path) -> io::Result<Self> {
        let mut beside = file.as_os_str().to_owned();
        beside.push(".part");
        let beside = PathBuf::from(beside);
        let part = Some(BufWriter::new(File::create(&beside)?));
        Ok(Self { part, beside, file: file.to_owned() })
    }

    /// Writes on.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.part.as_mut().map_or(Ok(()), |part| part.write_all(bytes))
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// Those of the disk; what was there before is there still.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some(part) = self.part.take() {
            let kept = part.into_inner().map_err(io::IntoInnerError::into_error).and_then(|part| part.sync_all());
            let moved = kept.and_then(|()| std::fs::rename(&self.beside, &self.file));
            if moved.is_err() {
                let _ = std::fs::remove_file(&self.beside);
            }
            return moved;
        }
        Ok(())
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        if self.part.take().is_some() {
            // Half a file is nothing that anybody should find.
            let _ = std::fs::remove_file(&self.beside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WholeFile;

    #[test]
    fn a_file_that_was_not_finished_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("goods.csv");
        std::fs::write(&path, "old").unwrap();
        let mut half = WholeFile::begin(&path).unwrap();
        half.write_all(b"ne").unwrap();
        drop(half);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        let mut whole = WholeFile::begin(&path).unwrap();
        whole.write_all(b"new").unwrap();
        whole.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "and nothing beside it");
    }
}
