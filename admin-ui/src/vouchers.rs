//! The vouchers: the list, and the dialog to add and change one.

use chrono::{DateTime, Utc};
use domain::page::PageNumber;
use domain::problem::Problem;
use domain::vouchers::{ListVouchers, SwitchVoucher, VoucherPage, VoucherRow};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::frame::Screen;
use crate::icon::{Glyph, Icon};
use crate::ipc::{self, use_command};
use crate::pager::{BeyondEnd, Pager};
use crate::pill::Pill;
use crate::problem_box::{ProblemBox, ProblemLine};
use crate::route::Route;
use crate::search::Search;
use crate::texts::{OrderText, VoucherText};
use crate::toasts::{ToastMove, use_toaster};
use crate::waiting::{Empty, SkeletonRows};

mod draft;
mod edit;
mod words;

use edit::EditDialog;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct VouchersScreenProps {
    pub(crate) search: AttrValue,
    pub(crate) page: PageNumber,
}

/// What the dialog is open for.
#[derive(Clone, Debug, PartialEq)]
enum Editing {
    New,
    Known(Box<VoucherRow>),
}

/// The list of vouchers, newest first.
#[component]
pub(crate) fn VouchersScreen(props: &VouchersScreenProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let toaster = use_toaster();
    let editing = use_state(|| None::<Editing>);
    let problem = use_state(|| None::<Problem>);
    let search = (!props.search.is_empty()).then(|| props.search.to_string());
    let asked = use_command(ListVouchers { search, page: props.page }, 0);
    let page = asked.answer.as_deref().and_then(|answer| answer.as_ref().ok());

    let here = {
        let search = props.search.to_string();
        Callback::from(move |page: PageNumber| Route::Vouchers { search: search.clone(), page })
    };
    let on_search = Callback::from(move |search: String| Route::Vouchers { search, page: PageNumber::FIRST }.slip());
    let open = {
        let (editing, problem) = (editing.setter(), problem.setter());
        Callback::from(move |wanted: Editing| {
            problem.set(None);
            editing.set(Some(wanted));
        })
    };
    let close = {
        let editing = editing.setter();
        Callback::from(move |()| editing.set(None))
    };
    let switch = {
        let (problem, again) = (problem.setter(), asked.again.clone());
        Callback::from(move |row: VoucherRow| {
            let (problem, again, toaster) = (problem.clone(), again.clone(), toaster.clone());
            let is_active = !row.voucher.is_active;
            let request = SwitchVoucher { voucher_id: row.voucher.id, version: row.version, is_active };
            let code = row.voucher.code.as_str().to_owned();
            let said = if is_active { VoucherText::SwitchedOn { code } } else { VoucherText::SwitchedOff { code } }
                .text(locale);
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
    let rows = match asked.answer.as_deref() {
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again.clone()} /> },
        Some(Ok(page)) if page.rows.is_empty() => nothing(&desk, props, page, &here),
        Some(Ok(page)) => table(&desk, Some(page), &open, &switch),
        None => table(&desk, None, &open, &switch),
    };
    let add = open.reform(|_: MouseEvent| Editing::New);
    let tools = html! {
        <>
            <Search id="voucher-search" label={VoucherText::Search.text(locale)} value={props.search.clone()} {on_search} />
            <button type="button" class="button is-primary" id="add-voucher" onclick={add}>
                <Icon of={Glyph::Plus} />{ VoucherText::Add.text(locale) }
            </button>
        </>
    };
    let categories = page.map(|page| page.categories.clone()).unwrap_or_default();
    html! {
        <Screen id="vouchers" title={VoucherText::Title.text(locale)} {tools}>
            if let Some(problem) = &*problem { <ProblemLine problem={problem.clone()} /> }
            <div class={classes!("list", "card", asked.is_waiting.then_some("is-waiting"))}
                aria-busy={asked.is_waiting.to_string()}>
                { rows }
                if let Some(page) = page { <Pager position={page.position} to={here} /> }
            </div>
            if let Some(editing) = &*editing {
                <EditDialog editing={editing.clone()} {categories} on_close={close} on_saved={asked.again} />
            }
        </Screen>
    }
}

fn table(desk: &Desk, page: Option<&VoucherPage>, open: &Callback<Editing>, switch: &Callback<VoucherRow>) -> Html {
    let locale = desk.locale;
    html! {
        <table class="rows is-vouchers">
            <caption class="unseen">{ VoucherText::ListCaption.text(locale) }</caption>
            <thead><tr>
                <th scope="col">{ VoucherText::Code.text(locale) }</th>
                <th scope="col">{ VoucherText::Terms.text(locale) }</th>
                <th scope="col" class="when-wide">{ VoucherText::Until.text(locale) }</th>
                <th scope="col" class="number">{ VoucherText::Used.text(locale) }</th>
                <th scope="col">{ VoucherText::State.text(locale) }</th>
                <th scope="col"><span class="unseen">{ VoucherText::Switch.text(locale) }</span></th>
            </tr></thead>
            <tbody id="voucher-rows">
                if let Some(page) = page {
                    for item in page.rows.iter() { { row(desk, item, page.now, open, switch) } }
                } else {
                    <SkeletonRows rows={8} columns={vec![7, 10, 6, 3, 6, 6]} />
                }
            </tbody>
        </table>
    }
}

fn row(
    desk: &Desk,
    item: &VoucherRow,
    now: DateTime<Utc>,
    open: &Callback<Editing>,
    switch: &Callback<VoucherRow>,
) -> Html {
    let locale = desk.locale;
    let voucher = &item.voucher;
    let (icon, tone, state) = words::state(item, now);
    let edit = {
        let item = item.clone();
        open.reform(move |_: MouseEvent| Editing::Known(Box::new(item.clone())))
    };
    let turn = {
        let item = item.clone();
        switch.reform(move |_: MouseEvent| item.clone())
    };
    let until =
        voucher.ends_at.map_or_else(|| VoucherText::NoEnd.text(locale), |ends_at| desk.calendar().brief(ends_at));
    let used = match voucher.total_limit {
        Some(limit) => VoucherText::UsedOf { used: item.used, limit }.text(locale),
        None => item.used.to_string(),
    };
    let turning = if voucher.is_active { VoucherText::SwitchOff } else { VoucherText::SwitchOn };
    html! {
        <tr key={voucher.id.get().to_string()} data-voucher={voucher.code.as_str().to_owned()}>
            <td>
                <button type="button" class="link-button mono" data-test="edit-voucher" onclick={edit}>
                    { voucher.code.as_str() }
                </button>
            </td>
            <td>{ words::terms(desk, item) }</td>
            <td class="when-wide numbers nowrap">{ until }</td>
            <td class="number" data-test="used">{ used }</td>
            <td><Pill {icon} {tone} text={state.text(locale)} /></td>
            <td class="number">
                <button type="button" class="button is-small" data-test="switch-voucher" onclick={turn}>
                    { turning.text(locale) }
                </button>
            </td>
        </tr>
    }
}

/// Why the list is empty, and the way out.
fn nothing(desk: &Desk, props: &VouchersScreenProps, page: &VoucherPage, here: &Callback<PageNumber, Route>) -> Html {
    let locale = desk.locale;
    let link = |to: &Route, text: &OrderText| html! { <a class="button" href={to.href()}>{ text.text(locale) }</a> };
    if page.position.is_beyond() {
        return html! { <BeyondEnd position={page.position} to={here.clone()} /> };
    }
    if !props.search.is_empty() {
        return html! {
            <Empty icon={Glyph::Search} title={VoucherText::NoneFound { search: props.search.to_string() }.text(locale)}
                hint={VoucherText::NoneFoundHint.text(locale)}>
                { link(&Route::vouchers(), &OrderText::ClearSearch) }
            </Empty>
        };
    }
    html! {
        <Empty icon={Glyph::Inbox} title={VoucherText::NoneYet.text(locale)} hint={VoucherText::NoneYetHint.text(locale)} />
    }
}
