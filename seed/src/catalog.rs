//! Categories and products of the demo shop. Prices are whole rupiah; every text is there in Indonesian and English.

use domain::locale::Translated;
use serde::Deserialize;

/// A shelf of the shop; categories stand in the order of the menu.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    pub slug: String,
    pub name: Translated,
    pub description: Translated,
    /// The key of a picture of one of its products.
    pub picture: String,
}

/// A product with all its variants; it always has at least one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    pub slug: String,
    /// The slug of its category.
    pub category: String,
    pub name: Translated,
    /// Plain text; paragraphs are parted by an empty line.
    pub description: Translated,
    pub price: i64,
    /// The struck price; always above `price`.
    #[serde(default)]
    pub compare_at: Option<i64>,
    pub weight_grams: u32,
    /// How often it is bought, compared with the others.
    pub popularity: u32,
    /// Empty for a product without a choice.
    pub options: Vec<ProductOption>,
    pub variants: Vec<Variant>,
    /// The first one is the product's face.
    pub pictures: Vec<Picture>,
}

/// Something to choose, such as a colour, with its values in their logical order.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductOption {
    pub name: Translated,
    pub values: Vec<OptionValue>,
}

/// One value of an option. The Indonesian text names it within the seed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionValue {
    pub id: String,
    pub en: String,
    /// `#rrggbb`, for colours only.
    #[serde(default)]
    pub swatch: Option<String>,
}

/// A thing that can be bought: one value for each option of its product, in the order of the options.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    pub sku: String,
    /// Indonesian texts of the values.
    pub options: Vec<String>,
    /// What a shopper may buy once every planned order is in; 0 is sold out.
    pub stock: u32,
}

/// A picture in the store of pictures.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// The files are `{key}-{400,800,1200}.webp`.
    pub key: String,
    pub alt: Translated,
    /// The colour (Indonesian text) that it shows; absent when it stands for all.
    #[serde(default)]
    pub shows: Option<String>,
}

/// The categories, in the order of the menu.
pub fn categories() -> Vec<Category> {
    #[derive(Deserialize)]
    struct File {
        category: Vec<Category>,
    }
    crate::parse::<File>("categories.toml", include_str!("../data/categories.toml")).category
}

/// Every product, category by category.
pub fn products() -> Vec<Product> {
    #[derive(Deserialize)]
    struct File {
        product: Vec<Product>,
    }
    let files = [
        ("products/atasan.toml", include_str!("../data/products/atasan.toml")),
        ("products/bawahan.toml", include_str!("../data/products/bawahan.toml")),
        ("products/gaun.toml", include_str!("../data/products/gaun.toml")),
        ("products/luaran.toml", include_str!("../data/products/luaran.toml")),
        ("products/sepatu.toml", include_str!("../data/products/sepatu.toml")),
        ("products/aksesori.toml", include_str!("../data/products/aksesori.toml")),
    ];
    files.into_iter().flat_map(|(name, text)| crate::parse::<File>(name, text).product).collect()
}
