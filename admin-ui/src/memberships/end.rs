//! The dialog that ends a membership before its time: why, and how much money goes back.

use domain::memberships::{EndMembership, MemberDetail};
use domain::money::Money;
use domain::staff::Permission;
use yew::prelude::*;

use crate::act::{ActDialog, fresh_key, set, use_acting};
use crate::amount::grouped;
use crate::desk::use_desk;
use crate::field::Field;
use crate::texts::MemberText;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct EndDialogProps {
    pub(super) detail: MemberDetail,
    pub(super) on_close: Callback<()>,
}

/// Asks why, and how much of what was paid goes back; nothing is proposed.
#[component]
pub(super) fn EndDialog(props: &EndDialogProps) -> Html {
    let desk = use_desk();
    let (locale, currency) = (desk.locale, desk.currency());
    let key = use_state(fresh_key);
    let amount = use_state(String::new);
    let reason = use_state(String::new);
    let acting = use_acting(Callback::from(|_: MemberDetail| ()), props.on_close.clone());
    let row = &props.detail.row;
    let left = props.detail.refundable;
    let may_refund = desk.staff.role.may(Permission::RefundOrders) && left > Money::ZERO;

    let on_submit = {
        let (membership_id, name) = (row.membership.id, row.name.clone());
        let (key, amount, reason, acting) = (key.clone(), amount.clone(), reason.clone(), acting.clone());
        Callback::from(move |()| {
            let refund = match amount.trim() {
                "" => None,
                typed => match Money::read(typed, currency) {
                    Ok(amount) => Some(amount),
                    Err(message) => return acting.refuse("refund", message),
                },
            };
            let (reason, key) = ((*reason).clone(), (*key).clone());
            let said = MemberText::Ended { name: name.clone() }.text(locale);
            acting.send(EndMembership { membership_id, reason, refund, key }, said);
        })
    };
    let on_amount = set(&amount).reform(move |typed: String| grouped(&typed, currency));
    let hint = MemberText::EndRefundHint { left: left.display(currency) }.text(locale);
    let until = desk.calendar().brief(row.membership.ends_at);
    html! {
        <ActDialog id="end-member" title={MemberText::EndAsk { name: row.name.clone() }.text(locale)}
            explanation={MemberText::EndExplain { until }.text(locale)} confirm={MemberText::EndConfirm.text(locale)}
            look="is-bad" problem={acting.problem()} is_working={acting.is_working()} {on_submit}
            on_close={props.on_close.clone()}>
            <Field id="end-member-reason" label={MemberText::EndReason.text(locale)} value={(*reason).clone()}
                on_change={set(&reason)} is_first={true} is_long={true}
                hint={Some(AttrValue::from(MemberText::EndReasonHint.text(locale)))} error={acting.error("reason")} />
            if may_refund {
                <div class="with-unit">
                    <span class="unit" aria-hidden="true">{ currency.symbol() }</span>
                    <Field id="end-member-refund" label={MemberText::EndRefund.text(locale)} value={(*amount).clone()}
                        on_change={on_amount} inputmode="decimal" hint={Some(AttrValue::from(hint))}
                        error={acting.error("refund")} />
                </div>
            }
        </ActDialog>
    }
}
