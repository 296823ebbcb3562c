//! The dialog that takes goods back: which units, whether they go on the shelf again, and whether money goes back.

use domain::orders::{OrderDetail, ReturnOrder, ReturnedUnits};
use domain::staff::Permission;
use yew::prelude::*;

use super::units::{Choice, UnitPicker, read};
use crate::act::{ActDialog, fresh_key, set, use_acting};
use crate::desk::use_desk;
use crate::field::{Choose, Field};
use crate::texts::OrderText;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ReturnDialogProps {
    pub(super) order: OrderDetail,
    pub(super) on_moved: Callback<OrderDetail>,
    pub(super) on_close: Callback<()>,
}

/// Asks what came back.
#[component]
pub(super) fn ReturnDialog(props: &ReturnDialogProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let key = use_state(fresh_key);
    let rows: Vec<Choice> = props.order.lines.iter().map(|line| (line.clone(), line.whereabouts().away())).collect();
    let rows: Vec<Choice> = rows.into_iter().filter(|row| row.1 > 0).collect();
    let typed = use_state(|| vec![String::new(); rows.len()]);
    let note = use_state(String::new);
    let (shelf, money) = (use_state(|| "yes".to_owned()), use_state(|| "no".to_owned()));
    let acting = use_acting(props.on_moved.clone(), props.on_close.clone());
    let may_refund = desk.staff.role.may(Permission::RefundOrders) && props.order.balance.left().get() > 0;

    let on_units = {
        let typed = typed.setter();
        Callback::from(move |texts| typed.set(texts))
    };
    let on_submit = {
        let (props, rows, key) = (props.clone(), rows.clone(), key.clone());
        let (typed, note, shelf, money) = (typed.clone(), note.clone(), shelf.clone(), money.clone());
        let acting = acting.clone();
        Callback::from(move |()| {
            let units = match read(&rows, &typed) {
                Ok(units) => units,
                Err(message) => {
                    acting.refuse("lines", message);
                    return;
                }
            };
            let restock = *shelf == "yes";
            let returned = units.into_iter().map(|units| ReturnedUnits {
                line_id: units.line_id,
                quantity: units.quantity,
                restock,
            });
            let request = ReturnOrder {
                order_id: props.order.id,
                lines: returned.collect(),
                note: (*note).clone(),
                refund: may_refund && *money == "yes",
                key: (*key).clone(),
            };
            let said = OrderText::DoneReturned { number: props.order.number.clone() }.text(locale);
            acting.send(request, said);
        })
    };
    let choices = |yes: OrderText, no: OrderText| {
        vec![
            (AttrValue::from("yes"), AttrValue::from(yes.text(locale))),
            (AttrValue::from("no"), AttrValue::from(no.text(locale))),
        ]
    };
    html! {
        <ActDialog title={OrderText::ReturnAsk { number: props.order.number.clone() }.text(locale)}
            explanation={OrderText::ReturnExplain.text(locale)} confirm={OrderText::ReturnConfirm.text(locale)} look="is-primary"
            problem={acting.problem()} is_working={acting.is_working()} {on_submit} on_close={props.on_close.clone()}>
            <UnitPicker {rows} typed={(*typed).clone()} on_change={on_units} error={acting.error("lines")} />
            <Choose id="return-shelf" label={OrderText::ToShelf.text(locale)} chosen={(*shelf).clone()} on_choose={set(&shelf)}
                choices={choices(OrderText::ShelfYes, OrderText::ShelfNo)} />
            if may_refund {
                <Choose id="return-money" label={OrderText::MoneyToo.text(locale)} chosen={(*money).clone()}
                    on_choose={set(&money)} choices={choices(OrderText::MoneyYes, OrderText::MoneyNo)} />
            }
            <Field id="step-line" label={OrderText::ReturnNote.text(locale)} value={(*note).clone()} on_change={set(&note)}
                is_long={true} error={acting.error("note")} />
        </ActDialog>
    }
}
