//! What a file is, by its first bytes, and whether it is there to its end. Neither its name nor what the window says counts.

use domain::message::Message;
use gif::DecodeOptions;

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Jpeg,
    Png,
    Gif,
    WebP,
}

/// What begins like this is known, and cannot be read.
const OTHERS: [(&[u8], &str); 12] = [
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II\x2b\0", "TIFF"),
    (b"8BPS", "PSD"),
    (b"%PDF", "PDF"),
    (b"\0\0\x01\0", "ICO"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"gimp xcf", "XCF"),
    (b"\x1a\x45\xdf\xa3", "WebM"),
    (b"BM", "BMP"),
];
const HEIC: [&[u8]; 9] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"mif1", b"msf1"];
const AVIF: [&[u8]; 2] = [b"avif", b"avis"];

impl Format {
    /// The format of a file that can be read, or the sentence that says what it is and what to do.
    pub(crate) fn of(bytes: &[u8]) -> Result<Self, Message> {
        match bytes {
            [] => Err(Message::EmptyPicture),
            [0xff, 0xd8, 0xff, ..] => Ok(Self::Jpeg),
            [0x89, b'P', b'N', b'G', ..] => Ok(Self::Png),
            [b'G', b'I', b'F', b'8', ..] => Ok(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Self::WebP),
            [_, _, _, _, b'f', b't', b'y', b'p', rest @ ..] => Err(of_boxes(rest)),
            _ => Err(refusal(bytes)),
        }
    }

    /// Whether nothing of the file is missing, as far as its own marks tell.
    pub(crate) fn is_whole(self, bytes: &[u8]) -> bool {
        match self {
            Self::Jpeg => Jpeg::of(bytes).is_whole,
            Self::Png => png_ends(bytes),
            // Its first frame is enough, and reading that tells.
            Self::Gif => true,
            Self::WebP => {
                let size = bytes.get(4..8).and_then(|size| size.try_into().ok()).map_or(0, u32::from_le_bytes);
                u64::from(size) + 8 <= bytes.len() as u64
            }
        }
    }
}

/// The brands of a file of boxes: still pictures of phones, or a film.
fn of_boxes(rest: &[u8]) -> Message {
    // The main brand, a version, and what else it can be read as.
    let brands = || rest.chunks_exact(4).take(16);
    if brands().any(|brand| AVIF.contains(&brand)) {
        Message::AvifPicture
    } else if brands().any(|brand| HEIC.contains(&brand)) {
        Message::HeicPicture
    } else {
        Message::OtherPictureFormat { format: "MP4".to_owned() }
    }
}

fn refusal(bytes: &[u8]) -> Message {
    if let Some((_, format)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Message::OtherPictureFormat { format: (*format).to_owned() };
    }
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(2_048)]).to_ascii_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let at = |tag: &str| text.find(tag).unwrap_or(usize::MAX);
    let page = ["<!doctype html", "<html", "<head", "<body", "<script"].into_iter().map(at).min().unwrap_or(usize::MAX);
    match at("<svg") {
        _ if !text.starts_with('<') => Message::NotAPicture,
        svg if svg < page => Message::SvgPicture,
        _ if page < usize::MAX => Message::WebPageNotPicture,
        _ => Message::NotAPicture,
    }
}

/// Whether a GIF has a second frame, which is not unpacked.
pub(crate) fn is_animated_gif(bytes: &[u8]) -> bool {
    let mut options = DecodeOptions::new();
    options.skip_frame_decoding(true);
    let Ok(mut decoder) = options.read_info(bytes) else { return false };
    (0..2).all(|_| matches!(decoder.next_frame_info(), Ok(Some(_))))
}

/// The width and the height that a PNG says it has.
pub(crate) fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    (bytes.get(12..16)? == b"IHDR").then_some((number(16)?, number(20)?))
}

fn png_ends(bytes: &[u8]) -> bool {
    let mut at = 8;
    while let Some(head) = bytes.get(at..at + 8) {
        let [a, b, c, d, name @ ..] = head else { return false };
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        at = at.saturating_add(length).saturating_add(12);
        if name == b"IEND" {
            return at <= bytes.len();
        }
    }
    false
}

/// What the marks of a JPEG tell.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Jpeg {
    /// How many colours or inks each pixel has.
    pub(crate) components: u8,
    /// Whether Adobe's mark is there: then inks are written the other way around, 255 for none.
    pub(crate) is_of_adobe: bool,
    /// Whether the mark of the end is there.
    is_whole: bool,
}

impl Jpeg {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut found = Self::default();
        let mut at = 2;
        while let Some(mark) = next_mark(bytes, at) {
            let (name, start) = (bytes[mark + 1], mark + 2);
            match name {
                0xd9 => {
                    found.is_whole = true;
                    return found;
                }
                0x01 | 0xd0..=0xd8 => at = start,
                _ => {
                    let Some([high, low]) = bytes.get(start..start + 2) else { return found };
                    let length = usize::from(u16::from_be_bytes([*high, *low])).max(2);
                    let Some(content) = bytes.get(start + 2..start + length) else { return found };
                    match name {
                        0xc0..=0xcf if !matches!(name, 0xc4 | 0xc8 | 0xcc) => {
                            found.components = content.get(5).copied().unwrap_or_default();
                        }
                        0xee if content.starts_with(b"Adobe") => found.is_of_adobe = true,
                        _ => {}
                    }
                    // What follows the head of a scan has no marks but those that `next_mark` passes over.
                    at = start + length;
                }
            }
        }
        found
    }
}

/// Where the next mark stands: `ff` and a name. In packed pixels `ff 00` is no mark, and `ff d0` to `ff d7` only cut them up.
fn next_mark(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let found = rest.windows(2).position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff));
    found.map(|found| from + found)
}

#[cfg(test)]
mod tests {
    use domain::message::Message;

    use super::{Format, Jpeg};

    #[test]
    fn each_kind_of_file_that_cannot_be_read_is_called_by_its_name() {
        let other = |format: &str| Message::OtherPictureFormat { format: format.to_owned() };
        let cases: [(&[u8], Message); 14] = [
            (b"", Message::EmptyPicture),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Message::HeicPicture),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", Message::HeicPicture),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", Message::AvifPicture),
            (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", other("MP4")),
            (b"II*\0\x08\0\0\0", other("TIFF")),
            (b"%PDF-1.7", other("PDF")),
            (
                b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>",
                Message::SvgPicture,
            ),
            (b"\xef\xbb\xbf <SVG></SVG>", Message::SvgPicture),
            (b"<!DOCTYPE html><html><svg></svg></html>", Message::WebPageNotPicture),
            (b"\r\n<HTML><body>", Message::WebPageNotPicture),
            (b"PK\x03\x04", Message::NotAPicture),
            (b"About <script> and <svg>", Message::NotAPicture),
            (b"RIFF\0\0\0\0WAVE", Message::NotAPicture),
        ];
        for (bytes, refusal) in cases {
            assert_eq!(Format::of(bytes), Err(refusal), "{bytes:?}");
        }
    }

    #[test]
    fn a_jpeg_ends_at_its_mark_and_not_in_its_thumbnail() {
        // A thumbnail with an end of its own, in a segment; then a scan with packed pixels.
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9];
        bytes.extend([0xff, 0xee, 0, 7, b'A', b'd', b'o', b'b', b'e', 0xff, 0xc0, 0, 8, 8, 0, 1, 0, 1, 4]);
        bytes.extend([0xff, 0xda, 0, 2, 1, 0xff, 0, 2, 0xff, 0xd0, 3]);
        let cut_off = Jpeg::of(&bytes);
        assert_eq!(cut_off, Jpeg { components: 4, is_of_adobe: true, is_whole: false });
        assert!(!Format::Jpeg.is_whole(&bytes));
        bytes.extend([0xff, 0xd9]);
        assert!(Format::Jpeg.is_whole(&bytes));
        bytes.extend(b"<script>");
        assert!(Format::Jpeg.is_whole(&bytes));
    }
}
