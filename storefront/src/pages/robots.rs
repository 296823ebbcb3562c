//! What search engines ask for: which pages are for them, and where all of them are.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use services::{Shop, catalog};

use crate::failure::Failure;

pub(crate) async fn robots(State(shop): State<Shop>) -> String {
    let home = home(&shop);
    format!(
        "User-agent: *\nDisallow: /cart\nDisallow: /checkout\nDisallow: /orders/\nDisallow: /api/\n\nSitemap: {home}/sitemap.xml\n"
    )
}

pub(crate) async fn sitemap(State(shop): State<Shop>) -> Result<Response, Failure> {
    let home = home(&shop);
    let fixed = ["/", "/products", "/about"].map(str::to_owned);
    let categories = catalog::categories(&shop).await?;
    let categories = categories
        .iter()
        .filter(|category| category.products > 0)
        .map(|category| format!("/products?category={}", category.slug));
    let products = catalog::all_slugs(&shop).await?.into_iter().map(|slug| format!("/products/{slug}"));

    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for path in fixed.into_iter().chain(categories).chain(products) {
        xml.push_str(&format!("  <url><loc>{}</loc></url>\n", escape(&format!("{home}{path}"))));
    }
    xml.push_str("</urlset>\n");
    Ok(([(CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response())
}

fn home(shop: &Shop) -> String {
    shop.public_url().trim_end_matches('/').to_owned()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn an_address_is_safe_inside_xml() {
        assert_eq!(escape("https://a.id/?a=1&b=<x>"), "https://a.id/?a=1&amp;b=&lt;x&gt;");
    }
}
