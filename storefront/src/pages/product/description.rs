//! The description of a product: written by `domain::markdown`, and looked through once more before it stands in a page.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use domain::markdown::{Place, html as written};

/// What a description is made of, and nothing else: no script, no style, no frame, no form.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "span",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ];
    let attributes = [("a", &["href", "title", "rel"][..]), ("img", &["src", "alt", "title"]), ("ol", &["start"])];
    let attributes: HashMap<&str, HashSet<&str>> =
        attributes.into_iter().map(|(tag, names)| (tag, names.iter().copied().collect())).collect();
    let mut cleaner = Builder::empty();
    cleaner
        .tags(tags.into_iter().collect())
        .tag_attributes(attributes)
        .url_schemes(["http", "https", "mailto", "tel"].into_iter().collect())
        .url_relative(UrlRelative::PassThrough)
        // The writer says it of each link that leads away.
        .link_rel(None);
    cleaner
});

/// The text as HTML that any page may hold.
pub(super) fn html(text: &str) -> String {
    CLEANER.clean(&written(text, Place::Page)).to_string()
}

#[cfg(test)]
mod tests {
    use super::{CLEANER, html};

    #[test]
    fn what_is_written_goes_through_as_it_is() {
        let text = "# Bahan\n\nKatun *tebal* dan [sejuk](/about), ![kain](/images/kain-800.webp)\nlembut.\n\n3. tiga\n\n> kata\n\n|a|b|\n|-|-|\n|1|2|\n\n<https://contoh.id>";
        let shown = html(text);
        for part in [
            "<h3>Bahan</h3>",
            "<em>tebal</em>",
            "<a href=\"/about\">sejuk</a>",
            "<img src=\"/images/kain-800.webp\" alt=\"kain\">",
            "<br>",
            "<ol start=\"3\">",
            "<blockquote>",
            "<th>a</th>",
            "rel=\"nofollow noopener noreferrer\"",
        ] {
            assert!(shown.contains(part), "{part} in {shown}");
        }
    }

    /// Pitfall S8. Pitfall S17.
    #[test]
    fn nothing_that_runs_or_is_fetched_gets_through_either_of_both() {
        let typed = [
            "<script>alert(1)</script>",
            "<p style=\"color:red\" onclick=\"alert(1)\">a</p>",
            "<img src=x onerror=alert(1)>",
            "<iframe src=\"https://contoh.id\"></iframe>",
            "<svg><script>alert(1)</script></svg>",
            "<a href=\"javascript:alert(1)\">a</a>",
            "[a](javascript:alert(1))",
            "![a](https://contoh.id/pixel.gif)",
        ];
        for text in typed {
            let shown = html(text);
            // Whatever was typed as a tag is words by now.
            for odd in ["<script", "<iframe", "<svg", "<p style", "<img", "<a href=\"javascript"] {
                assert!(!shown.contains(odd), "{text}: {shown}");
            }
            let alone = CLEANER.clean(text).to_string();
            for odd in ["<script", "<iframe", "<svg", "style=", "onclick", "onerror", "\"javascript:"] {
                assert!(!alone.contains(odd), "{text}: {alone}");
            }
        }
    }
}
