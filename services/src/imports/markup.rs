//! HTML of other shops to the Markdown of ours. What Markdown cannot say is named, so that nothing goes in silence.

use std::sync::{Arc, Mutex, PoisonError};

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BrStyle, BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown};

/// Elements that stand for something other than words.
const WORDLESS: [&str; 16] = [
    "img", "iframe", "video", "audio", "object", "embed", "svg", "canvas", "script", "style", "form", "input",
    "select", "textarea", "button", "map",
];
/// Tags that part paragraphs by themselves.
const BLOCKS: [&str; 9] = ["<p", "<div", "<ul", "<ol", "<table", "<h", "<blockquote", "<pre", "<section"];

/// The Markdown, and the elements that it cannot hold, each as `img: https://…` or by its name alone.
pub(super) fn markdown(html: &str) -> (String, Vec<String>) {
    let lost: Arc<Mutex<Vec<String>>> = Arc::default();
    let noted = Arc::clone(&lost);
    let note = move |_: &dyn Handlers, element: Element<'_>| -> Option<HandlerResult> {
        let source = element.attrs.iter().find(|attribute| matches!(&*attribute.name.local, "src" | "data"));
        let name = element.tag.to_owned();
        let named = source.map_or(name.clone(), |source| format!("{name}: {}", source.value));
        noted.lock().unwrap_or_else(PoisonError::into_inner).push(named);
        None
    };
    let options = Options {
        br_style: BrStyle::Backslash,
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    let converter = HtmlToMarkdown::builder().options(options).add_handler(WORDLESS.to_vec(), note).build();
    // It reads from memory; there is nothing that could fail.
    let text = converter.convert(html).unwrap_or_default();
    let lost = std::mem::take(&mut *lost.lock().unwrap_or_else(PoisonError::into_inner));
    (text.trim().to_owned(), lost)
}

/// The same for a text whose empty lines part paragraphs, as WordPress keeps it.
pub(super) fn wordpress(text: &str) -> (String, Vec<String>) {
    let text = text.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\r\n", "\n");
    if BLOCKS.iter().any(|tag| text.contains(tag)) {
        return markdown(&text);
    }
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    let html: String = paragraphs.map(|paragraph| format!("<p>{}</p>", paragraph.replace('\n', "<br>"))).collect();
    markdown(&html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_can_say_is_said() {
        let html = "<h2>Bahan</h2>\r\n<p>Linen <strong>lembut</strong> dan <em>ringan</em>,<br>dari \
                    <a href=\"https://contoh.id/linen\">Bali</a>.</p><ul><li>Cuci dingin</li><li>Setrika &amp; gantung</li></ul>";
        let (text, lost) = markdown(html);
        assert_eq!(
            text,
            "## Bahan\n\nLinen **lembut** dan *ringan*,\\\ndari [Bali](https://contoh.id/linen).\n\n- Cuci dingin\n- Setrika & gantung"
        );
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn words_that_look_like_markdown_stay_words() {
        let (text, _) = markdown("<p>5 * 3 * 2 cm</p><p>1. kelas</p><p># bukan judul</p><p>_x_ dan [y](z)</p>");
        let (again, _) = markdown(&format!("<p>{text}</p>"));
        assert!(text.contains("\\#") || text.contains("\\# "), "{text}");
        assert!(!again.is_empty());
        for words in ["kelas", "bukan judul", "5"] {
            assert!(text.contains(words), "{text}");
        }
        assert!(!text.contains("\n_x_") && text.contains("\\_x"), "{text}");
    }

    #[test]
    fn what_has_no_words_is_named() {
        let (text, lost) = markdown(
            "<p>Ukuran:</p><img src=\"https://a.example/size.png\"><iframe src=\"https://video.example/1\"></iframe><style>p{}</style>",
        );
        assert_eq!(text, "Ukuran:");
        assert_eq!(lost, ["img: https://a.example/size.png", "iframe: https://video.example/1", "style"]);
    }

    #[test]
    fn a_plain_text_keeps_its_paragraphs() {
        let (text, _) = wordpress("Satu baris\\ndua baris\n\nParagraf <b>dua</b>");
        assert_eq!(text, "Satu baris\\\ndua baris\n\nParagraf **dua**");
        assert_eq!(markdown("Kopi &amp; teh").0, "Kopi & teh");
        assert_eq!(markdown("").0, "");
    }
}
