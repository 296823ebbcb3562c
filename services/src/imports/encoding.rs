//! From bytes to text: how a file is written is found out, and nothing is guessed that could turn letters into others.

use domain::imports::Encoding;
use domain::message::Message;
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The most bytes of a file.
pub(super) const MOST_BYTES: usize = 64 * 1024 * 1024;

/// How much of a file without a mark is looked at to tell UTF-16.
const LOOKED_AT: usize = 4096;

/// The text of a file and how it was written, or why it is none.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Encoding), Message> {
    if bytes.len() > MOST_BYTES {
        return Err(Message::FileTooLarge { most_megabytes: MOST_BYTES / 1024 / 1024 });
    }
    if is_spreadsheet(bytes) {
        return Err(Message::FileIsASpreadsheet);
    }
    let (text, encoding) = match bytes {
        [0xef, 0xbb, 0xbf, text @ ..] => (utf8(text)?, Encoding::Utf8),
        [0xff, 0xfe, text @ ..] => (utf16(text, Encoding::Utf16Le)?, Encoding::Utf16Le),
        [0xfe, 0xff, text @ ..] => (utf16(text, Encoding::Utf16Be)?, Encoding::Utf16Be),
        text => unmarked(text)?,
    };
    if text.trim().is_empty() {
        return Err(Message::FileIsEmpty);
    }
    // Nobody types these; a file that has them is a picture, a program or half of something.
    let is_text = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}');
    if text.chars().all(is_text) { Ok((text, encoding)) } else { Err(Message::FileIsNoText) }
}

/// A workbook of Excel (a ZIP file, or the older kind) or of Numbers and LibreOffice, which are ZIP files as well.
fn is_spreadsheet(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

fn unmarked(bytes: &[u8]) -> Result<(String, Encoding), Message> {
    if let Some(encoding) = looks_like_utf16(bytes) {
        return Ok((utf16(bytes, encoding)?, encoding));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), Encoding::Utf8));
    }
    let (mut letters, mut strangers) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        strangers += usize::from(!chunk.invalid().is_empty());
    }
    // Where most letters are UTF-8, the others are damage: read as Windows-1252, every one would become two.
    if letters > strangers {
        return utf8(bytes).map(|text| (text, Encoding::Utf8));
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Ok((text.into_owned(), Encoding::Windows1252))
}

fn utf8(bytes: &[u8]) -> Result<String, Message> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            Err(Message::FileIsDamaged { line: before.iter().filter(|byte| **byte == b'\n').count() + 1 })
        }
    }
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Result<String, Message> {
    let reader = if encoding == Encoding::Utf16Be { UTF_16BE } else { UTF_16LE };
    let (text, is_damaged) = reader.decode_without_bom_handling(bytes);
    if is_damaged {
        let line = text.split('\u{fffd}').next().unwrap_or_default().matches('\n').count() + 1;
        return Err(Message::FileIsDamaged { line });
    }
    Ok(text.into_owned())
}

/// Names of columns are mostly plain letters, whose other half is nothing in UTF-16.
fn looks_like_utf16(bytes: &[u8]) -> Option<Encoding> {
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT)];
    let nothing = |place: usize| looked_at.chunks_exact(2).filter(|pair| pair[place] == 0).count();
    let (first, second) = (nothing(0), nothing(1));
    let most = looked_at.len() / 4;
    match (first, second) {
        (0, second) if second > 0 && second >= most => Some(Encoding::Utf16Le),
        (first, 0) if first > 0 && first >= most => Some(Encoding::Utf16Be),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utf16_of(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn every_way_to_write_a_file_is_found_out() {
        let text = "nama,harga\nKopi Gayo – “enak”,85000\nTeh é,1\n";
        let windows = WINDOWS_1252.encode(text).0.into_owned();
        let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        let cases = [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (marked(&[0xef, 0xbb, 0xbf], text.as_bytes().to_vec()), Encoding::Utf8),
            (utf16_of(text, u16::to_le_bytes), Encoding::Utf16Le),
            (marked(&[0xff, 0xfe], utf16_of(text, u16::to_le_bytes)), Encoding::Utf16Le),
            (utf16_of(text, u16::to_be_bytes), Encoding::Utf16Be),
            (marked(&[0xfe, 0xff], utf16_of(text, u16::to_be_bytes)), Encoding::Utf16Be),
            (windows, Encoding::Windows1252),
        ];
        for (bytes, encoding) in cases {
            assert_eq!(decode(&bytes), Ok((text.to_owned(), encoding)), "{encoding:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_what_it_is() {
        assert_eq!(decode(b""), Err(Message::FileIsEmpty));
        assert_eq!(decode(b"\xef\xbb\xbf \r\n"), Err(Message::FileIsEmpty));
        assert_eq!(decode(b"PK\x03\x04rest"), Err(Message::FileIsASpreadsheet));
        assert_eq!(decode(b"\xd0\xcf\x11\xe0\xa1\xb1"), Err(Message::FileIsASpreadsheet));
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err(Message::FileIsNoText));
        assert_eq!(decode(b"name\nThe\x00re\n"), Err(Message::FileIsNoText));
        let huge = vec![b'a'; MOST_BYTES + 1];
        assert_eq!(decode(&huge), Err(Message::FileTooLarge { most_megabytes: 64 }));
    }

    #[test]
    fn a_damaged_letter_is_named_by_its_line_and_never_read_as_two() {
        let mut bytes = "nama\nKopi – é\nTeh – é\n".as_bytes().to_vec();
        let last = bytes.len() - 2;
        bytes.remove(last);
        assert_eq!(decode(&bytes), Err(Message::FileIsDamaged { line: 3 }));
        assert_eq!(decode(&[0xff, 0xfe, b'a', 0, b'\n', 0, 0, 0xd8, b'b', 0]), Err(Message::FileIsDamaged { line: 2 }));
    }

    proptest! {
        #[test]
        fn whatever_can_be_written_in_utf8_and_utf16_comes_back(text in "[a-z,;\n]{8}[a-zé€–金🌸 ,;\n]{0,40}") {
            prop_assert_eq!(decode(text.as_bytes()).map(|read| read.0), Ok(text.clone()));
            let marked = [vec![0xfe, 0xff], utf16_of(&text, u16::to_be_bytes)].concat();
            prop_assert_eq!(decode(&marked).map(|read| read.0), Ok(text));
        }
    }
}
