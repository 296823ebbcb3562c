//! Pictures beside a file: in a folder or in a ZIP, found by the names that the file has for them.
//!
//! Nothing outside is ever read: entries with paths that lead out, links and what is too large are not there.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use domain::media::MOST_BYTES;
use domain::message::Message;
use percent_encoding::percent_decode_str;
use zip::ZipArchive;

use crate::outside::Fetcher;

/// The most files of a folder, or entries of a ZIP.
const MOST_FILES: usize = 100_000;
/// How deep folders are looked into.
const MOST_DEPTH: usize = 8;
/// What the names of pictures end in, the likeliest first.
const ENDINGS: [&str; 5] = ["jpg", "jpeg", "png", "webp", "gif"];
/// The widths in which our own store names its files, the widest first.
const WIDTHS: [&str; 4] = ["1600", "1200", "800", "400"];

/// Where the pictures of a file come from.
#[derive(Clone, Copy)]
pub struct Pictures<'a> {
    /// What lies beside it.
    pub files: Option<&'a PictureFiles>,
    /// What has an address and does not lie there.
    pub fetcher: &'a Fetcher,
}

/// The pictures of a folder or a ZIP, by name. Clones share it.
#[derive(Clone, Debug)]
pub struct PictureFiles {
    place: Arc<Place>,
    /// By path and by name alone, in small letters; nothing for a name that several have.
    names: Arc<HashMap<String, Option<usize>>>,
}

#[derive(Debug)]
enum Place {
    Folder(Vec<PathBuf>),
    Zip(Mutex<ZipArchive<BufReader<File>>>),
}

/// A picture that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found(usize);

impl PictureFiles {
    /// Looks at what is there. It reads files: for a thread that may wait.
    ///
    /// # Errors
    /// `PicturesUnreadable` when it is neither a folder nor a ZIP, and `TooManyFiles`.
    pub fn open(path: &Path) -> Result<Self, Message> {
        if path.is_dir() {
            let mut files = Vec::new();
            walk(path, 0, &mut files)?;
            let named: Vec<String> = files.iter().map(|file| relative(path, file)).collect();
            return Ok(Self { names: Arc::new(index(&named)), place: Arc::new(Place::Folder(files)) });
        }
        let file = File::open(path).map_err(|_| Message::PicturesUnreadable)?;
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| Message::PicturesUnreadable)?;
        if archive.len() > MOST_FILES {
            return Err(Message::TooManyFiles { most: MOST_FILES });
        }
        let mut named = Vec::with_capacity(archive.len());
        for at in 0..archive.len() {
            let entry = archive.by_index_raw(at).map_err(|_| Message::PicturesUnreadable)?;
            // A path that leads out of the ZIP is nobody's name.
            let inside = entry.enclosed_name().filter(|_| entry.is_file() && !entry.encrypted());
            named.push(inside.map(|path| slashed(&path)).unwrap_or_default());
        }
        Ok(Self { names: Arc::new(index(&named)), place: Arc::new(Place::Zip(Mutex::new(archive))) })
    }

    /// The picture of that name, path or address; an error when several have the name.
    pub(super) fn find(&self, source: &str) -> Result<Option<Found>, Message> {
        for name in names_of(source) {
            match self.names.get(&name) {
                Some(Some(at)) => return Ok(Some(Found(*at))),
                Some(None) => return Err(Message::PictureNameTwice),
                None => {}
            }
        }
        Ok(None)
    }

    /// Its bytes. It reads a file: for a thread that may wait.
    pub(super) fn read(&self, found: Found) -> Result<Vec<u8>, Message> {
        let unreadable = |_| Message::CutOffPicture;
        let bytes = match &*self.place {
            Place::Folder(files) => {
                let file = files.get(found.0).ok_or(Message::PictureNotThere)?;
                bounded(File::open(file).map_err(unreadable)?)?
            }
            Place::Zip(archive) => {
                let mut archive = archive.lock().unwrap_or_else(PoisonError::into_inner);
                bounded(archive.by_index(found.0).map_err(|_| Message::CutOffPicture)?)?
            }
        };
        Ok(bytes)
    }
}

/// No more than a picture may have, whatever the entry says of itself.
fn bounded(file: impl Read) -> Result<Vec<u8>, Message> {
    let mut bytes = Vec::new();
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|_| Message::CutOffPicture)?;
    if bytes.len() > MOST_BYTES {
        return Err(Message::FileTooLarge { most_megabytes: MOST_BYTES / 1024 / 1024 });
    }
    Ok(bytes)
}

fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), Message> {
    let entries = std::fs::read_dir(folder).map_err(|_| Message::PicturesUnreadable)?;
    for entry in entries.flatten() {
        // A link is looked at as what it is, and is neither.
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() && depth < MOST_DEPTH {
            walk(&entry.path(), depth + 1, files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
        if files.len() > MOST_FILES {
            return Err(Message::TooManyFiles { most: MOST_FILES });
        }
    }
    Ok(())
}

fn relative(folder: &Path, file: &Path) -> String {
    slashed(file.strip_prefix(folder).unwrap_or(file))
}

fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy().to_lowercase()).collect::<Vec<_>>().join("/")
}

/// Every file by its path and by its name alone.
fn index(paths: &[String]) -> HashMap<String, Option<usize>> {
    let mut names: HashMap<String, Option<usize>> = HashMap::new();
    for (at, path) in paths.iter().enumerate().filter(|(_, path)| !path.is_empty()) {
        if let Some(name) = path.rsplit('/').next().filter(|name| *name != path) {
            names.entry(name.to_owned()).and_modify(|known| *known = None).or_insert(Some(at));
        }
    }
    // A whole path is one file's, also where others have its name.
    names.extend(
        paths.iter().enumerate().filter(|(_, path)| !path.is_empty()).map(|(at, path)| (path.clone(), Some(at))),
    );
    names
}

/// What a file may be called that a cell names, the likeliest first.
fn names_of(source: &str) -> Vec<String> {
    let source = source.trim();
    let path = match source.split_once("://") {
        Some((_, rest)) => {
            rest.split_once('/').map_or("", |(_, path)| path).split(['?', '#']).next().unwrap_or_default()
        }
        None => source,
    };
    let path = percent_decode_str(path).decode_utf8_lossy().to_lowercase().replace('\\', "/");
    let path = path.trim_start_matches("./").trim_start_matches('/');
    if path.is_empty() {
        return Vec::new();
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut names = vec![path.to_owned(), name.to_owned()];
    if !name.contains('.') {
        names.extend(ENDINGS.iter().map(|ending| format!("{name}.{ending}")));
        names.extend(WIDTHS.iter().map(|width| format!("{name}-{width}.webp")));
    }
    names
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn zip_of(files: &[(&str, &[u8])]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut zip = zip::ZipWriter::new(file.reopen().unwrap());
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        file
    }

    fn bytes_of(pictures: &PictureFiles, source: &str) -> Result<Option<Vec<u8>>, Message> {
        pictures.find(source)?.map(|found| pictures.read(found)).transpose()
    }

    const FILES: [(&str, &[u8]); 5] = [
        ("Kaos Merah.JPG", b"red"),
        ("dalam/biru.png", b"blue"),
        ("satu/sama.png", b"one"),
        ("dua/sama.png", b"two"),
        ("abc123-1200.webp", b"ours"),
    ];

    #[test]
    fn a_picture_is_found_by_its_name_its_path_or_the_end_of_its_address() {
        let (folder, zip) = (folder(&FILES), zip_of(&FILES));
        for pictures in [PictureFiles::open(folder.path()).unwrap(), PictureFiles::open(zip.path()).unwrap()] {
            for (source, bytes) in [
                ("kaos merah.jpg", Some(&b"red"[..])),
                ("Kaos Merah", Some(b"red")),
                ("https://cdn.example/a/b/Kaos%20Merah.jpg?v=12", Some(b"red")),
                ("biru.png", Some(b"blue")),
                ("./dalam/BIRU.png", Some(b"blue")),
                ("dua/sama.png", Some(b"two")),
                ("abc123", Some(b"ours")),
                ("tidak ada.png", None),
                ("https://cdn.example", None),
                ("", None),
            ] {
                assert_eq!(bytes_of(&pictures, source), Ok(bytes.map(<[u8]>::to_vec)), "{source}");
            }
            assert_eq!(bytes_of(&pictures, "sama.png"), Err(Message::PictureNameTwice));
        }
    }

    #[test]
    fn no_path_leads_out() {
        let outside = folder(&[("secret.png", b"secret")]);
        let inside = folder(&[("a.png", b"a")]);
        std::os::unix::fs::symlink(outside.path().join("secret.png"), inside.path().join("link.png")).unwrap();
        std::os::unix::fs::symlink(outside.path(), inside.path().join("folder")).unwrap();
        let pictures = PictureFiles::open(inside.path()).unwrap();
        let zip = zip_of(&[("../up.png", b"up"), ("/root.png", b"root"), ("a.png", b"a")]);
        let zipped = PictureFiles::open(zip.path()).unwrap();
        for source in ["link.png", "secret.png", "../secret.png", "folder/secret.png", "../up.png", "up.png"] {
            assert_eq!(pictures.find(source), Ok(None), "{source}");
            assert_eq!(zipped.find(source), Ok(None), "{source}");
        }
        assert_eq!(bytes_of(&zipped, "a.png"), Ok(Some(b"a".to_vec())));
    }

    #[test]
    fn what_unpacks_to_more_than_a_picture_may_have_is_refused() {
        let bomb = vec![0; MOST_BYTES + 1];
        let zip = zip_of(&[("bomb.png", &bomb)]);
        assert!(std::fs::metadata(zip.path()).unwrap().len() < 100_000);
        let pictures = PictureFiles::open(zip.path()).unwrap();
        assert_eq!(bytes_of(&pictures, "bomb.png"), Err(Message::FileTooLarge { most_megabytes: 20 }));
    }

    #[test]
    fn what_is_neither_folder_nor_zip_is_told() {
        let folder = folder(&[("a.zip", b"no zip")]);
        for name in ["a.zip", "missing"] {
            let opened = PictureFiles::open(&folder.path().join(name)).map(|_| ());
            assert_eq!(opened, Err(Message::PicturesUnreadable), "{name}");
        }
    }
}
