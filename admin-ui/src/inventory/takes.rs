//! Stock-takes: those that were done, and the way to begin one.

use domain::inventory::stock_takes::{ListStockTakes, StartStockTake, StockTake, StockTakeRow, StockTakeStatus};
use domain::locale::Locale;
use domain::staff::Permission;
use yew::prelude::*;

use super::{StockText, TakeText};
use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{
    Back, Button, Cell, Column, Empty, FormDialog, Glyph, List, Pill, Request, Row, Screen, Table, go, lens,
    use_dialog, use_form,
};
use crate::screens::{self, Stock, StockTakes};

mod entry;
mod lines;
mod sheet;

pub(crate) use sheet::StockTakeScreen;

/// The list of stock-takes, newest first.
#[component]
pub(crate) fn StockTakesScreen(_props: &StockTakes) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let dialog = use_dialog::<()>();
    let asked = use_command(ListStockTakes {});
    let list = List::new(
        &asked,
        |rows| rows,
        table(&desk),
        || {
            html! {
                <Empty icon={Glyph::Stock} title={TakeText::NoneYet.text(locale)} hint={TakeText::NoneYetHint.text(locale)} />
            }
        },
    );
    let tools = html! {
        if desk.may(Permission::ChangeStock) {
            <Button id="begin-stock-take" look="is-primary" icon={Glyph::Plus} text={TakeText::Begin.text(locale)}
                onclick={dialog.opens(())} />
        }
    };
    html! {
        <>
            <Back id="back-to-stock" href={Stock::default().href()} text={StockText::BackToList.text(locale)} />
            <Screen id="stock-takes" {tools}>
                { list.draw(locale) }
                if dialog.what().is_some() { <BeginDialog on_close={dialog.close()} /> }
            </Screen>
        </>
    }
}

/// Where a stock-take stands, as a pill.
fn status_pill(status: StockTakeStatus, locale: Locale) -> Html {
    let (icon, tone) = match status {
        StockTakeStatus::Open => (Glyph::Clock, "busy"),
        StockTakeStatus::Applied => (Glyph::Done, "good"),
        StockTakeStatus::Abandoned => (Glyph::Cancelled, "off"),
    };
    html! {
        <span data-test="status" data-status={status.as_str()}><Pill {icon} {tone} text={status.label(locale)} /></span>
    }
}

fn table(desk: &Desk) -> Table<'_, StockTakeRow> {
    let head = |text: TakeText| text.text(desk.locale);
    let address = move |take: &StockTakeRow| screens::StockTake::of(take.id).href();
    let columns = vec![
        Column::new(head(TakeText::Name), move |take: &StockTakeRow| Cell::link(address(take), &take.name)).bone(8),
        Column::new(head(TakeText::Status), move |take: &StockTakeRow| status_pill(take.status, desk.locale)),
        Column::new(head(TakeText::Counted), move |take: &StockTakeRow| take.lines).number().bone(3),
        Column::new(head(TakeText::Differences), move |take: &StockTakeRow| take.differences).number().bone(3),
        Column::new(head(TakeText::BegunBy), move |take: &StockTakeRow| take.started_by.clone()).cells("clip"),
        Column::new(head(TakeText::BegunAt), move |take: &StockTakeRow| desk.calendar().brief(take.started_at))
            .instants(),
    ];
    let row = move |take: &StockTakeRow| Row::new(take.id).data("data-take", take.id.to_string()).to(address(take));
    Table::new("stock-take-rows", "is-takes", head(TakeText::ListCaption), columns, row).bones(6)
}

#[derive(Clone, PartialEq, Properties)]
struct BeginDialogProps {
    on_close: Callback<()>,
}

/// Asks what people call it, and goes to it.
#[component]
fn BeginDialog(props: &BeginDialogProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let form = use_form(|| TakeText::NameOf { day: desk.calendar().today() }.text(locale));
    let on_done = Callback::from(|take: StockTake| go(&screens::StockTake::of(take.row.id).href()));
    let read = move |name: &String| {
        let name = name.trim().to_owned();
        let said = TakeText::Begun { name: name.clone() }.text(locale);
        Ok(Request::new(StartStockTake { name }, said))
    };
    html! {
        <FormDialog id="begin" title={TakeText::Begin.text(locale)} explanation={TakeText::BeginExplain.text(locale)}
            confirm={TakeText::BeginConfirm.text(locale)} state={form.state()}
            on_submit={form.submit(read, &on_done, &props.on_close)} on_close={props.on_close.clone()}>
            { form.input("begin-name", "name", TakeText::Name.text(locale), lens!())
                .first()
                .hint(TakeText::NameHint.text(locale)) }
        </FormDialog>
    }
}
