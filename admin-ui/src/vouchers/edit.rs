//! The dialog to add a voucher or to change one. When somebody else saved in between, it says so and keeps what is typed.

use domain::catalog::CategoryId;
use domain::locale::{Locale, Translated};
use domain::message::Message;
use domain::problem::Problem;
use domain::vouchers::{GetVoucher, VoucherDetail, VoucherId};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Editing;
use super::draft::{Draft, Manner};
use crate::desk::{Desk, use_desk};
use crate::dialog::Dialog;
use crate::field::{Choose, Field, error_of};
use crate::ipc::{self, use_command};
use crate::problem_box::ProblemLine;
use crate::texts::VoucherText;
use crate::toasts::{ToastMove, use_toaster};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct EditDialogProps {
    pub(super) editing: Editing,
    pub(crate) categories: Vec<(CategoryId, Translated)>,
    pub(crate) on_close: Callback<()>,
    pub(crate) on_saved: Callback<()>,
}

/// Asks for everything that a voucher is.
#[component]
pub(crate) fn EditDialog(props: &EditDialogProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let toaster = use_toaster();
    let manner = Manner { currency: desk.currency(), locale, utc_offset_minutes: desk.calendar().utc_offset_minutes };
    let known = match &props.editing {
        Editing::New => None,
        Editing::Known(row) => Some((**row).clone()),
    };
    let draft = {
        let known = known.clone();
        use_state(move || known.as_ref().map_or_else(Draft::blank, |row| Draft::of(row, manner)))
    };
    let problem = use_state(|| None::<Problem>);
    let is_working = use_state(|| false);

    let onsubmit = {
        let (props, draft, known) = (props.clone(), draft.clone(), known.clone());
        let (problem, is_working) = (problem.clone(), is_working.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *is_working {
                return;
            }
            let request = match draft.read(known.as_ref(), manner) {
                Ok(request) => request,
                Err(fields) => return problem.set(Some(Problem::invalid(fields))),
            };
            let (props, problem, is_working) = (props.clone(), problem.setter(), is_working.setter());
            let toaster = toaster.clone();
            is_working.set(true);
            spawn_local(async move {
                match ipc::call(&request).await {
                    Ok(saved) => {
                        let code = saved.voucher.code.as_str().to_owned();
                        toaster.dispatch(ToastMove::Done(VoucherText::Saved { code }.text(locale)));
                        props.on_saved.emit(());
                        props.on_close.emit(());
                    }
                    Err(refusal) => {
                        problem.set(Some(refusal));
                        is_working.set(false);
                    }
                }
            });
        })
    };
    let form = Form { desk: &desk, draft: &draft, problem: problem.as_ref() };
    let keep = props.on_close.reform(|_: MouseEvent| ());
    let is_stale = problem.as_ref().is_some_and(|problem| problem.message == Message::ChangedMeanwhile);
    let reload = {
        let (saved, close) = (props.on_saved.clone(), props.on_close.clone());
        Callback::from(move |_: MouseEvent| {
            saved.emit(());
            close.emit(());
        })
    };
    let title = match &known {
        None => VoucherText::Add.text(locale),
        Some(row) => VoucherText::Edit { code: row.voucher.code.as_str().to_owned() }.text(locale),
    };
    html! {
        <Dialog id="voucher-dialog" {title} on_close={props.on_close.clone()}>
            <form {onsubmit} novalidate={true}>
                { form.fields(&props.categories) }
                if let Some(problem) = &*problem { <ProblemLine problem={problem.clone()} /> }
                <div class="buttons is-end">
                    if is_stale {
                        <button type="button" class="button" id="voucher-reload" onclick={reload}>
                            { VoucherText::Reload.text(locale) }
                        </button>
                    }
                    <button type="button" class="button" id="voucher-keep" onclick={keep}>
                        { VoucherText::Cancel.text(locale) }
                    </button>
                    <button type="submit" class="button is-primary" id="voucher-save" aria-disabled={is_working.to_string()}>
                        { if *is_working { VoucherText::Saving } else { VoucherText::Save }.text(locale) }
                    </button>
                </div>
            </form>
            if let Some(row) = &known { <Uses voucher={row.voucher.id} /> }
        </Dialog>
    }
}

/// The fields, over the draft that they change.
struct Form<'a> {
    desk: &'a Desk,
    draft: &'a UseStateHandle<Draft>,
    problem: Option<&'a Problem>,
}

impl Form<'_> {
    fn fields(&self, categories: &[(CategoryId, Translated)]) -> Html {
        let locale = self.desk.locale;
        let say = |text: VoucherText| text.text(locale);
        let kinds = [
            ("percent", VoucherText::Percent),
            ("fixed", VoucherText::Amount),
            ("free_delivery", VoucherText::FreeDelivery),
        ];
        let occasions = [
            ("", VoucherText::ByHand),
            ("welcome", VoucherText::ForWelcome),
            ("top_spender", VoucherText::ForTopSpenders),
        ];
        let choices = |of: &[(&'static str, VoucherText)]| -> Vec<(AttrValue, AttrValue)> {
            of.iter().map(|(word, text)| ((*word).into(), text.text(locale).into())).collect()
        };
        html! {
            <>
                { self.field("voucher-code", "code", say(VoucherText::Code), |draft| &mut draft.code) }
                <Choose id="voucher-kind" label={say(VoucherText::Kind)} choices={choices(&kinds)}
                    chosen={self.draft.kind.clone()} on_choose={self.change(|draft, kind| draft.kind = kind)} />
                if self.draft.kind != "free_delivery" {
                    { self.field("voucher-worth", "terms.kind", say(VoucherText::Worth), |draft| &mut draft.worth) }
                }
                if self.draft.kind != "fixed" {
                    { self.field("voucher-cap", "terms.cap", say(VoucherText::Cap), |draft| &mut draft.cap) }
                }
                { self.field("voucher-minimum", "terms.minimum_purchase", say(VoucherText::Minimum), |draft| &mut draft.minimum) }
                { self.time("voucher-starts", "starts_at", say(VoucherText::StartsAt), |draft| &mut draft.starts_at) }
                { self.time("voucher-ends", "ends_at", say(VoucherText::EndsAt), |draft| &mut draft.ends_at) }
                { self.field("voucher-total", "total_limit", say(VoucherText::TotalLimit), |draft| &mut draft.total_limit) }
                { self.field("voucher-customer", "customer_limit", say(VoucherText::CustomerLimit), |draft| &mut draft.customer_limit) }
                { self.check("voucher-first", say(VoucherText::FirstOrderOnly), self.draft.first_order_only, |draft| {
                    draft.first_order_only = !draft.first_order_only;
                }) }
                { self.check("voucher-personal", say(VoucherText::PersonalOnly), self.draft.is_personal, |draft| {
                    draft.is_personal = !draft.is_personal;
                }) }
                if self.draft.is_personal {
                    <Choose id="voucher-occasion" label={say(VoucherText::Occasion)} choices={choices(&occasions)}
                        chosen={self.draft.occasion.clone()}
                        on_choose={self.change(|draft, word| draft.occasion = word)} />
                }
                if !categories.is_empty() {
                    <fieldset class="field">
                        <legend>{ say(VoucherText::Categories) }</legend>
                        for (id, name) in categories.iter() { { self.category(*id, name, locale) } }
                    </fieldset>
                }
            </>
        }
    }

    fn category(&self, id: CategoryId, name: &Translated, locale: Locale) -> Html {
        let is_chosen = self.draft.categories.contains(&id);
        self.check(&format!("voucher-category-{id}"), name.get(locale).to_owned(), is_chosen, move |draft| {
            if is_chosen {
                draft.categories.retain(|chosen| *chosen != id);
            } else {
                draft.categories.push(id);
            }
        })
    }

    fn field(&self, id: &'static str, path: &str, label: String, part: fn(&mut Draft) -> &mut String) -> Html {
        self.input(id, path, label, "text", part)
    }

    fn time(&self, id: &'static str, path: &str, label: String, part: fn(&mut Draft) -> &mut String) -> Html {
        self.input(id, path, label, "datetime-local", part)
    }

    fn input(
        &self,
        id: &'static str,
        path: &str,
        label: String,
        kind: &'static str,
        part: fn(&mut Draft) -> &mut String,
    ) -> Html {
        let value = part(&mut (**self.draft).clone()).clone();
        let error = self.problem.and_then(|problem| error_of(&problem.fields, path));
        let on_change = self.change(move |draft, text| *part(draft) = text);
        html! { <Field {id} {label} {value} {on_change} {kind} {error} is_first={id == "voucher-code"} /> }
    }

    fn check(&self, id: &str, label: String, is_chosen: bool, turn: impl Fn(&mut Draft) + 'static) -> Html {
        let onchange = self.change(move |draft, _: Event| turn(draft));
        html! {
            <label class="check" for={id.to_owned()}>
                <input type="checkbox" id={id.to_owned()} checked={is_chosen} {onchange} />{ label }
            </label>
        }
    }

    fn change<T: 'static>(&self, change: impl Fn(&mut Draft, T) + 'static) -> Callback<T> {
        let draft = self.draft.clone();
        Callback::from(move |value: T| {
            let mut changed = (*draft).clone();
            change(&mut changed, value);
            draft.set(changed);
        })
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
    let asked = use_command(GetVoucher { voucher_id: props.voucher }, 0);
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
