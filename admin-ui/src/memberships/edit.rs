//! The dialog to add a plan or to change one. What is typed stays text until it is sent.

use domain::locale::{Locale, Translated};
use domain::memberships::{Period, PlanRow, SavePlan};
use domain::money::{BasisPoints, Currency, Money};
use domain::problem::{FieldProblem, Fields};
use yew::prelude::*;

use crate::act::{ActDialog, Acting, use_acting};
use crate::desk::use_desk;
use crate::field::{Choose, Field};
use crate::texts::MemberText;

/// A plan as it stands in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Draft {
    name: Translated,
    description: Translated,
    period: String,
    price: String,
    percent_off: String,
    free_delivery: bool,
}

impl Draft {
    fn of(known: Option<&PlanRow>, currency: Currency, locale: Locale) -> Self {
        let plan = known.map(|row| row.plan.clone());
        let period = plan.as_ref().map_or(Period::Monthly, |plan| plan.period);
        Self {
            name: plan.as_ref().map(|plan| plan.name.clone()).unwrap_or_default(),
            description: plan.as_ref().map(|plan| plan.description.clone()).unwrap_or_default(),
            period: period.as_str().to_owned(),
            price: plan.as_ref().map(|plan| plan.price.digits(currency)).unwrap_or_default(),
            percent_off: plan.as_ref().map(|plan| plan.percent_off.digits(locale)).unwrap_or_default(),
            free_delivery: plan.is_some_and(|plan| plan.free_delivery),
        }
    }

    /// Reads the form, or says what cannot be read; what a shop cannot work with, the service refuses.
    fn read(&self, known: Option<&PlanRow>, currency: Currency) -> Result<SavePlan, FieldProblem> {
        let mut fields = Fields::default();
        let price = fields.take("price", Money::read(&self.price, currency));
        let percent_off = fields.take_optional("percent_off", &self.percent_off, BasisPoints::read);
        if let Some(problem) = fields.into_problems().into_iter().next() {
            return Err(problem);
        }
        Ok(SavePlan {
            plan_id: known.map(|row| row.plan.id),
            version: known.map_or(0, |row| row.version),
            name: self.name.clone(),
            description: self.description.clone(),
            period: self.period.parse().unwrap_or(Period::Monthly),
            price: price.unwrap_or_default(),
            percent_off: percent_off.unwrap_or_default(),
            free_delivery: self.free_delivery,
            is_active: known.is_none_or(|row| row.plan.is_active),
        })
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(super) struct EditDialogProps {
    pub(super) known: Option<PlanRow>,
    pub(super) on_close: Callback<()>,
    pub(super) on_done: Callback<PlanRow>,
}

/// Asks for everything that a plan is.
#[component]
pub(super) fn EditDialog(props: &EditDialogProps) -> Html {
    let desk = use_desk();
    let (locale, currency) = (desk.locale, desk.currency());
    let draft = {
        let known = props.known.clone();
        use_state(move || Draft::of(known.as_ref(), currency, locale))
    };
    let acting = use_acting(props.on_done.clone(), props.on_close.clone());
    let on_submit = {
        let (acting, draft, known) = (acting.clone(), draft.clone(), props.known.clone());
        Callback::from(move |()| match draft.read(known.as_ref(), currency) {
            Ok(request) => {
                let name = request.name.get(locale).to_owned();
                acting.send(request, MemberText::Saved { name }.text(locale));
            }
            Err(problem) => acting.refuse(&problem.field, problem.message),
        })
    };
    let form = Form { draft: &draft, acting: &acting, locale };
    let title = match &props.known {
        None => MemberText::AddPlan.text(locale),
        Some(row) => MemberText::EditPlan { name: row.plan.name.get(locale).to_owned() }.text(locale),
    };
    html! {
        <ActDialog id="plan" {title} explanation={MemberText::PlanExplain.text(locale)}
            confirm={MemberText::Save.text(locale)} look="is-primary" problem={acting.problem()}
            is_working={acting.is_working()} {on_submit} on_close={props.on_close.clone()}>
            { form.fields() }
        </ActDialog>
    }
}

/// The fields, over the draft that they change.
struct Form<'a> {
    draft: &'a UseStateHandle<Draft>,
    acting: &'a Acting<PlanRow>,
    locale: Locale,
}

impl Form<'_> {
    fn fields(&self) -> Html {
        let periods =
            Period::ALL.iter().map(|period| (period.as_str().into(), period.label(self.locale).into())).collect();
        let choices: Vec<(AttrValue, AttrValue)> = periods;
        let draft = self.draft.clone();
        let turn = Callback::from(move |_: Event| {
            draft.set(Draft { free_delivery: !draft.free_delivery, ..(*draft).clone() });
        });
        html! {
            <>
                <div class="field-pair">
                    { self.field("plan-name-id", "name.id", MemberText::NameId, |draft| &mut draft.name.id) }
                    { self.field("plan-name-en", "name.en", MemberText::NameEn, |draft| &mut draft.name.en) }
                </div>
                { self.field("plan-about-id", "description.id", MemberText::DescriptionId, |draft| &mut draft.description.id) }
                { self.field("plan-about-en", "description.en", MemberText::DescriptionEn, |draft| &mut draft.description.en) }
                <Choose id="plan-period" label={MemberText::Period.text(self.locale)} {choices}
                    chosen={self.draft.period.clone()} on_choose={self.change(|draft| &mut draft.period)} />
                <div class="field-pair">
                    { self.field("plan-price", "price", MemberText::Price, |draft| &mut draft.price) }
                    { self.field("plan-percent", "percent_off", MemberText::PercentOff, |draft| &mut draft.percent_off) }
                </div>
                <label class="check" for="plan-delivery">
                    <input type="checkbox" id="plan-delivery" checked={self.draft.free_delivery} onchange={turn} />
                    { MemberText::FreeDelivery.text(self.locale) }
                </label>
            </>
        }
    }

    fn field(&self, id: &'static str, path: &str, label: MemberText, part: fn(&mut Draft) -> &mut String) -> Html {
        let value = part(&mut (**self.draft).clone()).clone();
        html! {
            <Field {id} label={label.text(self.locale)} {value} on_change={self.change(part)}
                error={self.acting.error(path)} is_first={id == "plan-name-id"} />
        }
    }

    fn change(&self, part: fn(&mut Draft) -> &mut String) -> Callback<String> {
        let draft = self.draft.clone();
        Callback::from(move |text: String| {
            let mut changed = (*draft).clone();
            *part(&mut changed) = text;
            draft.set(changed);
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::locale::Locale;
    use domain::money::{BasisPoints, Currency, Money};

    use super::Draft;

    #[test]
    fn what_is_typed_is_read_to_the_last_digit() {
        let mut draft = Draft::of(None, Currency::Rupiah, Locale::Indonesian);
        draft.price = "299.000".to_owned();
        draft.percent_off = "7,5".to_owned();
        let read = draft.read(None, Currency::Rupiah).unwrap();
        assert_eq!((read.price, read.percent_off), (Money::minor(299_000), BasisPoints::new(750)));
        draft.price = "29.9".to_owned();
        assert_eq!(draft.read(None, Currency::Rupiah).unwrap_err().field, "price");
    }
}
