//! How a product is taxed: the class that it is in, and the dialog that puts it into another.

use domain::catalog::{GetTaxClass, ProductId, ProductTax, SetTaxClass};
use domain::locale::Locale;
use domain::staff::Permission;
use domain::text::TaxClassKey;
use yew::prelude::*;

use super::StockText;
use crate::desk::use_desk;
use crate::ipc::use_command;
use crate::kit::{
    Button, Card, Choose, FormDialog, Glyph, KitText, Request, choices, lens, use_dialog, use_form, use_locale,
};

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
    let asked = use_command(GetTaxClass { product_id: props.product });
    let dialog = use_dialog::<()>();
    let Some(tax) = asked.reply().filter(|tax| !tax.classes.is_empty()) else { return Html::default() };
    html! {
        <Card id="tax-class" title={StockText::TaxClass.text(locale)}>
            <p data-test="tax-class">{ name_of(tax, locale) }</p>
            if desk.may(Permission::ChangeCatalog) {
                <Button id="set-tax-class" icon={Glyph::Settings} text={StockText::ChangeTaxClass.text(locale)}
                    onclick={dialog.opens(())} />
            }
            if dialog.what().is_some() {
                <TaxClassDialog tax={tax.clone()} name={props.name.clone()} on_done={asked.replace.clone()}
                    on_close={dialog.close()} />
            }
        </Card>
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
    let locale = use_locale();
    let word = |key: Option<&TaxClassKey>| key.map(|key| key.as_str().to_owned()).unwrap_or_default();
    let form = use_form(|| word(props.tax.tax_class.as_ref()));
    let classes = props.tax.classes.iter().map(|(key, name)| (word(Some(key)), name.clone()));
    let by_default = std::iter::once((String::new(), default_name(&props.tax, locale)));
    let read = {
        let (tax, product) = (props.tax.clone(), props.name.clone());
        move |chosen: &String| {
            let tax_class = tax.classes.iter().map(|(key, _)| key).find(|key| key.as_str() == chosen).cloned();
            let request = SetTaxClass { product_id: tax.product_id, tax_class, seen: tax.tax_class.clone() };
            Ok(Request::new(request, StockText::TaxClassSaved { product: product.clone() }.text(locale)))
        }
    };
    html! {
        <FormDialog id="tax-class" title={StockText::TaxClassFor { product: props.name.clone() }.text(locale)}
            explanation={StockText::TaxClassExplain.text(locale)} confirm={KitText::Save.text(locale)}
            state={form.state()} on_submit={form.submit(read, &props.on_done, &props.on_close)}
            on_close={props.on_close.clone()}>
            <Choose id="tax-class-choice" label={StockText::TaxClass.text(locale)} chosen={form.draft().clone()}
                choices={choices(by_default.chain(classes))} on_choose={form.set(lens!())}
                error={form.error("tax_class")} />
        </FormDialog>
    }
}
