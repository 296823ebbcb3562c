//! The goods: the list of products, one in its editor, and the tree of categories.

mod categories;
mod editor;
mod products;
mod texts;
mod words;

pub(crate) use categories::CategoriesScreen;
pub(crate) use editor::{NewProductScreen, ProductScreen};
pub(crate) use products::ProductsScreen;
pub(crate) use texts::{CategoryText, ProductText};
