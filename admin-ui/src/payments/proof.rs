//! One proof of a transfer, as large as it can be seen: one key says that its money came, another asks why not.

use domain::locale::Locale;
use domain::money::{Currency, Money};
use domain::payments::{
    DecideProof, GetProof, ProofDetail, ProofId, ProofKind, ProofStatus, ProofVerdict, SaveProofFile,
};
use yew::prelude::*;

use super::PaymentText;
use super::proofs::state;
use crate::desk::{Desk, OrderPill, payment_pill, use_desk};
use crate::ipc::use_command;
use crate::kit::shortcuts::{is_plain_key, use_shortcut};
use crate::kit::{
    Back, Bones, Button, Card, Detail, Fact, FormDialog, Glyph, ProblemLine, Request, detail, go, lens, use_dialog,
    use_form, use_locale, use_sender, wrong,
};
use crate::screens::{Order, Payments, PaymentsPart, Proof};

/// What a dialog is open for.
#[derive(Clone, Copy, PartialEq)]
enum Doing {
    Refuse,
    /// Another amount came.
    Other,
}

/// The screen of one proof.
#[component]
pub(crate) fn ProofScreen(props: &Proof) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let proof_id = props.id;
    let asked = use_command(GetProof { proof_id });
    let (sender, dialog) = (use_sender(), use_dialog::<Doing>());
    let waiting = asked.reply().filter(|proof| proof.row.proof.status == ProofStatus::Waiting).cloned();
    let next = asked.reply().and_then(|proof| proof.next);
    let on_done = Callback::from(move |()| {
        go(&next.map_or_else(|| Payments::of(PaymentsPart::Proofs).href(), |id| Proof::of(id).href()))
    });
    let approve = {
        let (sender, waiting, on_done) = (sender.clone(), waiting.clone(), on_done.clone());
        Callback::from(move |()| {
            let Some(proof) = waiting.as_ref().filter(|_| !sender.is_working()) else { return };
            sender.forgive();
            let on_done = on_done.clone();
            sender.send(approving(proof_id, proof.row.asked, proof.row.currency, locale), move |()| on_done.emit(()));
        })
    };
    let refuse = dialog.opens(Doing::Refuse);
    use_shortcut(is_approve, approve.reform(|event: KeyboardEvent| event.prevent_default()));
    let ask_why = {
        let (open, may) = (dialog.open(), waiting.is_some() && dialog.what().is_none());
        Callback::from(move |event: KeyboardEvent| {
            if may {
                event.prevent_default();
                open.emit(Doing::Refuse);
            }
        })
    };
    use_shortcut(is_refuse, ask_why);
    let buttons = Buttons {
        approve: approve.reform(|_: MouseEvent| ()),
        refuse,
        other: dialog.opens(Doing::Other),
        save: {
            let sender = sender.clone();
            Callback::from(move |_: MouseEvent| {
                let said = move |file: &Option<String>| match file {
                    Some(file) => PaymentText::FileSaved { file: file.clone() }.text(locale),
                    None => PaymentText::FileNotSaved.text(locale),
                };
                sender.send(Request::telling(SaveProofFile { proof_id }, said), |_| ());
            })
        },
    };
    let bones = html! { <div class="order-columns" aria-busy="true"><Bones widths={vec![9, 9, 9]} /><Bones widths={vec![4, 8]} /></div> };
    html! {
        <>
            <Back id="back-to-payments" href={Payments::of(PaymentsPart::Proofs).href()} text={PaymentText::BackToList.text(locale)} />
            { detail("proof", &asked, locale, bones, |proof| Detail {
                title: proof.row.number.clone(),
                aside: state(&proof.row, &desk),
                content: html! {
                    <>
                        if let Some(problem) = sender.problem() { <ProblemLine problem={problem.clone()} /> }
                        { content(proof, &desk, &buttons) }
                    </>
                },
            }) }
            if let Some(proof) = waiting {
                { match dialog.what() {
                    Some(Doing::Refuse) => html! { <RefuseDialog {proof_id} {on_done} on_close={dialog.close()} /> },
                    Some(Doing::Other) => html! {
                        <OtherDialog {proof_id} asked={proof.row.asked} currency={proof.row.currency} {on_done}
                            on_close={dialog.close()} />
                    },
                    None => Html::default(),
                } }
            }
        </>
    }
}

/// What the buttons do.
struct Buttons {
    approve: Callback<MouseEvent>,
    refuse: Callback<MouseEvent>,
    other: Callback<MouseEvent>,
    save: Callback<MouseEvent>,
}

fn content(proof: &ProofDetail, desk: &Desk, buttons: &Buttons) -> Html {
    let locale = desk.locale;
    let say = |text: PaymentText| text.text(locale);
    let row = &proof.row;
    let money = |amount: Money| amount.display(row.currency);
    let digits = row.asked.minus(row.total).filter(|digits| *digits > Money::ZERO);
    html! {
        <div class="order-columns" data-proof={row.proof.id.to_string()}>
            <div class="order-main">
                <Card id="proof-shown" title={say(PaymentText::ProofShown)}>
                    { shown(proof, locale) }
                    if proof.is_kept {
                        <div class="buttons">
                            <Button id="save-proof" is_small={true} icon={Glyph::Import} text={say(PaymentText::SaveFile)}
                                onclick={buttons.save.clone()} />
                        </div>
                    }
                </Card>
            </div>
            <div class="order-side">
                <Card id="proof-order" title={say(PaymentText::WhatFor)}>
                    <p class="fact"><a href={Order::of(row.order_id).href()}>{ &row.number }</a><OrderPill status={row.order_status} /></p>
                    <p>{ &row.name }</p>
                    <dl class="sums">
                        <Fact label={say(PaymentText::OrderTotal)} value={money(row.total)} test="proof-total" />
                        if let Some(digits) = digits {
                            <Fact label={say(PaymentText::Digits)} value={money(digits)} test="proof-digits" />
                        }
                        <Fact label={say(PaymentText::Asked)} value={money(row.asked)} test="proof-asked" />
                    </dl>
                    <p>{ payment_pill(row.payment_status, locale) }</p>
                    <p class="quiet numbers">{ PaymentText::SentAt { at: desk.calendar().full(row.proof.sent_at) }.text(locale) }</p>
                    if let (Some(at), Some(by)) = (row.proof.decided_at, &row.proof.decided_by) {
                        <p class="quiet">{ PaymentText::DecidedBy { name: by.clone(), at: desk.calendar().full(at) }.text(locale) }</p>
                    }
                    if let Some(reason) = &row.proof.reason { <p>{ reason }</p> }
                </Card>
                if row.proof.status == ProofStatus::Waiting {
                    <Card id="proof-decide" title={say(PaymentText::DecideTitle)}>
                        <p class="field-hint">{ say(PaymentText::DecideHint) }</p>
                        <div class="buttons is-stacked">
                            <Button id="approve-proof" look="is-primary" icon={Glyph::Done}
                                text={PaymentText::Approve { amount: money(row.asked) }.text(locale)} onclick={buttons.approve.clone()} />
                            <Button id="refuse-proof" look="is-danger" icon={Glyph::Cancelled} text={say(PaymentText::Refuse)}
                                onclick={buttons.refuse.clone()} />
                            <Button id="other-amount" look="is-quiet" text={say(PaymentText::OtherAmount)}
                                onclick={buttons.other.clone()} />
                        </div>
                        <p class="quiet">{ say(PaymentText::Keys) }</p>
                    </Card>
                }
            </div>
        </div>
    }
}

fn shown(proof: &ProofDetail, locale: Locale) -> Html {
    match (&proof.picture, proof.row.proof.kind, proof.is_kept) {
        (Some(picture), ..) => html! {
            <img class="proof-picture" src={picture.clone()} data-test="proof-picture"
                alt={PaymentText::PictureOf { number: proof.row.number.clone() }.text(locale)} />
        },
        (None, ProofKind::Pdf, true) => html! { <p>{ PaymentText::IsPdf.text(locale) }</p> },
        (None, ..) => html! { <p class="quiet">{ PaymentText::FileGone.text(locale) }</p> },
    }
}

fn approving(proof_id: ProofId, came: Money, currency: Currency, locale: Locale) -> Request<()> {
    let said = PaymentText::Approved { amount: came.display(currency) }.text(locale);
    Request::new(DecideProof { proof_id, verdict: ProofVerdict::Approve { came } }, said)
}

#[derive(Clone, PartialEq, Properties)]
struct RefuseProps {
    proof_id: ProofId,
    on_done: Callback<()>,
    on_close: Callback<()>,
}

/// Asks why not; the buyer reads it.
#[component]
fn RefuseDialog(props: &RefuseProps) -> Html {
    let locale = use_locale();
    let form = use_form(String::new);
    let proof_id = props.proof_id;
    let read = move |reason: &String| {
        let request = DecideProof { proof_id, verdict: ProofVerdict::Refuse { reason: reason.clone() } };
        Ok(Request::new(request, PaymentText::RefusedDone.text(locale)))
    };
    html! {
        <FormDialog title={PaymentText::RefuseTitle.text(locale)} explanation={PaymentText::RefuseText.text(locale)} look="is-bad"
            confirm={PaymentText::Refuse.text(locale)} state={form.state()}
            on_submit={form.submit(read, &props.on_done, &props.on_close)} on_close={props.on_close.clone()}>
            { form.input("step-line", "reason", PaymentText::RefuseReason.text(locale), lens!())
                .first()
                .long()
                .hint(PaymentText::RefuseReasonHint.text(locale)) }
        </FormDialog>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct OtherProps {
    proof_id: ProofId,
    asked: Money,
    currency: Currency,
    on_done: Callback<()>,
    on_close: Callback<()>,
}

/// Asks how much came.
#[component]
fn OtherDialog(props: &OtherProps) -> Html {
    let locale = use_locale();
    let (proof_id, currency) = (props.proof_id, props.currency);
    let form = use_form(|| props.asked.digits(currency));
    let read = move |typed: &String| {
        let came = Money::read(typed, currency).map_err(|message| wrong("came", message))?;
        Ok(approving(proof_id, came, currency, locale))
    };
    html! {
        <FormDialog title={PaymentText::OtherTitle.text(locale)} explanation={PaymentText::OtherText.text(locale)}
            confirm={PaymentText::OtherConfirm.text(locale)} state={form.state()}
            on_submit={form.submit(read, &props.on_done, &props.on_close)} on_close={props.on_close.clone()}>
            { form.input("step-amount", "came", PaymentText::Came.text(locale), lens!()).money(currency).first() }
        </FormDialog>
    }
}

fn is_approve(event: &KeyboardEvent) -> bool {
    is_plain_key(event, "a")
}

fn is_refuse(event: &KeyboardEvent) -> bool {
    is_plain_key(event, "r")
}
