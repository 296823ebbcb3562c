//! The goods: the list of products, one in its editor, the tree of categories, goods from files, and what can be undone.

mod adding;
mod categories;
mod changes;
mod editor;
mod fields;
mod imports;
mod products;
mod texts;
mod undoing;
mod words;

pub(crate) use categories::CategoriesScreen;
pub(crate) use changes::{ChangeScreen, ChangesScreen, undone_text};
pub(crate) use editor::{NewProductScreen, ProductScreen};
pub(crate) use imports::{ImportText, ImportsScreen};
pub(crate) use products::ProductsScreen;
pub(crate) use texts::{CategoryText, ChangeText, ProductText};
