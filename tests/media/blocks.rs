//! JPEG files as printers and old cameras write them: of four inks, of grey, or in several passes. Every block of eight by
//! eight pixels has one colour, so that nothing but its brightness is written.

/// How the colours are written.
#[derive(Clone, Copy)]
pub(crate) enum Inks {
    /// Four inks, 255 for all of it.
    Plain,
    /// Four inks the other way around, with Adobe's mark that says so.
    OfAdobe,
    /// The same, with three of them turned into brightness and two colours.
    OfAdobeTurned,
}

/// The colours of a picture, by its blocks.
pub(crate) type Blocks<'a> = &'a dyn Fn(u32, u32) -> [u8; 3];

/// Brightness alone, in one pass.
pub(crate) fn grey(size: (u32, u32), blocks: Blocks<'_>) -> Vec<u8> {
    write(size, 1, 0xc0, None, &|x, y| vec![brightness(blocks(x, y))])
}

/// Brightness and two colours, in passes.
pub(crate) fn progressive(size: (u32, u32), blocks: Blocks<'_>) -> Vec<u8> {
    write(size, 3, 0xc2, None, &|x, y| turned(blocks(x, y)).to_vec())
}

/// Four inks.
pub(crate) fn inks(size: (u32, u32), how: Inks, blocks: Blocks<'_>) -> Vec<u8> {
    let of = |x, y| {
        let [red, green, blue] = blocks(x, y);
        // All that is common to the three is black ink.
        let white = red.max(green).max(blue).max(1);
        let ink = |colour: u8| 255 - u8::try_from(u32::from(colour) * 255 / u32::from(white)).unwrap();
        let [cyan, magenta, yellow, black] = [ink(red), ink(green), ink(blue), 255 - white];
        match how {
            Inks::Plain => vec![cyan, magenta, yellow, black],
            Inks::OfAdobe => vec![255 - cyan, 255 - magenta, 255 - yellow, 255 - black],
            Inks::OfAdobeTurned => [&turned([cyan, magenta, yellow])[..], &[255 - black]].concat(),
        }
    };
    let adobe = match how {
        Inks::Plain => None,
        Inks::OfAdobe => Some(0),
        Inks::OfAdobeTurned => Some(2),
    };
    write(size, 4, 0xc0, adobe, &of)
}

pub(crate) fn brightness(colour: [u8; 3]) -> u8 {
    turned(colour)[0]
}

fn turned([red, green, blue]: [u8; 3]) -> [u8; 3] {
    let [red, green, blue] = [red, green, blue].map(f64::from);
    let bright = 0.299 * red + 0.587 * green + 0.114 * blue;
    [bright, 128.0 + (blue - bright) * 0.564, 128.0 + (red - bright) * 0.713]
        .map(|value| value.round().clamp(0.0, 255.0) as u8)
}

fn write(
    (width, height): (u32, u32),
    parts: u8,
    frame: u8,
    adobe: Option<u8>,
    blocks: &dyn Fn(u32, u32) -> Vec<u8>,
) -> Vec<u8> {
    let short = |number: u32| u16::try_from(number).unwrap().to_be_bytes();
    let mut file = vec![0xff, 0xd8];
    let mut segment = |name: u8, content: &[u8]| {
        file.extend([0xff, name]);
        file.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
        file.extend(content);
    };
    if let Some(turned) = adobe {
        segment(0xee, &[b"Adobe\0\x64\0\0\0\0".as_slice(), &[turned]].concat());
    }
    // Brightness in steps of eight times one: exactly the value of a whole block.
    segment(0xdb, &[vec![0], vec![8; 64]].concat());
    let described = (1..=parts).flat_map(|part| [part, 0x11, 0]);
    segment(
        frame,
        &[vec![8], short(height).to_vec(), short(width).to_vec(), vec![parts], described.collect()].concat(),
    );
    // Twelve lengths of a difference, each with a code of four bits; and the one code for "nothing else in this block".
    segment(0xc4, &[vec![0, 0, 0, 0, 12], vec![0; 12], (0..12).collect()].concat());
    segment(0xc4, &[vec![0x10, 1], vec![0; 15], vec![0]].concat());
    let is_progressive = frame == 0xc2;
    let last = if is_progressive { 0 } else { 63 };
    segment(0xda, &[vec![parts], (1..=parts).flat_map(|part| [part, 0]).collect(), vec![0, last, 0]].concat());

    let mut bits = Bits::default();
    let mut before = vec![0_i32; usize::from(parts)];
    for y in 0..height.div_ceil(8) {
        for x in 0..width.div_ceil(8) {
            for (value, before) in blocks(x, y).into_iter().zip(&mut before) {
                let value = i32::from(value) - 128;
                bits.difference(value - *before);
                *before = value;
                if !is_progressive {
                    bits.push(0, 1);
                }
            }
        }
    }
    file.extend(bits.end());
    file.extend([0xff, 0xd9]);
    file
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    open: u32,
    count: u32,
}

impl Bits {
    fn difference(&mut self, difference: i32) {
        let length = 32 - difference.unsigned_abs().leading_zeros();
        self.push(length, 4);
        // A difference below nought is written as what is left to the longest of its length.
        let written = if difference < 0 { difference + (1 << length) - 1 } else { difference };
        self.push(written.unsigned_abs(), length);
    }

    fn push(&mut self, value: u32, length: u32) {
        for at in (0..length).rev() {
            self.open = (self.open << 1) | ((value >> at) & 1);
            self.count += 1;
            if self.count == 8 {
                let byte = u8::try_from(self.open).unwrap();
                self.bytes.push(byte);
                if byte == 0xff {
                    self.bytes.push(0);
                }
                (self.open, self.count) = (0, 0);
            }
        }
    }

    fn end(mut self) -> Vec<u8> {
        while self.count > 0 {
            self.push(1, 1);
        }
        self.bytes
    }
}
