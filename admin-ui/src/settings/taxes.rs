//! The page of taxes.

use domain::locale::Locale;
use domain::money::{Currency, Money};
use domain::pricing::{Basket, BasketLine, TaxRules, price};
use domain::problem::Fields;
use yew::prelude::*;

use super::SettingsText;
use super::draft::{ClassDraft, Draft};
use super::editor::Editor;
use crate::kit::{Button, Card, Choose, Glyph, Icon, choices, lens};

/// Classes with their rates, and how they meet the prices; without classes a way to start.
pub(super) fn page(editor: &Editor<'_>) -> Html {
    let locale = editor.locale;
    let draft = editor.draft();
    let add = editor.change(move |draft, _: MouseEvent| draft.classes.push(new_class(draft, locale)));
    if draft.classes.is_empty() {
        let use_ppn = editor.change(move |draft, _: MouseEvent| preset(draft, locale));
        return html! {
            <section class="card setting is-empty" id="no-taxes">
                <h2 class="section-title">{ SettingsText::NoTaxes.text(locale) }</h2>
                <p class="quiet">{ SettingsText::NoTaxesHint.text(locale) }</p>
                <div class="buttons">
                    <Button id="use-ppn" look="is-primary" text={SettingsText::UsePpn.text(locale)} onclick={use_ppn} />
                    <Button id="add-class" icon={Glyph::Plus} text={SettingsText::AddClass.text(locale)} onclick={add} />
                </div>
            </section>
        };
    }
    html! {
        <div class="settings-columns">
            <div class="settings-main">
                <Card id="tax-classes" class="setting" title={SettingsText::Classes.text(locale)}>
                    <p class="field-hint">{ SettingsText::ClassesHint.text(locale) }</p>
                    for place in 0..draft.classes.len() { { class(editor, place) } }
                    { editor.error_line("tax.classes") }
                    <div class="buttons">
                        <Button id="add-class" icon={Glyph::Plus} text={SettingsText::AddClass.text(locale)} onclick={add} />
                    </div>
                </Card>
            </div>
            <div class="settings-side">{ side(editor) }</div>
        </div>
    }
}

fn side(editor: &Editor<'_>) -> Html {
    let locale = editor.locale;
    let draft = editor.draft();
    let prices = [("yes", editor.say(SettingsText::Included)), ("no", editor.say(SettingsText::Added))];
    let untaxed = std::iter::once((String::new(), editor.say(SettingsText::DeliveryUntaxed)));
    let classes = draft.classes.iter().map(|class| (class.key.clone(), class.name.clone()));
    let example = draft.read_taxes(&mut Fields::default()).and_then(|tax| example(&tax, editor.currency(), locale));
    html! {
        <section class="card setting" id="tax-prices">
            <Choose id="prices-include-tax" label={SettingsText::PricesInclude.text(locale)} choices={choices(prices)}
                chosen={if draft.prices_include_tax { "yes" } else { "no" }}
                hint={Some(AttrValue::from(SettingsText::PricesHint.text(locale)))}
                on_choose={editor.change(|draft, word: String| draft.prices_include_tax = word == "yes")} />
            <Choose id="delivery-class" label={SettingsText::DeliveryClass.text(locale)} choices={choices(untaxed.chain(classes))}
                chosen={draft.delivery_class.clone()} on_choose={editor.set(lens!(delivery_class))}
                error={editor.error("tax.delivery_class")} />
            if let Some(example) = example {
                <div class="example" aria-live="polite">
                    <p class="quiet">{ SettingsText::Example.text(locale) }</p>
                    <p class="numbers" id="tax-example">{ example }</p>
                </div>
            }
        </section>
    }
}

fn class(editor: &Editor<'_>, place: usize) -> Html {
    let Some(class) = editor.draft().classes.get(place) else { return Html::default() };
    let locale = editor.locale;
    let path = format!("tax.classes.{place}");
    let remove = editor.change(move |draft, _: MouseEvent| {
        if place < draft.classes.len() {
            let gone = draft.classes.remove(place);
            if draft.delivery_class == gone.key {
                draft.delivery_class.clear();
            }
        }
    });
    let add = change(editor, place, |class| class.rates.push((String::new(), String::new())));
    html! {
        <div class="zone is-open" key={class.key.clone()} data-test="tax-class">
            <div class="zone-body">
                <div class="class-head">
                    { editor.line(&format!("{path}.name"), SettingsText::ClassName, &class.name,
                        move |draft, text| with(draft, place, |class| class.name = text)) }
                    if place == 0 { <span class="pill is-busy">{ SettingsText::Default.text(locale) }</span> }
                </div>
                if class.rates.is_empty() {
                    <p class="quiet">{ SettingsText::NoRates.text(locale) }</p>
                } else {
                    <table class="steps">
                        <thead><tr>
                            <th scope="col">{ SettingsText::RateName.text(locale) }</th>
                            <th scope="col">{ SettingsText::Rate.text(locale) }</th>
                            <td />
                        </tr></thead>
                        <tbody>
                            for line in 0..class.rates.len() { { rate(editor, place, class, line) } }
                        </tbody>
                    </table>
                }
                { editor.error_line(&format!("{path}.rates")) }
                <div class="class-foot">
                    <Button is_small={true} icon={Glyph::Plus} text={SettingsText::AddRate.text(locale)} onclick={add} />
                    <Button look="is-quiet is-danger" icon={Glyph::Remove} text={SettingsText::RemoveClass.text(locale)}
                        onclick={remove} />
                </div>
            </div>
        </div>
    }
}

fn rate(editor: &Editor<'_>, place: usize, class: &ClassDraft, line: usize) -> Html {
    let Some((name, rate)) = class.rates.get(line) else { return Html::default() };
    let path = format!("tax.classes.{place}.rates.{line}");
    let number = line + 1;
    let remove = change(editor, place, move |class| {
        if line < class.rates.len() {
            class.rates.remove(line);
        }
    });
    let set = move |draft: &mut Draft, set: &dyn Fn(&mut (String, String))| {
        with(draft, place, |class| {
            if let Some(rate) = class.rates.get_mut(line) {
                set(rate);
            }
        });
    };
    let label = SettingsText::RemoveRate { place: number }.text(editor.locale);
    html! {
        <tr key={line}>
            <td>
                { editor.line(&format!("{path}.name"), SettingsText::RateNameOf { place: number }, name,
                    move |draft, text| set(draft, &|rate| rate.0.clone_from(&text))).in_table() }
            </td>
            <td>
                { editor.line(&format!("{path}.rate"), SettingsText::RateOf { place: number }, rate,
                    move |draft, text| set(draft, &|rate| rate.1.clone_from(&text))).decimal().in_table() }
            </td>
            <td>
                <button type="button" class="icon-button" aria-label={label.clone()} title={label} onclick={remove}>
                    <Icon of={Glyph::Close} />
                </button>
            </td>
        </tr>
    }
}

fn change(
    editor: &Editor<'_>,
    place: usize,
    change: impl Fn(&mut ClassDraft) + Clone + 'static,
) -> Callback<MouseEvent> {
    editor.change(move |draft, _: MouseEvent| with(draft, place, change.clone()))
}

fn with(draft: &mut Draft, place: usize, change: impl FnOnce(&mut ClassDraft)) {
    if let Some(class) = draft.classes.get_mut(place) {
        change(class);
    }
}

fn new_class(draft: &Draft, locale: Locale) -> ClassDraft {
    ClassDraft {
        key: draft.free_key(),
        name: SettingsText::NewClass.text(locale),
        rates: vec![(String::new(), String::new())],
    }
}

fn preset(draft: &mut Draft, locale: Locale) {
    let rules = TaxRules::ppn();
    draft.prices_include_tax = rules.prices_include_tax;
    draft.classes = rules
        .classes
        .iter()
        .map(|class| ClassDraft {
            key: class.key.as_str().to_owned(),
            name: class.name.clone(),
            rates: class.rates.iter().map(|rate| (rate.name.clone(), rate.rate.digits(locale))).collect(),
        })
        .collect();
}

/// What the default class does to a round price.
fn example(tax: &TaxRules, currency: Currency, locale: Locale) -> Option<String> {
    let lines = [BasketLine {
        unit_price: Money::minor(
            10_i64.pow(currency.decimals()) * if currency.decimals() == 0 { 100_000 } else { 100 },
        ),
        quantity: 1,
        categories: Vec::new(),
        tax_class: None,
        weight_grams: 0,
    }];
    let priced = price(&Basket { lines: &lines, member: None, voucher: None, delivery: Money::ZERO, tax }).ok()?;
    let show = |amount: Money| amount.display(currency);
    let (goods, tax) = (show(priced.totals.subtotal), show(priced.totals.tax));
    Some(if priced.totals.tax_included {
        SettingsText::ExampleIncluded { price: goods, tax }.text(locale)
    } else {
        SettingsText::ExampleAdded { price: goods, tax, total: show(priced.totals.total) }.text(locale)
    })
}
