//! A screen that nobody sees: an X server that paints into a file, so that a picture shows what really is on it.

use std::fs;
use std::process::Command;
use std::time::Duration;

use image::RgbImage;
use tempfile::TempDir;

use crate::running::Running;

/// How long nothing may move before the screen is at rest.
const REST: Duration = Duration::from_millis(100);

/// A running X server.
pub(crate) struct Screen {
    server: Running,
    folder: TempDir,
}

impl Screen {
    pub(crate) fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-nocursor"]);
        let server = Running::start(command.arg("-fbdir").arg(folder.path()));
        Self { server, folder }
    }

    /// What programs call it.
    pub(crate) fn display(&self) -> String {
        format!(":{}", self.server.hears("", Duration::from_secs(20)))
    }

    /// What is on it once it has come to rest, or at last after three seconds.
    pub(crate) async fn picture(&self) -> RgbImage {
        let mut last = self.dump();
        let mut still = 0;
        for _ in 0..30 {
            tokio::time::sleep(REST).await;
            let next = self.dump();
            still = if next == last { still + 1 } else { 0 };
            last = next;
            if still == 3 {
                break;
            }
        }
        read(&last)
    }

    fn dump(&self) -> Vec<u8> {
        fs::read(self.folder.path().join("Xvfb_screen0")).unwrap()
    }
}

/// An X window dump is a header of big-endian words, a colour table, then rows of blue, green, red, and a spare byte.
fn read(dump: &[u8]) -> RgbImage {
    let word = |at: usize| u32::from_be_bytes(dump[at * 4..at * 4 + 4].try_into().unwrap());
    let place = |at: usize| usize::try_from(word(at)).unwrap();
    assert_eq!((word(7), word(11)), (0, 32), "least significant byte first, four bytes a pixel");
    let pixels = &dump[place(0) + place(19) * 12..];
    let rows = pixels.chunks_exact(place(12)).take(place(5));
    let in_a_row = place(4) * 4;
    let rgb = rows.flat_map(|row| row[..in_a_row].chunks_exact(4).flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]));
    RgbImage::from_raw(word(4), word(5), rgb.collect()).unwrap()
}
