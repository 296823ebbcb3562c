//! What a description will look like: Markdown as a page will show it, without anything that the window would run or fetch.

use domain::markdown::{Place, html};

/// The text as HTML. What was typed as HTML is shown as it was typed, a link is only marked, and a picture is its words.
pub(super) fn preview_of(text: &str) -> String {
    html(text, Place::Preview)
}

#[cfg(test)]
mod tests {
    use super::preview_of;

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
