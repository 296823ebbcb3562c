//! The dialog to add a plan or to change one. What is typed stays text until it is sent.

use domain::locale::{Locale, Translated};
use domain::memberships::{Period, PlanRow, SavePlan};
use domain::money::{BasisPoints, Currency, Money};
use domain::problem::{FieldProblem, Fields};
use yew::prelude::*;

use super::MemberText;
use crate::desk::use_desk;
use crate::kit::{Check, Choose, Form, FormDialog, Input, KitText, Lens, Request, choices, lens, use_form};

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
    fn read(&self, known: Option<&PlanRow>, currency: Currency) -> Result<SavePlan, Vec<FieldProblem>> {
        let mut fields = Fields::default();
        let price = fields.take("price", Money::read(&self.price, currency));
        let percent_off = fields.take_optional("percent_off", &self.percent_off, BasisPoints::read);
        let problems = fields.into_problems();
        if !problems.is_empty() {
            return Err(problems);
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
    let form = use_form(|| Draft::of(props.known.as_ref(), currency, locale));
    let read = {
        let known = props.known.clone();
        move |draft: &Draft| {
            let request = draft.read(known.as_ref(), currency)?;
            let said = MemberText::Saved { name: request.name.get(locale).to_owned() }.text(locale);
            Ok(Request::new(request, said))
        }
    };
    let title = match &props.known {
        None => MemberText::AddPlan.text(locale),
        Some(row) => MemberText::EditPlan { name: row.plan.name.get(locale).to_owned() }.text(locale),
    };
    html! {
        <FormDialog id="plan" {title} explanation={MemberText::PlanExplain.text(locale)}
            confirm={KitText::Save.text(locale)} state={form.state()}
            on_submit={form.submit(read, &props.on_done, &props.on_close)} on_close={props.on_close.clone()}>
            { fields(&form, locale) }
        </FormDialog>
    }
}

fn fields(form: &Form<Draft>, locale: Locale) -> Html {
    let input = |id: &'static str, path: &str, label: MemberText, lens: Lens<Draft, String>| -> Input {
        form.input(id, path, label.text(locale), lens)
    };
    let periods = Period::ALL.iter().map(|period| (period.as_str(), period.label(locale)));
    html! {
        <>
            <div class="field-pair">
                { input("plan-name-id", "name.id", MemberText::NameId, lens!(name.id)).first() }
                { input("plan-name-en", "name.en", MemberText::NameEn, lens!(name.en)) }
            </div>
            { input("plan-about-id", "description.id", MemberText::DescriptionId, lens!(description.id)) }
            { input("plan-about-en", "description.en", MemberText::DescriptionEn, lens!(description.en)) }
            <Choose id="plan-period" label={MemberText::Period.text(locale)} choices={choices(periods)}
                chosen={form.draft().period.clone()} on_choose={form.set(lens!(period))} />
            <div class="field-pair">
                { input("plan-price", "price", MemberText::Price, lens!(price)) }
                { input("plan-percent", "percent_off", MemberText::PercentOff, lens!(percent_off)) }
            </div>
            <Check id="plan-delivery" label={MemberText::FreeDelivery.text(locale)}
                is_ticked={form.draft().free_delivery} on_turn={form.turn(lens!(free_delivery))} />
        </>
    }
}

#[cfg(test)]
mod tests {
    use domain::locale::Locale;
    use domain::money::{BasisPoints, Currency, Money};

    use super::Draft;

    /// Pitfall B15.
    #[test]
    fn what_is_typed_is_read_to_the_last_digit() {
        let mut draft = Draft::of(None, Currency::Rupiah, Locale::Indonesian);
        draft.price = "299.000".to_owned();
        draft.percent_off = "7,5".to_owned();
        let read = draft.read(None, Currency::Rupiah).unwrap();
        assert_eq!((read.price, read.percent_off), (Money::minor(299_000), BasisPoints::new(750)));
        draft.price = "29.9".to_owned();
        assert_eq!(draft.read(None, Currency::Rupiah).unwrap_err()[0].field, "price");
    }
}
