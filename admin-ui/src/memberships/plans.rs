//! The plans: what can be bought, and who has it.

use domain::locale::Locale;
use domain::memberships::{DeletePlan, ListPlans, PlanRow, SavePlan};
use yew::prelude::*;

use super::edit::EditDialog;
use super::{MemberText, gives, nothing};
use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{
    Button, Cell, Column, FormDialog, Glyph, List, Pill, ProblemLine, Request, Row, Table, use_dialog, use_locale,
    use_sender,
};

/// What the dialog is open for.
#[derive(Clone, Debug, PartialEq)]
enum Doing {
    Add,
    Edit(Box<PlanRow>),
    Delete(Box<PlanRow>),
}

/// What a click on a plan asks for.
struct Ways {
    open: Callback<Doing>,
    switch: Callback<PlanRow>,
}

/// The list of plans, the cheapest first.
#[component]
pub(super) fn Plans() -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let (dialog, switching) = (use_dialog::<Doing>(), use_sender());
    let asked = use_command(ListPlans {});

    let open = {
        let (open, switching) = (dialog.open(), switching.clone());
        Callback::from(move |wanted: Doing| {
            switching.forgive();
            open.emit(wanted);
        })
    };
    let switch = {
        let (switching, again) = (switching.clone(), asked.again.clone());
        Callback::from(move |row: PlanRow| {
            let again = again.clone();
            let said = MemberText::Saved { name: row.plan.name.get(locale).to_owned() }.text(locale);
            let request = SavePlan { is_active: !row.plan.is_active, ..as_saved(&row) };
            switching.send_and(Request::new(request, said), move |_| again.emit(()));
        })
    };
    let ways = Ways { open, switch };
    let list = List::new(
        &asked,
        |list| &list.rows,
        table(&desk, &ways),
        || nothing((MemberText::NoPlans, MemberText::NoPlansHint), locale),
    );
    let (on_close, on_done) = (dialog.close(), asked.again.reform(|_: PlanRow| ()));
    html! {
        <>
            if let Some(problem) = switching.problem() { <ProblemLine problem={problem.clone()} /> }
            <p>
                <Button id="add-plan" look="is-primary" icon={Glyph::Plus} text={MemberText::AddPlan.text(locale)}
                    onclick={ways.open.reform(|_| Doing::Add)} />
            </p>
            { list.draw(locale) }
            { match dialog.what().cloned() {
                None => Html::default(),
                Some(Doing::Add) => html! { <EditDialog known={None} {on_close} {on_done} /> },
                Some(Doing::Edit(row)) => html! { <EditDialog known={Some(*row)} {on_close} {on_done} /> },
                Some(Doing::Delete(row)) => html! {
                    <DeleteDialog row={*row} {on_close} on_done={asked.again.clone()} />
                },
            } }
        </>
    }
}

/// The request that would change nothing of a plan.
fn as_saved(row: &PlanRow) -> SavePlan {
    let plan = row.plan.clone();
    SavePlan {
        plan_id: Some(plan.id),
        version: row.version,
        name: plan.name,
        description: plan.description,
        period: plan.period,
        price: plan.price,
        percent_off: plan.percent_off,
        free_delivery: plan.free_delivery,
        is_active: plan.is_active,
    }
}

fn table<'a>(desk: &'a Desk, ways: &'a Ways) -> Table<'a, PlanRow> {
    let locale = desk.locale;
    let head = |text: MemberText| text.text(locale);
    let name = move |item: &PlanRow| {
        let (plan, known) = (&item.plan, Doing::Edit(Box::new(item.clone())));
        let edit = ways.open.reform(move |_: MouseEvent| known.clone());
        let button = html! {
            <button type="button" class="link-button" data-test="edit-plan" onclick={edit}>{ plan.name.get(locale) }</button>
        };
        Cell::from(button).titled(plan.description.get(locale))
    };
    let state = move |item: &PlanRow| {
        let (icon, tone, text) = match item.plan.is_active {
            true => (Glyph::Done, "good", MemberText::OnSale),
            false => (Glyph::Cancelled, "off", MemberText::OffSale),
        };
        html! { <Pill {icon} {tone} text={text.text(locale)} /> }
    };
    let columns = vec![
        Column::new(head(MemberText::Plan), name).cells("clip").bone(7),
        Column::new(head(MemberText::Period), move |item: &PlanRow| item.plan.period.label(locale)).bone(5),
        Column::new(head(MemberText::Price), move |item: &PlanRow| desk.money(item.plan.price)).number().bone(5),
        Column::new(head(MemberText::Benefit), move |item: &PlanRow| {
            gives(desk, item.plan.percent_off, item.plan.free_delivery)
        })
        .when_wide()
        .bone(7),
        Column::new(head(MemberText::MemberCount), move |item: &PlanRow| item.members).number().test("members").bone(3),
        Column::new(head(MemberText::State), state).bone(5),
        Column::buttons(head(MemberText::SwitchOff), move |item: &PlanRow| buttons(item, ways, locale))
            .cells("nowrap")
            .bone(7),
    ];
    let row = move |item: &PlanRow| Row::new(item.plan.id).data("data-plan", item.plan.id.to_string());
    Table::new("plan-rows", "is-plans", head(MemberText::PlansCaption), columns, row).bones(2)
}

fn buttons(item: &PlanRow, ways: &Ways, locale: Locale) -> Html {
    let text = if item.plan.is_active { MemberText::SwitchOff } else { MemberText::SwitchOn };
    let turn = {
        let item = item.clone();
        ways.switch.reform(move |_: MouseEvent| item.clone())
    };
    let delete = {
        let known = Doing::Delete(Box::new(item.clone()));
        ways.open.reform(move |_: MouseEvent| known.clone())
    };
    html! {
        <>
            <Button is_small={true} test="switch-plan" text={text.text(locale)} onclick={turn} />
            if !item.is_used {
                { " " }
                <Button is_small={true} test="delete-plan" text={MemberText::Delete.text(locale)} onclick={delete} />
            }
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct DeleteDialogProps {
    row: PlanRow,
    on_close: Callback<()>,
    on_done: Callback<()>,
}

/// Asks once more before a plan is gone.
#[component]
fn DeleteDialog(props: &DeleteDialogProps) -> Html {
    let locale = use_locale();
    let sender = use_sender();
    let name = props.row.plan.name.get(locale).to_owned();
    let delete = {
        let (plan_id, version) = (props.row.plan.id, props.row.version);
        let said = MemberText::Deleted { name: name.clone() }.text(locale);
        move |(): &()| Ok(Request::new(DeletePlan { plan_id, version }, said.clone()))
    };
    html! {
        <FormDialog id="delete-plan" title={MemberText::DeletePlan { name }.text(locale)} look="is-danger"
            explanation={MemberText::DeleteExplain.text(locale)} confirm={MemberText::Delete.text(locale)}
            state={sender.state()} on_submit={sender.submit(delete, &props.on_done, &props.on_close)}
            on_close={props.on_close.clone()} />
    }
}
