//! How a product is taxed: the class that it is in, and the dialog that puts it into another.

use domain::catalog::{GetTaxClass, ProductId, ProductTax, SetTaxClass};
use domain::locale::Locale;
use domain::staff::Permission;
use domain::text::TaxClassKey;
use yew::prelude::*;

use crate::act::{ActDialog, set, use_acting};
use crate::desk::use_desk;
use crate::field::Choose;
use crate::icon::{Glyph, Icon};
use crate::ipc::use_command;
use crate::live::use_pulse;
use crate::texts::StockText;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct TaxClassCardProps {
    pub(super) product: ProductId,
    pub(super) name: String,
}

/// The class of a product; nothing where the shop taxes nothing.
#[component]
pub(super) fn TaxClassCard(props: &TaxClassCardProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let pulse = use_pulse();
    let asked = use_command(GetTaxClass { product_id: props.product }, pulse.settings);
    let is_open = use_state(|| false);
    let open = {
        let is_open = is_open.setter();
        Callback::from(move |_: MouseEvent| is_open.set(true))
    };
    let on_close = {
        let is_open = is_open.setter();
        Callback::from(move |()| is_open.set(false))
    };
    let tax = asked.answer.as_deref().and_then(|answer| answer.as_ref().ok());
    let Some(tax) = tax.filter(|tax| !tax.classes.is_empty()) else { return Html::default() };
    html! {
        <section class="card" id="tax-class" aria-labelledby="tax-class-title">
            <h2 id="tax-class-title" class="section-title">{ StockText::TaxClass.text(locale) }</h2>
            <p data-test="tax-class">{ name_of(tax, locale) }</p>
            if desk.staff.role.may(Permission::ChangeCatalog) {
                <button type="button" class="button" id="set-tax-class" onclick={open}>
                    <Icon of={Glyph::Settings} />{ StockText::ChangeTaxClass.text(locale) }
                </button>
            }
            if *is_open {
                <TaxClassDialog tax={tax.clone()} name={props.name.clone()} on_done={asked.replace.clone()} {on_close} />
            }
        </section>
    }
}

/// What people call the class that a product is in.
fn name_of(tax: &ProductTax, locale: Locale) -> String {
    match &tax.tax_class {
        None => default_name(tax, locale),
        Some(key) => {
            let named = tax.classes.iter().find(|(known, _)| known == key).map(|(_, name)| name.clone());
            named.unwrap_or_else(|| StockText::TaxClassGone.text(locale))
        }
    }
}

fn default_name(tax: &ProductTax, locale: Locale) -> String {
    let name = tax.classes.first().map(|(_, name)| name.clone()).unwrap_or_default();
    StockText::TaxClassDefault { name }.text(locale)
}

#[derive(Clone, PartialEq, Properties)]
struct TaxClassDialogProps {
    tax: ProductTax,
    name: String,
    on_done: Callback<ProductTax>,
    on_close: Callback<()>,
}

/// Asks for the class; the one that it is in is proposed.
#[component]
fn TaxClassDialog(props: &TaxClassDialogProps) -> Html {
    let locale = use_desk().locale;
    let word = |key: Option<&TaxClassKey>| key.map(|key| key.as_str().to_owned()).unwrap_or_default();
    let chosen = use_state(|| word(props.tax.tax_class.as_ref()));
    let acting = use_acting(props.on_done.clone(), props.on_close.clone());
    let by_default = (AttrValue::from(""), AttrValue::from(default_name(&props.tax, locale)));
    let classes = props.tax.classes.iter().map(|(key, name)| (word(Some(key)).into(), name.clone().into()));
    let choices: Vec<(AttrValue, AttrValue)> = std::iter::once(by_default).chain(classes).collect();
    let on_submit = {
        let (tax, name, chosen, acting) = (props.tax.clone(), props.name.clone(), chosen.clone(), acting.clone());
        Callback::from(move |()| {
            let tax_class = tax.classes.iter().map(|(key, _)| key).find(|key| key.as_str() == *chosen).cloned();
            let request = SetTaxClass { product_id: tax.product_id, tax_class, seen: tax.tax_class.clone() };
            acting.send(request, StockText::TaxClassSaved { product: name.clone() }.text(locale));
        })
    };
    html! {
        <ActDialog id="tax-class" title={StockText::TaxClassFor { product: props.name.clone() }.text(locale)}
            explanation={StockText::TaxClassExplain.text(locale)} confirm={StockText::Save.text(locale)}
            look="is-primary" problem={acting.problem()} is_working={acting.is_working()} {on_submit}
            on_close={props.on_close.clone()}>
            <Choose id="tax-class-choice" label={StockText::TaxClass.text(locale)} {choices} chosen={(*chosen).clone()}
                on_choose={set(&chosen)} />
            if let Some(error) = acting.error("tax_class") { <p class="field-error">{ error.text(locale) }</p> }
        </ActDialog>
    }
}
