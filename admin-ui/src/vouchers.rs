//! The vouchers: the list, and the dialog to add and change one.

use domain::locale::Locale;
use domain::vouchers::{ListVouchers, SwitchVoucher, VoucherPage, VoucherRow, last_minute};
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{
    Button, Column, Empty, Glyph, List, Pill, Place, ProblemLine, Request, Row, Screen, Table, use_dialog, use_sender,
};
use crate::screens::Vouchers;

mod draft;
mod edit;
mod texts;
mod words;

use edit::EditDialog;
pub(crate) use texts::VoucherText;

/// What the dialog is open for.
#[derive(Clone, Debug, PartialEq)]
enum Editing {
    New,
    Known(Box<VoucherRow>),
}

/// The list of vouchers, newest first.
#[component]
pub(crate) fn VouchersScreen(props: &Vouchers) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let (dialog, switching) = (use_dialog::<Editing>(), use_sender());
    let place = Place::new(&props.search, |search, page| Vouchers { search, page }.href());
    let asked = use_command(ListVouchers { search: place.search(), page: props.page });
    let page = asked.reply();

    let open = {
        let (open, switching) = (dialog.open(), switching.clone());
        Callback::from(move |wanted: Editing| {
            switching.forgive();
            open.emit(wanted);
        })
    };
    let switch = {
        let (switching, again) = (switching.clone(), asked.again.clone());
        Callback::from(move |row: VoucherRow| {
            let again = again.clone();
            switching.send_and(switched(&row, locale), move |_| again.emit(()));
        })
    };
    let list = List::new(
        &asked,
        |page| &page.rows,
        table(&desk, page, &open, &switch),
        || {
            html! {
                <Empty icon={Glyph::Inbox} title={VoucherText::NoneYet.text(locale)}
                    hint={VoucherText::NoneYetHint.text(locale)} />
            }
        },
    )
    .paged(&place, |page| page.position)
    .searched(|search| VoucherText::NoneFound { search }.text(locale), VoucherText::NoneFoundHint.text(locale));
    let tools = html! {
        <>
            { place.field("voucher-search", VoucherText::Search.text(locale)) }
            <Button id="add-voucher" look="is-primary" icon={Glyph::Plus} text={VoucherText::Add.text(locale)}
                onclick={open.reform(|_| Editing::New)} />
        </>
    };
    html! {
        <Screen id="vouchers" {tools}>
            if let Some(problem) = switching.problem() { <ProblemLine problem={problem.clone()} /> }
            { list.draw(locale) }
            if let Some(editing) = dialog.what() {
                <EditDialog editing={editing.clone()} on_close={dialog.close()} on_saved={asked.again.clone()}
                    categories={page.map(|page| page.categories.clone()).unwrap_or_default()} />
            }
        </Screen>
    }
}

/// The wish to turn a voucher on or off.
fn switched(row: &VoucherRow, locale: Locale) -> Request<VoucherRow> {
    let (voucher, is_active) = (&row.voucher, !row.voucher.is_active);
    let code = voucher.code.as_str().to_owned();
    let said = if is_active { VoucherText::SwitchedOn { code } } else { VoucherText::SwitchedOff { code } };
    Request::new(SwitchVoucher { voucher_id: voucher.id, version: row.version, is_active }, said.text(locale))
}

fn table<'a>(
    desk: &'a Desk,
    page: Option<&'a VoucherPage>,
    open: &'a Callback<Editing>,
    switch: &'a Callback<VoucherRow>,
) -> Table<'a, VoucherRow> {
    let locale = desk.locale;
    let head = |text: VoucherText| text.text(locale);
    let edit = move |row: &VoucherRow| {
        let known = Editing::Known(Box::new(row.clone()));
        html! {
            <button type="button" class="link-button mono" data-test="edit-voucher"
                onclick={open.reform(move |_: MouseEvent| known.clone())}>{ row.voucher.code.as_str() }</button>
        }
    };
    let until = move |row: &VoucherRow| {
        let ends_at = row.voucher.ends_at.map(|ends_at| desk.calendar().brief(last_minute(ends_at)));
        ends_at.unwrap_or_else(|| VoucherText::NoEnd.text(locale))
    };
    let used = move |row: &VoucherRow| match row.voucher.total_limit {
        Some(limit) => VoucherText::UsedOf { used: row.used, limit }.text(locale),
        None => row.used.to_string(),
    };
    let state = move |row: &VoucherRow| {
        let state = page.map(|page| words::state(row, page.now));
        html! { if let Some((icon, tone, text)) = state { <Pill {icon} {tone} text={text.text(locale)} /> } }
    };
    let turn = move |row: &VoucherRow| {
        let text = if row.voucher.is_active { VoucherText::SwitchOff } else { VoucherText::SwitchOn };
        let row = row.clone();
        html! {
            <Button test="switch-voucher" is_small={true} text={text.text(locale)}
                onclick={switch.reform(move |_| row.clone())} />
        }
    };
    let columns = vec![
        Column::new(head(VoucherText::Code), edit).bone(7),
        Column::new(head(VoucherText::Terms), move |row: &VoucherRow| words::terms(desk, row)).bone(10),
        Column::new(head(VoucherText::Until), until).when_wide().instants(),
        Column::new(head(VoucherText::Used), used).number().test("used").bone(3),
        Column::new(head(VoucherText::State), state),
        Column::buttons(head(VoucherText::Switch), turn),
    ];
    let row = move |row: &VoucherRow| Row::new(row.voucher.id).data("data-voucher", row.voucher.code.as_str());
    Table::new("voucher-rows", "is-vouchers", head(VoucherText::ListCaption), columns, row)
}
