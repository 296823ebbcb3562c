//! What is asked before a change of many products: its fields as they are typed, and the change that they mean.

use domain::carts::parse_quantity;
use domain::catalog::bulk::{Direction, Rounding, SaleStep, Step};
use domain::catalog::{BulkChange, CategoryTree, ProductStatus};
use domain::inventory::{MOST_AN_ORDER, MOST_UNITS};
use domain::money::{BasisPoints, Currency, Money};
use domain::problem::{FieldProblem, Fields};
use domain::text::TaxClassKey;
use yew::prelude::*;

use super::BulkKind;
use crate::catalog::texts::{BulkText, ProductText};
use crate::catalog::words::{status_name, tree_name};
use crate::desk::Desk;
use crate::kit::{Calendar, Choose, Form, choices, lens};

/// What is typed.
#[derive(Clone, Debug)]
pub(super) struct BulkDraft {
    kind: BulkKind,
    /// `up_percent`, `down_percent`, `up_amount` or `down_amount`; `percent`, `to` or `off` of a sale.
    how: String,
    value: String,
    rounding: String,
    from: String,
    until: String,
    /// The word of what was chosen.
    chosen: String,
    fewest: String,
    most: String,
    low_stock_limit: String,
}

impl BulkDraft {
    pub(super) fn blank(kind: BulkKind) -> Self {
        let how = if kind == BulkKind::Sale { "percent" } else { "up_percent" };
        let chosen = if kind == BulkKind::Status { ProductStatus::Active.as_str() } else { "" };
        Self {
            kind,
            how: how.to_owned(),
            value: String::new(),
            rounding: Rounding::None.as_str().to_owned(),
            from: String::new(),
            until: String::new(),
            chosen: chosen.to_owned(),
            fewest: String::new(),
            most: String::new(),
            low_stock_limit: String::new(),
        }
    }

    /// The change, or all that is wrong.
    pub(super) fn read(&self, currency: Currency, calendar: Calendar) -> Result<BulkChange, Vec<FieldProblem>> {
        let mut fields = Fields::default();
        let rounding = self.rounding.parse().unwrap_or(Rounding::None);
        let money = |text: &str| Money::read(text, currency);
        let change = match self.kind {
            BulkKind::Price => {
                let direction = if self.how.starts_with("down") { Direction::Down } else { Direction::Up };
                let by = match self.how.ends_with("amount") {
                    true => fields.take("by", money(&self.value).map(Step::Amount)),
                    false => fields.take("by", BasisPoints::read(&self.value).map(Step::Percent)),
                };
                by.map(|by| BulkChange::Price { direction, by, rounding })
            }
            BulkKind::Sale if self.how == "off" => Some(BulkChange::SaleOff),
            BulkKind::Sale => {
                let price = match self.how.as_str() {
                    "to" => fields.take("price", money(&self.value).map(SaleStep::To)),
                    _ => fields.take("price", BasisPoints::read(&self.value).map(SaleStep::PercentOff)),
                };
                let from = fields.take_optional("from", &self.from, |text| calendar.instant(text));
                let until = fields.take_optional("until", &self.until, |text| calendar.instant(text));
                price.map(|price| BulkChange::SaleOn { price, rounding, from, until })
            }
            BulkKind::Category => Some(BulkChange::Category(self.chosen.parse().ok())),
            BulkKind::Status => Some(BulkChange::Status(self.chosen.parse().unwrap_or(ProductStatus::Active))),
            BulkKind::TaxClass => Some(BulkChange::TaxClass(TaxClassKey::parse(&self.chosen).ok())),
            BulkKind::Limits => {
                let order = |text: &str| parse_quantity(text, MOST_AN_ORDER);
                let fewest = fields.take_optional("fewest", &self.fewest, order);
                let most = fields.take_optional("most", &self.most, order);
                let warn = |text: &str| parse_quantity(text, MOST_UNITS);
                let low_stock_limit = fields.take_optional("low_stock_limit", &self.low_stock_limit, warn);
                Some(BulkChange::Limits { fewest, most, low_stock_limit })
            }
            BulkKind::Delete => Some(BulkChange::Delete),
        };
        let problems = fields.into_problems();
        match change.filter(|_| problems.is_empty()) {
            Some(change) => change.tidied(),
            None => Err(problems),
        }
    }
}

/// The fields of a kind of change.
pub(super) fn draw_fields(
    form: &Form<BulkDraft>,
    kind: BulkKind,
    desk: &Desk,
    tree: &CategoryTree,
    tax_classes: &[(TaxClassKey, String)],
) -> Html {
    let say = |text: BulkText| text.text(desk.locale);
    let how = |of: Vec<(&'static str, BulkText)>| {
        let named = of.into_iter().map(|(word, text)| (word, text.text(desk.locale)));
        html! {
            <Choose id="bulk-how" label={say(BulkText::How)} choices={choices(named)} chosen={form.draft().how.clone()}
                on_choose={form.set(lens!(how))} />
        }
    };
    let chosen = |label: BulkText, of: Vec<(String, String)>| {
        html! {
            <Choose id="bulk-chosen" label={say(label)} choices={choices(of)} chosen={form.draft().chosen.clone()}
                on_choose={form.set(lens!(chosen))} />
        }
    };
    match kind {
        BulkKind::Price => html! {
            <>
                { how(vec![
                    ("up_percent", BulkText::UpPercent), ("down_percent", BulkText::DownPercent),
                    ("up_amount", BulkText::UpAmount), ("down_amount", BulkText::DownAmount),
                ]) }
                { value(form, "by", desk) }
                { rounding(form, desk) }
            </>
        },
        BulkKind::Sale => html! {
            <>
                { how(vec![("percent", BulkText::SalePercent), ("to", BulkText::SaleTo), ("off", BulkText::SaleEnds)]) }
                if form.draft().how != "off" {
                    { value(form, "price", desk) }
                    { rounding(form, desk) }
                    <div class="field-pair">
                        { Html::from(form.input("bulk-from", "from", say(BulkText::From), lens!(from)).time().hint(say(BulkText::FromHint))) }
                        { Html::from(form.input("bulk-until", "until", say(BulkText::Until), lens!(until)).time().hint(say(BulkText::UntilHint))) }
                    </div>
                }
            </>
        },
        BulkKind::Category => {
            let nothing = std::iter::once((String::new(), ProductText::NoCategory.text(desk.locale)));
            let rows = tree.0.iter().map(|row| (row.id.to_string(), tree_name(tree, row, desk.locale)));
            chosen(BulkText::CategoryTo, nothing.chain(rows).collect())
        }
        BulkKind::Status => {
            let all = ProductStatus::ALL.iter();
            chosen(BulkText::StatusTo, all.map(|it| (it.to_string(), status_name(*it).text(desk.locale))).collect())
        }
        BulkKind::TaxClass => {
            let word = |at: usize, key: &TaxClassKey| if at == 0 { String::new() } else { key.as_str().to_owned() };
            let all = tax_classes.iter().enumerate().map(|(at, (key, name))| (word(at, key), name.clone()));
            chosen(BulkText::TaxClassTo, all.collect())
        }
        BulkKind::Limits => html! {
            <>
                <p class="quiet">{ say(BulkText::LimitsHint) }</p>
                <div class="field-pair">
                    { Html::from(form.input("bulk-fewest", "fewest", say(BulkText::Fewest), lens!(fewest)).whole().first()) }
                    { Html::from(form.input("bulk-most", "most", say(BulkText::Most), lens!(most)).whole()) }
                </div>
                { Html::from(form.input("bulk-low", "low_stock_limit", say(BulkText::LowStock), lens!(low_stock_limit)).whole()) }
            </>
        },
        BulkKind::Delete => html! { <p>{ say(BulkText::DeleteHint) }</p> },
    }
}

fn value(form: &Form<BulkDraft>, path: &str, desk: &Desk) -> Html {
    let is_amount = form.draft().how.ends_with("amount") || form.draft().how == "to";
    let label = if is_amount { BulkText::Amount } else { BulkText::Percent };
    let input = form.input("bulk-value", path, label.text(desk.locale), lens!(value)).first();
    if is_amount { input.money(desk.currency()).into() } else { input.decimal().into() }
}

fn rounding(form: &Form<BulkDraft>, desk: &Desk) -> Html {
    let name = |rounding: &Rounding| match rounding {
        Rounding::None => BulkText::RoundNone,
        Rounding::To500 => BulkText::Round500,
        Rounding::To1000 => BulkText::Round1000,
        Rounding::End900 => BulkText::Round900,
    };
    let all = Rounding::ALL.iter().map(|rounding| (rounding.as_str(), name(rounding).text(desk.locale)));
    html! {
        <Choose id="bulk-rounding" label={BulkText::Rounding.text(desk.locale)} choices={choices(all)}
            chosen={form.draft().rounding.clone()} on_choose={form.set(lens!(rounding))} />
    }
}
