//! From the bytes of any file to the files of a picture: its format by content, its pixels upright and in a screen's colours,
//! in every width that is kept. It touches neither disk nor database, and may take a second: callers give it a thread.
//!
//! A crate of its own, so that it is optimised also where nothing else is.

mod drawing;
mod formats;
mod reading;

use domain::message::Message;

pub use drawing::{Drawn, MOST_PLACEHOLDER, adopt};
pub use reading::{Head, look};

/// Why a picture could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The file is at fault; the sentence says what to do.
    #[error("refused: {0:?}")]
    Refused(Message),
    /// A bug, or a broken machine.
    #[error("a picture could not be drawn: {0}")]
    Failed(String),
}

impl From<Message> for Trouble {
    fn from(refusal: Message) -> Self {
        Self::Refused(refusal)
    }
}

/// Unpacks and draws a picture that was looked at.
///
/// # Errors
/// What makes the file unreadable; see [`Trouble`].
pub fn draw(bytes: Vec<u8>, head: &Head) -> Result<Drawn, Trouble> {
    let pixels = reading::read(&bytes, head)?;
    drop(bytes);
    drawing::draw(pixels)
}
