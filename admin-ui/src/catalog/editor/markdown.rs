//! What a description will look like: Markdown as a page would show it, without anything that the window would run or fetch.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// The text as HTML. What was typed as HTML is shown as it was typed, a link is only marked, and a picture is its words.
pub(super) fn preview_of(text: &str) -> String {
    let parsed = Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES);
    let safe = parsed.map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        // In the window a link would lead away from what is being written.
        Event::Start(Tag::Link { .. }) => Event::InlineHtml("<span class=\"as-link\">".into()),
        Event::End(TagEnd::Link) => Event::InlineHtml("</span>".into()),
        Event::Start(Tag::Image { .. }) => Event::InlineHtml("<em>".into()),
        Event::End(TagEnd::Image) => Event::InlineHtml("</em>".into()),
        kept @ (Event::Start(_)
        | Event::End(_)
        | Event::Text(_)
        | Event::Code(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::FootnoteReference(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::Rule
        | Event::TaskListMarker(_)) => kept,
    });
    let mut written = String::with_capacity(text.len() * 2);
    html::push_html(&mut written, safe);
    written
}

#[cfg(test)]
mod tests {
    use super::preview_of;

    #[test]
    fn markdown_is_shown_as_a_page_would() {
        let shown = preview_of("# Bahan\n\nKatun *tebal*:\n\n- lembut\n- sejuk\n");
        assert_eq!(
            shown,
            "<h1>Bahan</h1>\n<p>Katun <em>tebal</em>:</p>\n<ul>\n<li>lembut</li>\n<li>sejuk</li>\n</ul>\n"
        );
    }

    /// Pitfall S8.
    #[test]
    fn nothing_that_was_typed_runs_or_is_fetched_in_the_window() {
        for typed in [
            "<script>alert(1)</script>",
            "text <img src=x onerror=alert(1)> text",
            "<div onclick=alert(1)>\n\n**b**\n\n</div>",
            "[click](javascript:alert(1))",
            "![<b>](https://example.com/pixel.gif)",
            "<https://example.com>",
            "`<b>`\n\n    <iframe>\n",
            "```\"><script>\n</script>\n```",
        ] {
            let shown = preview_of(typed);
            // What stands between angle brackets is a tag; everything that was typed as one is text by now.
            for tag in shown.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
                let plain = ["p", "em", "strong", "pre", "code", "span class=\"as-link\"", "span"];
                let language = tag.strip_prefix("code class=\"language-").and_then(|rest| rest.strip_suffix('"'));
                let is_safe =
                    plain.contains(&tag.trim_start_matches('/')) || language.is_some_and(|word| !word.contains('"'));
                assert!(is_safe, "{typed}: {tag}: {shown}");
            }
        }
    }
}
