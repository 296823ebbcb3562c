//! The way from all goods to what a page shows, shelf by shelf.

use domain::catalog::path_to;

use crate::layout::Layout;
use crate::texts::Frame;

/// A step of the way.
pub(crate) struct Crumb {
    pub(crate) name: String,
    /// Where it is, from the root of the shop.
    pub(crate) address: String,
}

/// The way to a category; to all goods alone where there is no such category.
pub(crate) fn to_category(layout: &Layout, slug: &str) -> Vec<Crumb> {
    let all = Crumb { name: layout.say(Frame::AllProducts), address: "/products".to_owned() };
    let path = path_to(&layout.categories, slug).into_iter().map(|category| Crumb {
        name: layout.of(&category.name).to_owned(),
        address: format!("/products?category={}", category.slug),
    });
    std::iter::once(all).chain(path).collect()
}
