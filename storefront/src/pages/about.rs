//! The page about the shop: the owner's story and how to reach them.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use services::Shop;

use crate::failure::Failure;
use crate::layout::Layout;
use crate::texts::{Browse, Frame};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "about.html")]
struct About {
    layout: Layout,
}

impl About {
    fn title(&self) -> String {
        self.layout.say(Browse::AboutTitle { shop: self.layout.settings.name.clone() })
    }

    fn paragraphs(&self) -> Vec<&str> {
        paragraphs(self.layout.of(&self.layout.settings.about))
    }
}

pub(crate) async fn show(State(shop): State<Shop>, visit: Visit) -> Result<Response, Failure> {
    let layout = Layout::load(&shop, visit).await?;
    layout.clone().show(&About { layout })
}

/// The paragraphs of a plain text: an empty line parts them.
pub(crate) fn paragraphs(text: &str) -> Vec<&str> {
    let blocks = text.split("\n\n").map(str::trim);
    blocks.filter(|paragraph| !paragraph.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    #[test]
    fn empty_lines_part_paragraphs() {
        assert_eq!(paragraphs("Satu\ndua\n\n\n\nTiga\n\n"), ["Satu\ndua", "Tiga"]);
        assert!(paragraphs(" \n\n ").is_empty());
    }
}
