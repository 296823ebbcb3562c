//! A photograph of twelve megapixels: how long it takes, and how much memory, in a process of its own.

use std::io::Cursor;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Duration;

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use services::media;

use super::timed;
use crate::figures::Figures;
use crate::kept::{self, Running};
use crate::say;

const WIDTH: u32 = 4_000;
const HEIGHT: u32 = 3_000;
/// How many different photographs.
const TIMES: u32 = 5;
const LONGEST: Duration = Duration::from_secs(1);
const MOST_MEGABYTES: u64 = 300;
/// Where the other process finds the database: a password is nothing for a command line.
const URL: &str = "ETALASE_MEASURED_DATABASE_URL";

/// Takes some photographs in.
pub(crate) async fn measure(running: &Running, figures: &mut Figures) {
    let (mut times, mut most) = (Vec::new(), 0);
    for number in 0..TIMES {
        let file = running.folder().join("photograph.jpg");
        std::fs::write(&file, photograph(number)).unwrap();
        let done = Command::new(std::env::current_exe().unwrap())
            .args(["photograph".as_ref(), file.as_os_str(), running.folder().as_os_str()])
            .env(URL, running.url())
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let said = String::from_utf8(done.stdout).unwrap();
        let (micros, kilobytes) = said.trim().split_once(' ').unwrap();
        times.push(Duration::from_micros(micros.parse().unwrap()));
        most = most.max(kilobytes.parse::<u64>().unwrap() / 1_024);
    }
    figures.times("a photograph of 12 megapixels", times, LONGEST);
    figures.count("the memory that it took at most", (most, MOST_MEGABYTES), "MB", most > MOST_MEGABYTES);
}

/// The other process: takes the picture in and says how long that took and how much memory the process had at most.
pub(crate) async fn take(file: &Path, folder: &Path) -> ExitCode {
    let shop = kept::open(&std::env::var(URL).unwrap(), folder).await;
    let owner = kept::owner(&shop).await;
    let bytes = std::fs::read(file).unwrap();
    let (took, taken) = timed(media::take(&shop, &owner, bytes)).await;
    taken.unwrap();
    say::line(&format!("{} {}", took.as_micros(), peak()));
    shop.close().await;
    ExitCode::SUCCESS
}

/// The most memory that this process had, in kilobytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Something with edges, gradients and grain, as a camera sees it.
fn photograph(number: u32) -> Vec<u8> {
    let grain = |x: u32, y: u32| (x.wrapping_mul(73_856_093) ^ y.wrapping_mul(19_349_663) ^ number) >> 13 & 15;
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let is_inside = (x / 400 + y / 300 + number).is_multiple_of(3);
        let light = (x * 160 / WIDTH + y * 60 / HEIGHT + grain(x, y)) as u8;
        if is_inside { Rgb([light, 255 - light, 90]) } else { Rgb([255 - light, light / 2, light]) }
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90)).unwrap();
    bytes.into_inner()
}
