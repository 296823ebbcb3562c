//! A product of a file laid over what the shop has of it: what the file does not speak of stays, and nothing is taken away.

use domain::catalog::{CategoryId, PictureDocument, ProductDocument, ProductId, StoredProduct, VariantDocument};
use domain::imports::Trouble;
use domain::locale::Translated;
use domain::message::Message;
use domain::money::Money;
use domain::problem::FieldProblem;
use domain::text::{self, Sku};

use super::goods::{Told, ToldStock, ToldVariant};
use choices::Choices;

mod choices;

/// What was found for a product of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Given<'a> {
    /// What the shop has of it.
    pub(super) stored: Option<&'a StoredProduct>,
    /// The address that it gets, if it had another.
    pub(super) slug: Option<&'a str>,
    /// Where it stands, if the file tells it.
    pub(super) category: Option<Option<CategoryId>>,
    /// For each told picture, its key in the store.
    pub(super) pictures: &'a [Option<String>],
    pub(super) related: Option<Vec<ProductId>>,
}

/// What is to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) document: ProductDocument,
    /// The variants that nobody gave a SKU: what they are called gives way to others.
    unnamed: Vec<usize>,
    /// By the position of the variant.
    pub(super) stock: Vec<(usize, ToldStock)>,
    rows: Rows,
}

/// Where the parts of a document stand in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    line: u32,
    variants: Vec<u32>,
    pictures: Vec<u32>,
}

/// Lays a product over what is stored of it, or over nothing; `column` names the column of a field.
pub(super) fn merged(told: &Told, given: &Given<'_>, column: &dyn Fn(&str) -> String) -> Result<Merged, Vec<Trouble>> {
    if told.variants.is_empty() && !told.troubles.is_empty() {
        return Err(told.troubles.clone());
    }
    let before = given.stored.map_or_else(empty, |stored| stored.document.clone());
    let mut troubles = told.troubles.clone();
    let mut document = before.clone();
    write_product(told, given, &mut document);
    let choices = Choices::of(&before, told.options.as_deref());
    document.options.clone_from(&choices.options);

    let mut rows = Rows { line: told.line, ..Rows::default() };
    document.pictures = pictures(told, given, &before, &choices, &mut rows);
    let matched = matches(told, &before, &choices);
    document.variants.clear();
    let mut stock = Vec::new();
    for (told_variant, at) in told.variants.iter().zip(&matched) {
        let base = at.map(|at| &before.variants[at]);
        if base.is_none()
            && told_variant.price.is_none()
            && !has_trouble(&troubles, told_variant.line, &column("variants.price"))
        {
            troubles.push(Trouble::new(told_variant.line, column("variants.price"), Message::Required));
        }
        if let Some(told) = told_variant.stock {
            stock.push((document.variants.len(), told));
        }
        let mut variant = base.cloned().unwrap_or_else(|| VariantDocument::at(Money::ZERO));
        if told.options.is_some() {
            variant.values = choices.told(&told_variant.values);
        }
        write_variant(told_variant, &mut variant);
        let shown = base.and_then(|base| base.picture).and_then(|at| place_of(&before, at, &document));
        variant.picture = match told_variant.picture {
            None => shown,
            Some(None) => None,
            Some(Some(at)) => {
                let key = given.pictures.get(at).and_then(Option::as_ref);
                key.map_or(shown, |key| document.pictures.iter().position(|picture| picture.key == *key))
            }
        };
        rows.variants.push(told_variant.line);
        document.variants.push(variant);
    }
    for (at, base) in before.variants.iter().enumerate().filter(|(at, _)| !matched.contains(&Some(*at))) {
        let Some(values) = choices.kept(&base.values) else {
            let message = Message::VariantHasOtherOptions { sku: base.sku.clone() };
            troubles.push(Trouble::new(told.line, column("options.name"), message));
            continue;
        };
        let picture = before.variants[at].picture.and_then(|at| place_of(&before, at, &document));
        rows.variants.push(told.line);
        document.variants.push(VariantDocument { values, picture, ..base.clone() });
    }
    choices.drop_unused(&mut document);
    let is_unnamed = |at: &usize| text::is_empty(&document.variants[*at].sku);
    let unnamed = (0..document.variants.len()).filter(is_unnamed).collect();
    match document.tidied() {
        Ok(document) if troubles.is_empty() => Ok(Merged { document, unnamed, stock, rows }),
        Ok(_) => Err(troubles),
        Err(problems) => {
            for trouble in rows.troubles(&problems, column) {
                // A cell that could not be read is told once.
                if !has_trouble(&troubles, trouble.line, &trouble.column) {
                    troubles.push(trouble);
                }
            }
            Err(troubles)
        }
    }
}

impl Merged {
    /// The document as it is to be saved: what has no SKU gets one there.
    pub(super) fn asked(&self) -> ProductDocument {
        let mut document = self.document.clone();
        for at in &self.unnamed {
            document.variants[*at].sku.clear();
        }
        document
    }

    /// What is wrong with the document, by the rows that it came from.
    pub(super) fn troubles(&self, problems: &[FieldProblem], column: &dyn Fn(&str) -> String) -> Vec<Trouble> {
        self.rows.troubles(problems, column)
    }
}

impl Rows {
    fn troubles(&self, problems: &[FieldProblem], column: &dyn Fn(&str) -> String) -> Vec<Trouble> {
        let trouble = |problem: &FieldProblem| {
            let at = problem.field.split_once('[').and_then(|(_, rest)| rest.split_once(']')?.0.parse::<usize>().ok());
            let lines = match problem.field.split(['[', '.']).next() {
                Some("variants") => &self.variants[..],
                Some("pictures") => &self.pictures[..],
                _ => &[],
            };
            let line = at.and_then(|at| lines.get(at)).copied().unwrap_or(self.line);
            Trouble::new(line, column(&without_places(&problem.field)), problem.message.clone())
        };
        problems.iter().map(trouble).collect()
    }
}

/// `variants[3].sku` is `variants.sku`.
fn without_places(path: &str) -> String {
    let mut plain = String::new();
    let mut is_place = false;
    for c in path.chars() {
        match c {
            '[' => is_place = true,
            ']' => is_place = false,
            c if !is_place => plain.push(c),
            _ => {}
        }
    }
    plain
}

fn has_trouble(troubles: &[Trouble], line: u32, column: &str) -> bool {
    troubles.iter().any(|trouble| trouble.line == line && trouble.column == column)
}

fn empty() -> ProductDocument {
    let mut document = ProductDocument::draft(Translated::default(), Money::ZERO);
    document.variants.clear();
    document
}

fn write_product(told: &Told, given: &Given<'_>, document: &mut ProductDocument) {
    if given.stored.is_none() {
        document.slug.clone_from(&told.slug);
    } else if let Some(slug) = given.slug {
        slug.clone_into(&mut document.slug);
    }
    told.name.over(&mut document.name);
    told.description.over(&mut document.description);
    told.seo_title.over(&mut document.seo_title);
    told.seo_text.over(&mut document.seo_text);
    if let Some(category) = given.category {
        document.category = category;
    }
    if let Some(status) = told.status {
        document.status = status;
    }
    if let Some(at) = told.publish_at {
        document.publish_at = at;
    }
    if let Some(class) = &told.tax_class {
        document.tax_class.clone_from(class);
    }
    if let Some(note) = &told.note {
        document.note.clone_from(note);
    }
    if let Some(related) = &given.related {
        document.related.clone_from(related);
    }
}

fn write_variant(told: &ToldVariant, variant: &mut VariantDocument) {
    fn over<T: Clone>(told: &Option<T>, value: &mut T) {
        if let Some(told) = told {
            value.clone_from(told);
        }
    }
    over(&told.sku, &mut variant.sku);
    over(&told.barcode, &mut variant.barcode);
    over(&told.price, &mut variant.price);
    over(&told.compare_at_price, &mut variant.compare_at_price);
    over(&told.cost, &mut variant.cost);
    over(&told.sale, &mut variant.sale);
    over(&told.weight_grams, &mut variant.weight_grams);
    over(&told.min_quantity, &mut variant.min_quantity);
    over(&told.max_quantity, &mut variant.max_quantity);
    over(&told.low_stock_limit, &mut variant.low_stock_limit);
}

/// For each told variant the one that is stored: by its SKU, or else by what is chosen.
fn matches(told: &Told, before: &ProductDocument, choices: &Choices) -> Vec<Option<usize>> {
    let by_sku = |variant: &ToldVariant| {
        let sku = Sku::typed(variant.sku.as_deref()?).ok()?;
        before.variants.iter().position(|base| base.sku == sku.as_str())
    };
    let mut matched: Vec<Option<usize>> = told.variants.iter().map(by_sku).collect();
    for (at, variant) in told.variants.iter().enumerate() {
        if matched[at].is_none() {
            let values = if told.options.is_some() { choices.told(&variant.values) } else { Vec::new() };
            let is_same = |base: &VariantDocument| choices.kept(&base.values).as_ref() == Some(&values);
            let found = before.variants.iter().position(is_same);
            matched[at] = found.filter(|found| !matched.contains(&Some(*found)));
        }
    }
    matched
}

/// The told pictures that are in the store, and behind them those that the product has already.
fn pictures(
    told: &Told,
    given: &Given<'_>,
    before: &ProductDocument,
    choices: &Choices,
    rows: &mut Rows,
) -> Vec<PictureDocument> {
    let mut pictures: Vec<PictureDocument> = Vec::new();
    let kept = |picture: &PictureDocument| {
        let shows = picture.shows.and_then(|(option, value)| choices.kept_value(option, value));
        PictureDocument { shows, ..picture.clone() }
    };
    for (told_picture, key) in told.pictures.iter().flatten().zip(given.pictures) {
        let Some(key) = key.as_ref().filter(|key| pictures.iter().all(|picture| picture.key != **key)) else {
            continue;
        };
        let base = before.pictures.iter().find(|picture| picture.key == *key).map(kept);
        let mut picture = base.unwrap_or_else(|| PictureDocument {
            key: key.clone(),
            alt: Translated::default(),
            centre: domain::catalog::Centre::default(),
            shows: None,
        });
        told_picture.alt.over(&mut picture.alt);
        if let Some(centre) = told_picture.centre {
            picture.centre = centre;
        }
        if let Some(shows) = told_picture.shows {
            picture.shows = shows.map(|(option, value)| choices.told_value(option, value));
        }
        rows.pictures.push(told_picture.line);
        pictures.push(picture);
    }
    for picture in &before.pictures {
        if pictures.iter().all(|other| other.key != picture.key) {
            rows.pictures.push(told.line);
            pictures.push(kept(picture));
        }
    }
    pictures
}

/// Where a picture of the one document stands in the other.
fn place_of(before: &ProductDocument, at: usize, after: &ProductDocument) -> Option<usize> {
    let key = &before.pictures.get(at)?.key;
    after.pictures.iter().position(|picture| picture.key == *key)
}

#[cfg(test)]
mod tests;
