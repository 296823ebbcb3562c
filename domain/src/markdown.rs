//! Descriptions: Markdown as the owner writes it, as HTML for the shop and for the desk's preview, and as plain words.
//!
//! What was typed as HTML is shown as it was typed. Whoever presses Enter means it: a line stays a line.

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::media;

/// Where the text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a page, below its heading and that of the description.
    Page,
    /// In the desk's window, where a link would lead away from what is being written, and nothing is fetched.
    Preview,
}

/// The highest heading that a description may have: those above it are the page's and the description's own.
const HIGHEST: usize = 3;
/// The schemes of links that are followed; what begins with a slash stays in the shop.
const SCHEMES: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];

/// The text as HTML without anything that a browser would run, and without a picture that is not the shop's own.
pub fn html(text: &str, place: Place) -> String {
    let mut open = Vec::new();
    let top = top(text);
    let safe = parsed(text).map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        Event::SoftBreak => Event::HardBreak,
        Event::Start(tag) => start(tag, place, top, &mut open),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lowered(level, top))),
        Event::End(end @ (TagEnd::Link | TagEnd::Image)) => match open.pop() {
            Some(Some(closing)) => Event::InlineHtml(closing.into()),
            Some(None) | None => Event::End(end),
        },
        kept @ (Event::End(_)
        | Event::Text(_)
        | Event::Code(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::FootnoteReference(_)
        | Event::HardBreak
        | Event::Rule
        | Event::TaskListMarker(_)) => kept,
    });
    let mut written = String::with_capacity(text.len() * 2);
    html::push_html(&mut written, safe);
    written
}

/// The beginning of something. Of links and pictures, `open` keeps what ends those that become something else.
fn start<'a>(tag: Tag<'a>, place: Place, top: usize, open: &mut Vec<Option<&'static str>>) -> Event<'a> {
    let mut instead = |opening: CowStr<'a>, closing| {
        open.push(Some(closing));
        Event::InlineHtml(opening)
    };
    match tag {
        Tag::Link { dest_url, title, .. } => match (place, is_followed(&dest_url)) {
            (Place::Preview, _) => instead("<span class=\"as-link\">".into(), "</span>"),
            (Place::Page, false) => instead("<span>".into(), "</span>"),
            (Place::Page, true) => instead(link(&dest_url, &title).into(), "</a>"),
        },
        Tag::Image { ref dest_url, .. } if place == Place::Page && is_own_picture(dest_url) => {
            open.push(None);
            Event::Start(tag)
        }
        Tag::Image { .. } => instead("<em>".into(), "</em>"),
        Tag::Heading { level, id, classes, attrs } => {
            Event::Start(Tag::Heading { level: lowered(level, top), id, classes, attrs })
        }
        // How a column is aligned would be said by a style in the page, which is not allowed there.
        Tag::Table(columns) => Event::Start(Tag::Table(vec![Alignment::None; columns.len()])),
        kept @ (Tag::Paragraph
        | Tag::BlockQuote(_)
        | Tag::CodeBlock(_)
        | Tag::HtmlBlock
        | Tag::List(_)
        | Tag::Item
        | Tag::FootnoteDefinition(_)
        | Tag::DefinitionList
        | Tag::DefinitionListTitle
        | Tag::DefinitionListDefinition
        | Tag::TableHead
        | Tag::TableRow
        | Tag::TableCell
        | Tag::Emphasis
        | Tag::Strong
        | Tag::Strikethrough
        | Tag::Superscript
        | Tag::Subscript
        | Tag::MetadataBlock(_)) => Event::Start(kept),
    }
}

/// The words alone, in one line.
pub fn plain(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for event in parsed(text) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::Rule => words.push(' '),
            Event::End(
                TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Superscript
                | TagEnd::Subscript
                | TagEnd::Link
                | TagEnd::Image,
            )
            | Event::Start(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
            // Whatever else ends, ends a line.
            Event::End(_) => words.push(' '),
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first sentences, as many as fit; the first words of a sentence that is longer.
pub fn excerpt(text: &str, most: usize) -> String {
    let plain = plain(text);
    let Some((end, _)) = plain.char_indices().nth(most) else { return plain };
    let first = &plain[..end];
    let is_end =
        |(at, mark): &(usize, char)| matches!(mark, '.' | '!' | '?') && plain[at + mark.len_utf8()..].starts_with(' ');
    if let Some((at, mark)) = first.char_indices().rev().find(is_end) {
        return first[..at + mark.len_utf8()].to_owned();
    }
    let words = first.rsplit_once(' ').map_or(first, |(words, _)| words);
    format!("{}…", words.trim_end_matches([',', ';', ':', ' ']))
}

fn parsed(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES)
}

/// The highest heading of a text; whoever begins with the second means the first.
fn top(text: &str) -> usize {
    let levels = parsed(text)
        .filter_map(|event| if let Event::End(TagEnd::Heading(level)) = event { Some(level as usize) } else { None });
    levels.min().unwrap_or(1)
}

/// The same heading below those of the page.
fn lowered(level: HeadingLevel, top: usize) -> HeadingLevel {
    HeadingLevel::try_from(level as usize - top + HIGHEST).unwrap_or(HeadingLevel::H6)
}

/// A link; other sites are told nothing of the page, and gain nothing by standing on it.
fn link(address: &str, title: &str) -> String {
    let rel = if address.starts_with('/') { "" } else { " rel=\"nofollow noopener noreferrer\"" };
    let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) };
    format!("<a href=\"{}\"{title}{rel}>", escaped(address))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Whether an address leads somewhere that a browser only goes to.
fn is_followed(address: &str) -> bool {
    let is_plain = !address.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\');
    let is_within = address.starts_with('/') && !address.starts_with("//");
    let address = address.to_ascii_lowercase();
    is_plain && (is_within || SCHEMES.iter().any(|scheme| address.starts_with(scheme)))
}

fn is_own_picture(address: &str) -> bool {
    address.strip_prefix("/images/").is_some_and(|file| media::parse_file_name(file).is_some())
}

#[cfg(test)]
mod tests {
    use super::{Place, excerpt, html, plain};

    #[test]
    fn markdown_becomes_html_below_the_headings_of_the_page() {
        let shown = html("# Bahan\n\nKatun *tebal*:\nsejuk\n\n- lembut\n\n##### Cuci\n", Place::Page);
        assert_eq!(
            shown,
            "<h3>Bahan</h3>\n<p>Katun <em>tebal</em>:<br />\nsejuk</p>\n<ul>\n<li>lembut</li>\n</ul>\n<h6>Cuci</h6>\n"
        );
        assert_eq!(html("## Bahan\n\n### Cuci", Place::Page), "<h3>Bahan</h3>\n<h4>Cuci</h4>\n");
        assert_eq!(html("# Bahan", Place::Preview), "<h3>Bahan</h3>\n");
        assert!(!html("|a|b|\n|:-|-:|\n|1|2|\n", Place::Page).contains("style"));
    }

    #[test]
    fn links_lead_on_where_that_is_harmless() {
        let page = |text: &str| html(text, Place::Page);
        assert_eq!(page("[ukuran](/about?a=1&b=2)"), "<p><a href=\"/about?a=1&amp;b=2\">ukuran</a></p>\n");
        assert_eq!(
            page("<https://contoh.id/a>"),
            "<p><a href=\"https://contoh.id/a\" rel=\"nofollow noopener noreferrer\">https://contoh.id/a</a></p>\n"
        );
        assert!(page("[a](https://contoh.id \"kata \\\"b\\\"\")").contains("title=\"kata &quot;b&quot;\""));
        for odd in ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//contoh.id", "vbscript:x"] {
            assert_eq!(page(&format!("[a]({odd})")), "<p><span>a</span></p>\n", "{odd}");
        }
        assert_eq!(html("[a](https://contoh.id)", Place::Preview), "<p><span class=\"as-link\">a</span></p>\n");
    }

    /// Pitfall S17.
    #[test]
    fn only_the_shops_own_pictures_are_shown() {
        let own = "![Kain dekat](/images/kain-800.webp)";
        assert_eq!(html(own, Place::Page), "<p><img src=\"/images/kain-800.webp\" alt=\"Kain dekat\" /></p>\n");
        assert_eq!(html(own, Place::Preview), "<p><em>Kain dekat</em></p>\n");
        for other in ["https://contoh.id/pixel.gif", "/images/../secret", "/images/a.webp", "data:image/png;base64,AA"]
        {
            assert_eq!(html(&format!("![a]({other})"), Place::Page), "<p><em>a</em></p>\n", "{other}");
        }
        let nested = "[![a](https://contoh.id/x.png)](/about)";
        assert_eq!(html(nested, Place::Page), "<p><a href=\"/about\"><em>a</em></a></p>\n");
    }

    #[test]
    fn the_words_of_a_description_end_where_a_sentence_does() {
        let text = "## Bahan\n\nKatun **tebal** dan [sejuk](/about).\nTidak panas <b>.\n\n1. satu\n2. dua";
        assert_eq!(plain(text), "Bahan Katun tebal dan sejuk. Tidak panas . satu dua");
        assert_eq!(excerpt(text, 160), plain(text));
        assert_eq!(excerpt("Satu dua. Tiga empat lima enam.", 20), "Satu dua.");
        assert_eq!(excerpt("Satu dua, tiga empat lima enam.", 11), "Satu dua…");
        assert_eq!(excerpt("Ukuran 1.5 meter panjangnya", 15), "Ukuran 1.5…");
        assert_eq!(excerpt("", 10), "");
    }
}
