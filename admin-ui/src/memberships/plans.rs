//! The plans: what can be bought, and who has it.

use domain::memberships::{DeletePlan, ListPlans, PlanList, PlanRow, SavePlan};
use domain::problem::Problem;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::edit::EditDialog;
use super::gives;
use crate::act::{ActDialog, use_acting};
use crate::desk::{Desk, use_desk};
use crate::icon::{Glyph, Icon};
use crate::ipc::{self, use_command};
use crate::live::use_pulse;
use crate::pill::Pill;
use crate::problem_box::{ProblemBox, ProblemLine};
use crate::texts::MemberText;
use crate::toasts::{ToastMove, use_toaster};
use crate::waiting::{Empty, SkeletonRows};

/// What the dialog is open for.
#[derive(Clone, Debug, PartialEq)]
enum Doing {
    Add,
    Edit(Box<PlanRow>),
    Delete(Box<PlanRow>),
}

/// What a click on a plan asks for.
#[derive(Clone)]
struct Ways {
    open: Callback<Doing>,
    switch: Callback<PlanRow>,
}

/// The list of plans, the cheapest first.
#[component]
pub(super) fn Plans() -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let pulse = use_pulse();
    let toaster = use_toaster();
    let doing = use_state(|| None::<Doing>);
    let problem = use_state(|| None::<Problem>);
    let asked = use_command(ListPlans {}, pulse.memberships);

    let open = {
        let (doing, problem) = (doing.setter(), problem.setter());
        Callback::from(move |wanted: Doing| {
            problem.set(None);
            doing.set(Some(wanted));
        })
    };
    let close = {
        let doing = doing.setter();
        Callback::from(move |()| doing.set(None))
    };
    let done = asked.again.clone();
    let switch = {
        let (problem, again) = (problem.setter(), asked.again.clone());
        Callback::from(move |row: PlanRow| {
            let (problem, again, toaster) = (problem.clone(), again.clone(), toaster.clone());
            let said = MemberText::Saved { name: row.plan.name.get(locale).to_owned() }.text(locale);
            let request = SavePlan { is_active: !row.plan.is_active, ..as_saved(&row) };
            spawn_local(async move {
                match ipc::call(&request).await {
                    Ok(_) => {
                        problem.set(None);
                        toaster.dispatch(ToastMove::Done(said));
                    }
                    Err(refusal) => problem.set(Some(refusal)),
                }
                again.emit(());
            });
        })
    };
    let add = open.reform(|_: MouseEvent| Doing::Add);
    let ways = Ways { open, switch };
    let rows = match asked.answer.as_deref() {
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again.clone()} /> },
        Some(Ok(list)) if list.rows.is_empty() => html! {
            <Empty icon={Glyph::Member} title={MemberText::NoPlans.text(locale)}
                hint={MemberText::NoPlansHint.text(locale)} />
        },
        Some(Ok(list)) => table(&desk, Some(list), &ways),
        None => table(&desk, None, &ways),
    };
    html! {
        <>
            if let Some(problem) = &*problem { <ProblemLine problem={problem.clone()} /> }
            <p>
                <button type="button" class="button is-primary" id="add-plan" onclick={add}>
                    <Icon of={Glyph::Plus} />{ MemberText::AddPlan.text(locale) }
                </button>
            </p>
            <div class={classes!("list", "card", asked.is_waiting.then_some("is-waiting"))}
                aria-busy={asked.is_waiting.to_string()}>
                { rows }
            </div>
            { match (*doing).clone() {
                None => Html::default(),
                Some(Doing::Add) => html! { <EditDialog known={None} on_close={close} on_done={done.reform(|_| ())} /> },
                Some(Doing::Edit(row)) => html! {
                    <EditDialog known={Some(*row)} on_close={close} on_done={done.reform(|_| ())} />
                },
                Some(Doing::Delete(row)) => html! {
                    <DeleteDialog row={*row} on_close={close} on_done={done} />
                },
            } }
        </>
    }
}

/// The request that would change nothing of a plan.
pub(super) fn as_saved(row: &PlanRow) -> SavePlan {
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

fn table(desk: &Desk, list: Option<&PlanList>, ways: &Ways) -> Html {
    let locale = desk.locale;
    html! {
        <table class="rows is-plans">
            <caption class="unseen">{ MemberText::PlansCaption.text(locale) }</caption>
            <thead><tr>
                <th scope="col">{ MemberText::Plan.text(locale) }</th>
                <th scope="col">{ MemberText::Period.text(locale) }</th>
                <th scope="col" class="number">{ MemberText::Price.text(locale) }</th>
                <th scope="col" class="when-wide">{ MemberText::Benefit.text(locale) }</th>
                <th scope="col" class="number">{ MemberText::MemberCount.text(locale) }</th>
                <th scope="col">{ MemberText::State.text(locale) }</th>
                <th scope="col"><span class="unseen">{ MemberText::SwitchOff.text(locale) }</span></th>
            </tr></thead>
            <tbody id="plan-rows">
                if let Some(list) = list {
                    for item in list.rows.iter() { { row(desk, item, ways) } }
                } else {
                    <SkeletonRows rows={2} columns={vec![7, 5, 5, 7, 3, 5, 7]} />
                }
            </tbody>
        </table>
    }
}

fn row(desk: &Desk, item: &PlanRow, ways: &Ways) -> Html {
    let locale = desk.locale;
    let plan = &item.plan;
    let opens = |doing: Doing| ways.open.reform(move |_: MouseEvent| doing.clone());
    let edit = opens(Doing::Edit(Box::new(item.clone())));
    let delete = opens(Doing::Delete(Box::new(item.clone())));
    let turn = {
        let item = item.clone();
        ways.switch.reform(move |_: MouseEvent| item.clone())
    };
    let (icon, tone, state) = if plan.is_active {
        (Glyph::Done, "good", MemberText::OnSale)
    } else {
        (Glyph::Cancelled, "off", MemberText::OffSale)
    };
    let turning = if plan.is_active { MemberText::SwitchOff } else { MemberText::SwitchOn };
    html! {
        <tr key={plan.id.get().to_string()} data-plan={plan.id.get().to_string()}>
            <td class="clip" title={plan.description.get(locale).to_owned()}>
                <button type="button" class="link-button" data-test="edit-plan" onclick={edit}>
                    { plan.name.get(locale) }
                </button>
            </td>
            <td>{ plan.period.label(locale) }</td>
            <td class="number">{ desk.money(plan.price) }</td>
            <td class="when-wide">{ gives(desk, plan.percent_off, plan.free_delivery) }</td>
            <td class="number" data-test="members">{ item.members }</td>
            <td><Pill {icon} {tone} text={state.text(locale)} /></td>
            <td class="number nowrap">
                <button type="button" class="button is-small" data-test="switch-plan" onclick={turn}>
                    { turning.text(locale) }
                </button>
                if !item.is_used {
                    { " " }
                    <button type="button" class="button is-small" data-test="delete-plan" onclick={delete}>
                        { MemberText::Delete.text(locale) }
                    </button>
                }
            </td>
        </tr>
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
    let locale = use_desk().locale;
    let acting = use_acting(props.on_done.clone(), props.on_close.clone());
    let name = props.row.plan.name.get(locale).to_owned();
    let on_submit = {
        let (acting, row, name) = (acting.clone(), props.row.clone(), name.clone());
        Callback::from(move |()| {
            let said = MemberText::Deleted { name: name.clone() }.text(locale);
            acting.send(DeletePlan { plan_id: row.plan.id, version: row.version }, said);
        })
    };
    html! {
        <ActDialog id="delete-plan" title={MemberText::DeletePlan { name }.text(locale)}
            explanation={MemberText::DeleteExplain.text(locale)} confirm={MemberText::Delete.text(locale)}
            look="is-danger" problem={acting.problem()} is_working={acting.is_working()} {on_submit}
            on_close={props.on_close.clone()} />
    }
}
