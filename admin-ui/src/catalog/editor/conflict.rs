//! Two people changed one product: what only one of them changed is kept, and what both changed is for a person to choose.

use domain::catalog::differences::{self, Facts, FieldPath, ORDER};
use domain::catalog::{ProductDocument, StoredProduct};
use serde_json::{Value, json};

/// What both changed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Conflict {
    pub(super) base: ProductDocument,
    pub(super) mine: ProductDocument,
    pub(super) theirs: StoredProduct,
    /// The fields that both changed, each to something else.
    pub(super) choices: Vec<Choice>,
    /// How many fields the other changed alone.
    pub(super) taken: usize,
}

/// A field with both values; nothing where one of them took it away.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    pub(super) path: FieldPath,
    pub(super) mine: Option<Value>,
    pub(super) theirs: Option<Value>,
}

impl Conflict {
    /// What two people made of a product.
    pub(super) fn between(base: ProductDocument, mine: ProductDocument, theirs: StoredProduct) -> Self {
        let facts = [&base, &mine, &theirs.document].map(differences::facts);
        let [of_base, of_mine, of_theirs] = &facts;
        let mut choices = Vec::new();
        let mut taken = 0;
        for difference in differences::between(of_base, of_theirs) {
            let path = difference.path;
            if is_order(&path) {
                continue;
            }
            let (mine, theirs) = (of_mine.get(&path), of_theirs.get(&path));
            if mine == of_base.get(&path) {
                taken += 1;
            } else if mine != theirs && is_listed(of_mine, &path) && is_listed(of_theirs, &path) {
                choices.push(Choice { path, mine: mine.cloned(), theirs: theirs.cloned() });
            }
        }
        Self { base, mine, theirs, choices, taken }
    }

    /// The product with what each changed alone, and with mine where it was chosen; theirs elsewhere.
    pub(super) fn merged(&self, mine_is_chosen: &[bool]) -> ProductDocument {
        let facts = [&self.base, &self.mine, &self.theirs.document].map(differences::facts);
        let [base, mine, theirs] = &facts;
        let mut merged = theirs.clone();
        for difference in differences::between(base, mine) {
            let path = difference.path;
            let is_theirs = base.get(&path) != theirs.get(&path);
            let choice = self.choices.iter().position(|choice| choice.path == path);
            if is_order(&path) {
                let order = ordered(base.get(&path), mine.get(&path), theirs.get(&path));
                merged.insert(path, order);
            } else if !is_theirs || choice.is_some_and(|at| mine_is_chosen.get(at) == Some(&true)) {
                match mine.get(&path) {
                    Some(value) => merged.insert(path, value.clone()),
                    None => merged.remove(&path),
                };
            }
        }
        // What cannot be put together stays as it is stored: nothing of theirs is lost, and mine is still in the form's past.
        differences::document(&merged).unwrap_or_else(|| self.theirs.document.clone())
    }
}

fn is_order(path: &FieldPath) -> bool {
    path.last().is_some_and(|name| name == ORDER)
}

/// Whether the row that a path leads to is there: what becomes of a whole row is told by the order alone.
fn is_listed(facts: &Facts, path: &FieldPath) -> bool {
    let (Some(list), Some(row)) = (path.first(), path.get(1)) else { return true };
    match facts.get(&vec![list.clone(), ORDER.to_owned()]) {
        Some(order) => names(Some(order)).contains(row),
        None => true,
    }
}

/// Rows of a list of which each of two people may have added, removed and moved some.
fn ordered(base: Option<&Value>, mine: Option<&Value>, theirs: Option<&Value>) -> Value {
    let [base, mine, theirs] = [base, mine, theirs].map(names);
    if theirs == base {
        return json!(mine);
    }
    let is_removed = |name: &String| base.contains(name) && !mine.contains(name);
    let mut order: Vec<String> = theirs.iter().filter(|name| !is_removed(name)).cloned().collect();
    let added = mine.into_iter().filter(|name| !base.contains(name) && !theirs.contains(name));
    order.extend(added);
    json!(order)
}

fn names(order: Option<&Value>) -> Vec<String> {
    let names = order.and_then(Value::as_array).into_iter().flatten();
    names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::catalog::{OptionDocument, OptionId, OptionValueId, ProductDocument, ProductId, ProductStatus};
    use domain::catalog::{StoredProduct, ValueDocument, VariantDocument, VariantId};
    use domain::locale::Translated;
    use domain::money::Money;

    use super::Conflict;

    fn shirt() -> ProductDocument {
        let mut document = ProductDocument::draft(Translated::same("Kemeja"), Money::minor(100));
        let value = |id, text: &str| ValueDocument {
            id: Some(OptionValueId::new(id)),
            value: Translated::same(text),
            swatch: None,
        };
        document.options = vec![OptionDocument {
            id: Some(OptionId::new(1)),
            name: Translated::same("Ukuran"),
            values: vec![value(1, "S"), value(2, "M")],
        }];
        document.variants = [(0, 7), (1, 8)]
            .map(|(at, id)| VariantDocument {
                id: Some(VariantId::new(id)),
                values: vec![at],
                sku: format!("K-{id}"),
                ..VariantDocument::at(Money::minor(100))
            })
            .to_vec();
        document
    }

    fn stored(document: ProductDocument) -> StoredProduct {
        StoredProduct {
            product_id: ProductId::new(1),
            version: 2,
            document,
            stock: Vec::new(),
            pictures: Vec::new(),
            related: Vec::new(),
            is_sold: false,
            created_at: DateTime::default(),
            updated_at: DateTime::default(),
        }
    }

    #[test]
    fn what_only_one_changed_is_kept_without_a_question() {
        let (mut mine, mut theirs) = (shirt(), shirt());
        mine.variants[0].price = Money::minor(120);
        theirs.variants[1].price = Money::minor(90);
        theirs.status = ProductStatus::Active;
        let conflict = Conflict::between(shirt(), mine, stored(theirs));
        assert_eq!((conflict.choices.len(), conflict.taken), (0, 2));
        let merged = conflict.merged(&[]);
        assert_eq!(merged.variants.iter().map(|it| it.price.get()).collect::<Vec<_>>(), [120, 90]);
        assert_eq!(merged.status, ProductStatus::Active);
    }

    #[test]
    fn what_both_changed_is_chosen_field_by_field() {
        let (mut mine, mut theirs) = (shirt(), shirt());
        mine.variants[0].price = Money::minor(120);
        mine.name.id = "Kemeja Linen".to_owned();
        theirs.variants[0].price = Money::minor(90);
        theirs.name.id = "Kemeja Katun".to_owned();
        let conflict = Conflict::between(shirt(), mine, stored(theirs));
        let paths: Vec<String> = conflict.choices.iter().map(|choice| choice.path.join(".")).collect();
        assert_eq!(paths, ["name.id", "variants.#7.price"]);
        let merged = conflict.merged(&[true, false]);
        assert_eq!((&*merged.name.id, merged.variants[0].price), ("Kemeja Linen", Money::minor(90)));
        let merged = conflict.merged(&[false, true]);
        assert_eq!((&*merged.name.id, merged.variants[0].price), ("Kemeja Katun", Money::minor(120)));
    }

    #[test]
    fn both_wanting_the_same_is_no_conflict() {
        let (mut mine, mut theirs) = (shirt(), shirt());
        mine.variants[0].price = Money::minor(120);
        theirs.variants[0].price = Money::minor(120);
        let conflict = Conflict::between(shirt(), mine.clone(), stored(theirs));
        assert_eq!(conflict.choices, []);
        assert_eq!(conflict.merged(&[]), mine);
    }

    #[test]
    fn values_that_each_added_are_both_there() {
        let (mut mine, mut theirs) = (shirt(), shirt());
        let add = |document: &mut ProductDocument, text: &str| {
            document.add_value(0, ValueDocument { value: Translated::same(text), ..ValueDocument::default() });
            document.generate().unwrap();
        };
        add(&mut mine, "L");
        add(&mut theirs, "XL");
        theirs.options[0].values[2].id = Some(OptionValueId::new(3));
        theirs.variants[2].id = Some(VariantId::new(9));
        let conflict = Conflict::between(shirt(), mine, stored(theirs));
        assert_eq!(conflict.choices, []);
        let merged = conflict.merged(&[]);
        let values: Vec<&str> = merged.options[0].values.iter().map(|value| value.value.id.as_str()).collect();
        assert_eq!(values, ["S", "M", "XL", "L"]);
        assert_eq!(merged.variants.len(), 4);
        assert_eq!(merged.variants[3].values, [3]);
    }

    #[test]
    fn a_variant_that_one_took_away_stays_away_whatever_the_other_changed_of_it() {
        let (mut mine, mut theirs) = (shirt(), shirt());
        mine.variants.remove(1);
        theirs.variants[1].price = Money::minor(90);
        let conflict = Conflict::between(shirt(), mine, stored(theirs));
        assert_eq!(conflict.choices, []);
        assert_eq!(conflict.merged(&[]).variants.len(), 1);
    }
}
