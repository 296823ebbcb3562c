//! The dialog to add a voucher or to change one. When somebody else saved in between, it says so and keeps what is typed.

use domain::catalog::CategoryId;
use domain::locale::{Locale, Translated};
use domain::vouchers::{GetVoucher, VoucherDetail, VoucherId, VoucherRow};
use yew::prelude::*;

use super::draft::{Draft, Manner};
use super::{Editing, VoucherText};
use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{Check, Choose, Form, FormDialog, Input, KitText, Lens, Request, choices, lens, use_form};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct EditDialogProps {
    pub(super) editing: Editing,
    pub(super) categories: Vec<(CategoryId, Translated)>,
    pub(super) on_close: Callback<()>,
    pub(super) on_saved: Callback<()>,
}

/// Asks for everything that a voucher is.
#[component]
pub(super) fn EditDialog(props: &EditDialogProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let manner = Manner { currency: desk.currency(), locale, utc_offset_minutes: desk.calendar().utc_offset_minutes };
    let known = match &props.editing {
        Editing::New => None,
        Editing::Known(row) => Some(&**row),
    };
    let form = use_form(|| known.map_or_else(Draft::blank, |row| Draft::of(row, manner)));

    let read = {
        let known = known.cloned();
        move |draft: &Draft| {
            let said = move |saved: &VoucherRow| {
                VoucherText::Saved { code: saved.voucher.code.as_str().to_owned() }.text(locale)
            };
            Ok(Request::telling(draft.read(known.as_ref(), manner)?, said))
        }
    };
    let on_done = props.on_saved.reform(|_: VoucherRow| ());
    let reload = {
        let (saved, close) = (props.on_saved.clone(), props.on_close.clone());
        Callback::from(move |()| {
            saved.emit(());
            close.emit(());
        })
    };
    let title = match known {
        None => VoucherText::Add.text(locale),
        Some(row) => VoucherText::Edit { code: row.voucher.code.as_str().to_owned() }.text(locale),
    };
    let below = known.map(|row| html! { <Uses voucher={row.voucher.id} /> }).unwrap_or_default();
    html! {
        <FormDialog id="voucher" {title} confirm={KitText::Save.text(locale)} keep={VoucherText::Cancel.text(locale)}
            state={form.state()} on_submit={form.submit(read, &on_done, &props.on_close)} on_reload={reload}
            on_close={props.on_close.clone()} {below}>
            { fields(&form, locale) }
            if !props.categories.is_empty() {
                <fieldset class="field">
                    <legend>{ VoucherText::Categories.text(locale) }</legend>
                    for (id, name) in props.categories.iter() { { category(&form, *id, name.get(locale)) } }
                </fieldset>
            }
        </FormDialog>
    }
}

fn fields(form: &Form<Draft>, locale: Locale) -> Html {
    let say = |text: VoucherText| text.text(locale);
    let input = |id: &'static str, path: &str, text: VoucherText, lens: Lens<Draft, String>| -> Input {
        form.input(id, path, say(text), lens)
    };
    let kinds = [
        ("percent", say(VoucherText::Percent)),
        ("fixed", say(VoucherText::Amount)),
        ("free_delivery", say(VoucherText::FreeDelivery)),
    ];
    let occasions = [
        ("", say(VoucherText::ByHand)),
        ("welcome", say(VoucherText::ForWelcome)),
        ("top_spender", say(VoucherText::ForTopSpenders)),
    ];
    let draft = form.draft();
    html! {
        <>
            { input("voucher-code", "code", VoucherText::Code, lens!(code)).first() }
            <Choose id="voucher-kind" label={say(VoucherText::Kind)} choices={choices(kinds)} chosen={draft.kind.clone()}
                on_choose={form.set(lens!(kind))} />
            if draft.kind != "free_delivery" { { input("voucher-value", "terms.kind", VoucherText::Value, lens!(value)) } }
            if draft.kind != "fixed" { { input("voucher-cap", "terms.cap", VoucherText::Cap, lens!(cap)) } }
            { input("voucher-minimum", "terms.minimum_purchase", VoucherText::Minimum, lens!(minimum)) }
            { input("voucher-starts", "starts_at", VoucherText::StartsAt, lens!(starts_at)).time() }
            { input("voucher-ends", "ends_at", VoucherText::EndsAt, lens!(ends_at)).time() }
            { input("voucher-total", "total_limit", VoucherText::TotalLimit, lens!(total_limit)) }
            { input("voucher-customer", "customer_limit", VoucherText::CustomerLimit, lens!(customer_limit)) }
            <Check id="voucher-first" label={say(VoucherText::FirstOrderOnly)} is_ticked={draft.first_order_only}
                on_turn={form.turn(lens!(first_order_only))} />
            <Check id="voucher-personal" label={say(VoucherText::PersonalOnly)} is_ticked={draft.is_personal}
                on_turn={form.turn(lens!(is_personal))} />
            if draft.is_personal {
                <Choose id="voucher-occasion" label={say(VoucherText::Occasion)} choices={choices(occasions)}
                    chosen={draft.occasion.clone()} on_choose={form.set(lens!(occasion))} />
            }
        </>
    }
}

fn category(form: &Form<Draft>, id: CategoryId, name: &str) -> Html {
    let turn =
        form.change(move |draft: &mut Draft, ()| match draft.categories.iter().position(|chosen| *chosen == id) {
            Some(at) => {
                draft.categories.remove(at);
            }
            None => draft.categories.push(id),
        });
    html! {
        <Check id={format!("voucher-category-{id}")} label={name.to_owned()} on_turn={turn}
            is_ticked={form.draft().categories.contains(&id)} />
    }
}

#[derive(Clone, PartialEq, Properties)]
struct UsesProps {
    voucher: VoucherId,
}

/// The newest orders that used the voucher.
#[component]
fn Uses(props: &UsesProps) -> Html {
    let desk = use_desk();
    let asked = use_command(GetVoucher { voucher_id: props.voucher });
    match asked.answer.as_deref() {
        Some(Ok(detail)) => uses(&desk, detail),
        Some(Err(_)) | None => Html::default(),
    }
}

fn uses(desk: &Desk, detail: &VoucherDetail) -> Html {
    let locale = desk.locale;
    html! {
        <section aria-labelledby="voucher-uses-title">
            <h3 id="voucher-uses-title" class="section-title">{ VoucherText::Uses.text(locale) }</h3>
            if detail.owners > 0 {
                <p class="quiet">{ VoucherText::Owners { count: detail.owners }.text(locale) }</p>
            }
            if detail.uses.is_empty() {
                <p class="quiet">{ VoucherText::NoUses.text(locale) }</p>
            } else {
                <ul class="plain-list" id="voucher-uses">
                    for used in detail.uses.iter() {
                        <li class="numbers" key={used.order_number.clone()}>
                            { format!("{} · {} · {}", used.order_number, used.name, desk.calendar().brief(used.used_at)) }
                            if used.given_back_at.is_some() {
                                <span class="quiet">{ format!(" · {}", VoucherText::GivenBack.text(locale)) }</span>
                            }
                        </li>
                    }
                </ul>
            }
        </section>
    }
}
