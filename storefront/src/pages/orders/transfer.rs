//! How an order is paid by transfer: the shop's accounts, the exact amount, and the proof that its buyer sends. Whoever has the order's
//! link sees it; what a proof shows is shown to nobody here.

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::message::Message;
use domain::money::Money;
use domain::orders::OrderDetail;
use domain::payments::{BankAccount, MOST_PDF_BYTES, MOST_PROOF_BYTES, MOST_PROOFS, OrderTransfer, ProofStatus};
use domain::problem::Kind;
use services::{Shop, payments};

use super::{Access, address, may_pay, open, pay_by};
use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::Lenient;
use crate::session::{Upload, Uploaded};
use crate::texts::{After, Frame, TransferText};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "transfer.html")]
struct TransferPage {
    layout: Layout,
    order: OrderDetail,
    transfer: OrderTransfer,
    token: String,
    /// What was wrong with what was sent.
    wrong: Option<String>,
}

/// A proof as its buyer sees it.
struct SentProof {
    title: String,
    state: &'static str,
    status: ProofStatus,
    reason: Option<String>,
}

impl TransferPage {
    fn number(&self) -> String {
        self.layout.say(After::OrderNumber { number: self.order.number.clone() })
    }

    fn title(&self) -> String {
        self.layout.form_title(After::PayTitle, self.wrong.is_some())
    }

    fn accounts(&self) -> &[BankAccount] {
        &self.layout.settings.transfer.accounts
    }

    fn holder(&self, account: &BankAccount) -> String {
        self.layout.say(TransferText::HolderOf { holder: account.holder.clone() })
    }

    fn copy_number(&self, account: &BankAccount) -> String {
        self.layout.say(TransferText::CopyNumber { bank: account.bank.clone() })
    }

    fn amount(&self) -> String {
        self.transfer.asked.display(self.order.currency)
    }

    /// As a banking app takes it.
    fn digits(&self) -> String {
        self.transfer.asked.digits(self.order.currency)
    }

    /// What the amount is made of, when it has digits of its own.
    fn made_of(&self) -> Option<String> {
        let digits = self.transfer.asked.minus(self.order.totals.total).filter(|digits| *digits > Money::ZERO)?;
        let total = self.order.totals.total.display(self.order.currency);
        Some(self.layout.say(TransferText::MadeOf { total, digits: digits.display(self.order.currency) }))
    }

    fn is_checked(&self) -> bool {
        self.transfer.has_waiting()
    }

    fn until(&self) -> Option<String> {
        pay_by(&self.layout, &self.order)
    }

    /// Why the newest proof was refused, while no other waits.
    fn refusal(&self) -> Option<String> {
        let newest = self.transfer.proofs.last().filter(|proof| proof.status == ProofStatus::Refused)?;
        let reason = newest.reason.clone().unwrap_or_default();
        (!self.is_checked()).then(|| self.layout.say(TransferText::Refused { reason }))
    }

    fn proofs(&self) -> Vec<SentProof> {
        let sent = self.transfer.proofs.iter().map(|proof| SentProof {
            title: self.layout.say(TransferText::SentAt { moment: self.layout.moment(&proof.sent_at) }),
            state: proof.status.label(self.layout.locale),
            status: proof.status,
            reason: proof.reason.clone(),
        });
        sent.collect()
    }

    fn may_send(&self) -> bool {
        payments::wants_proof(&self.order) && (self.transfer.proofs.len() as u64) < MOST_PROOFS
    }

    fn file_hint(&self) -> String {
        let (picture, pdf) = (MOST_PROOF_BYTES / 1024 / 1024, MOST_PDF_BYTES / 1024 / 1024);
        self.layout.say(TransferText::FileHint { picture, pdf })
    }

    fn proof_address(&self) -> String {
        address(&self.order.number, "proof", &self.token)
    }

    fn order_address(&self) -> String {
        services::orders::path(&self.order.number, &self.token)
    }
}

/// The page of an order that waits for a transfer, if it was asked for one.
pub(super) fn page(layout: &Layout, order: &OrderDetail, token: &str) -> Option<Result<Response, Failure>> {
    shown(StatusCode::OK, layout, order, token, None)
}

/// Takes in a proof. The link is looked at before any of the file is read.
pub(crate) async fn take_proof(
    State(shop): State<Shop>,
    visit: Visit,
    Path(number): Path<String>,
    Lenient(access): Lenient<Access>,
    request: Request,
) -> Result<Response, Failure> {
    let (order, token) = open(&shop, &number, access).await?;
    let here = address(&order.number, "pay", &token);
    let Upload { token: form_token, file } = Upload::read(request, "proof", MOST_PROOF_BYTES).await;
    let layout = Layout::load(&shop, visit.at(here.clone())).await?;
    let again = |layout: &Layout, status, wrong: String| {
        shown(status, layout, &order, &token, Some(wrong))
            .unwrap_or_else(|| Ok((status, Redirect::to(&here)).into_response()))
    };
    if !layout.visit.visitor.owns(&form_token) {
        return again(&layout, StatusCode::FORBIDDEN, layout.say(TransferText::FormExpired));
    }
    let most_megabytes = MOST_PROOF_BYTES / 1024 / 1024;
    let sent = match file {
        Uploaded::File(bytes) => payments::send_proof(&shop, &order.number, &token, bytes).await,
        Uploaded::Nothing => {
            return again(&layout, StatusCode::UNPROCESSABLE_ENTITY, layout.say(Message::ProofMissing));
        }
        Uploaded::TooLarge => {
            let wrong = layout.say(Message::ProofTooLarge { most_megabytes });
            return again(&layout, StatusCode::PAYLOAD_TOO_LARGE, wrong);
        }
    };
    let Err(error) = sent else { return Ok(Redirect::to(&here).into_response()) };
    match (error.kind(), error.fields().first()) {
        (Kind::Invalid, Some(problem)) => {
            again(&layout, StatusCode::UNPROCESSABLE_ENTITY, layout.say(problem.message.clone()))
        }
        (Kind::Refused, _) if may_pay(&order) => {
            again(&layout, StatusCode::CONFLICT, layout.say(error.message().clone()))
        }
        // It was paid or ended meanwhile: its page says so.
        (Kind::Refused, _) => Ok(Redirect::to(&here).into_response()),
        _ => Err(error.into()),
    }
}

fn shown(
    status: StatusCode,
    layout: &Layout,
    order: &OrderDetail,
    token: &str,
    wrong: Option<String>,
) -> Option<Result<Response, Failure>> {
    let transfer = order.transfer.clone().filter(|_| order.payment_method.is_transfer())?;
    let (layout, order, token) = (layout.clone(), order.clone(), token.to_owned());
    let page = TransferPage { layout, order, transfer, token, wrong };
    Some(page.layout.page(status, &page))
}

/// No service tells us of a transfer that came too late: its sender must.
pub(super) fn cancelled_hint(order: &OrderDetail) -> After {
    let is_unpaid = order.balance.left() <= Money::ZERO && order.refunds.is_empty();
    if order.payment_method.is_transfer() && is_unpaid { After::CancelledTransferHint } else { After::CancelledHint }
}
