//! Transfers to the shop's own accounts: buyers send proofs, and staff say what came. No gateway takes part, and what came is applied
//! as a gateway's word is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::events::{About, Happening};
use domain::mail::MailKind;
use domain::message::Message;
use domain::money::Money;
use domain::orders::{OrderDetail, OrderEvent};
use domain::payments::{
    CountTransfer, DecideProof, GatewayOutcome, GetProof, ListProofs, MOST_PDF_BYTES, MOST_PROOF_BYTES, MOST_PROOFS,
    PaymentStatus, ProofDetail, ProofId, ProofKind, ProofPage, ProofShow, ProofStatus, ProofVerdict,
};
use domain::problem::FieldProblem;
use domain::staff::{Permission, Staff};
use domain::text::Reason;
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::apply;
use super::payable::{self, LockedPayable};
use crate::database::{StaffWork, Work, transact};
use crate::error::{Error, Result};
use crate::gateways::PaymentStatement;
use crate::money::transfers::{self, Content, Decision, New};
use crate::money::{self, TRANSFER};
use crate::orders::LockedOrder;
use crate::{Shop, events, mail, media, orders, secrets, settings};

const PER_PAGE: u32 = 25;

/// Takes in the proof of a transfer from the one who has the order's link: a picture, which is drawn anew so that it tells nothing but
/// what can be seen, or a PDF as it is. The same file again is the same proof.
///
/// `Invalid` at the field `proof`; `Refused(NoProofWanted)` when the order waits for no transfer, `Refused(TooManyProofs)`.
#[instrument(skip_all, fields(order.number = number, proof.bytes = bytes.len()))]
pub async fn send_proof(shop: &Shop, number: &str, token: &str, bytes: Vec<u8>) -> Result<()> {
    let mut conn = shop.db.acquire().await?;
    let id = orders::find_by_link(shop, &mut conn, number, token).await?;
    // Nothing is unpacked for an order that wants none.
    let order = orders::load(&mut conn, id).await?;
    drop(conn);
    if !wants_proof(&order) {
        return Err(Error::Refused(Message::NoProofWanted));
    }
    let fingerprint = secrets::digest(&bytes);
    let (kind, content) = read(bytes).await?;
    let settings = settings::get(shop).await?;
    transact!(shop.shopper(), |work| {
        let order = orders::lock(work, id).await?;
        let is_open = order.payment_method.is_transfer() && order.status.after(OrderEvent::PaymentArrived).is_ok();
        if !is_open || !money::checking::to_check(work, id).await?.is_empty() {
            return Err(Error::Refused(Message::NoProofWanted));
        }
        if transfers::is_known(work, id, &fingerprint).await? {
            return orders::touch(work, id).await;
        }
        let sent = transfers::of(work, id, None).await?.map_or(0, |transfer| transfer.proofs.len() as u64);
        if sent >= MOST_PROOFS {
            return Err(Error::Refused(Message::TooManyProofs { most: MOST_PROOFS }));
        }
        let attempt = transfers::live_or_new(work, (&order).into(), &settings.transfer).await?;
        let new = New { order: id, payment: attempt.id, kind, fingerprint: &fingerprint, content: &content };
        transfers::keep(work, &new).await?;
        orders::hold(work, &order).await?;
        let LockedOrder { number, name, .. } = &order;
        events::record(work, &Happening::ProofSent { order_id: id, number: number.clone(), name: name.clone() }).await
    })
}

/// Whether the buyer of an order may send a proof now.
pub fn wants_proof(order: &OrderDetail) -> bool {
    order.payment_method.is_transfer()
        && order.status.after(OrderEvent::PaymentArrived).is_ok()
        && order.to_check.is_empty()
}

/// A page of proofs: those that wait, or the others.
pub async fn proofs(shop: &Shop, staff: &Staff, request: ListProofs) -> Result<ProofPage> {
    staff.require(Permission::RefundOrders)?;
    transfers::page(&mut *shop.db.acquire().await?, request.show, request.after, PER_PAGE).await
}

/// A proof with what it shows.
pub async fn proof(shop: &Shop, staff: &Staff, request: GetProof) -> Result<ProofDetail> {
    staff.require(Permission::RefundOrders)?;
    let mut conn = shop.db.acquire().await?;
    let nothing = || Error::NotFound(Message::NoSuchProof);
    let row = transfers::row(&mut conn, request.proof_id).await?.ok_or_else(nothing)?;
    let Content { kind, bytes, .. } = transfers::content(&mut conn, request.proof_id).await?.ok_or_else(nothing)?;
    let address = |bytes: &Vec<u8>| format!("data:image/webp;base64,{}", STANDARD.encode(bytes));
    let is_kept = bytes.is_some();
    let picture = bytes.as_ref().filter(|_| kind == ProofKind::Picture).map(address);
    let others = transfers::page(&mut conn, ProofShow::Waiting, None, 2).await?;
    let next = others.rows.iter().map(|row| row.proof.id).find(|id| *id != request.proof_id);
    Ok(ProofDetail { row, picture, is_kept, next })
}

/// The file of a proof, and what it is to be called.
pub async fn proof_file(shop: &Shop, staff: &Staff, proof: ProofId) -> Result<(String, Vec<u8>)> {
    staff.require(Permission::RefundOrders)?;
    let content = transfers::content(&mut *shop.db.acquire().await?, proof).await?;
    let Content { kind, bytes, number } = content.ok_or(Error::NotFound(Message::NoSuchProof))?;
    let ending = match kind {
        ProofKind::Picture => "webp",
        ProofKind::Pdf => "pdf",
    };
    let bytes = bytes.ok_or(Error::NotFound(Message::ProofFileGone))?;
    Ok((format!("{number}-{proof}.{ending}"), bytes))
}

/// Decides about a proof: so much came, or none, and why. Whoever is second changes nothing.
///
/// `Refused(ProofIsDecided)`, and `Refused(NothingToPay)` when the order was paid meanwhile.
#[instrument(skip_all, fields(proof.id = %request.proof_id, staff.id = %staff.id))]
pub async fn decide_proof(shop: &Shop, staff: &Staff, request: DecideProof) -> Result<()> {
    let writer = shop.staff(staff, Permission::RefundOrders)?;
    let reason = match &request.verdict {
        ProofVerdict::Refuse { reason } => {
            Some(Reason::parse(reason).map_err(|message| Error::field("reason", message))?)
        }
        ProofVerdict::Approve { .. } => None,
    };
    let to_pay = TimeDelta::hours(i64::from(settings::get(shop).await?.unpaid_hours));
    transact!(writer, |work| {
        let (id, nothing) = (request.proof_id, || Error::NotFound(Message::NoSuchProof));
        let order_id = transfers::order_of(work, id).await?.ok_or_else(nothing)?;
        // The lock order of every path: the order first, then what belongs to it.
        let locked = payable::lock_for_money(work, order_id.into()).await?;
        let found = transfers::lock(work, id).await?.filter(|found| found.order == order_id).ok_or_else(nothing)?;
        if found.status != ProofStatus::Waiting {
            return Err(Error::Refused(Message::ProofIsDecided));
        }
        let LockedPayable::Order(order) = &locked else { return Err(nothing()) };
        let by = staff.name.as_str();
        let after = match &request.verdict {
            ProofVerdict::Approve { came } => {
                let outcome = count(work, order, *came).await?;
                let decision = Decision { status: ProofStatus::Approved, by, reason: None, at: work.now() };
                transfers::decide(work, id, &decision).await?;
                json!({ "proof_status": ProofStatus::Approved, "came": came, "outcome": outcome })
            }
            ProofVerdict::Refuse { .. } => {
                let why = reason.as_ref().map(Reason::as_str);
                let decision = Decision { status: ProofStatus::Refused, by, reason: why, at: work.now() };
                transfers::decide(work, id, &decision).await?;
                mail::write(work, MailKind::ProofRefused, order_id, None).await?;
                if !transfers::of(work, order_id, None).await?.is_some_and(|transfer| transfer.has_waiting()) {
                    orders::hold_no_more(work, order, to_pay).await?;
                }
                json!({ "proof_status": ProofStatus::Refused, "reason": why })
            }
        };
        let subject = Subject::new(SubjectKind::Order, order_id, &order.number);
        let before = json!({ "proof_status": ProofStatus::Waiting });
        work.record(AuditAction::DecideProof, &subject, &before, &after).await?;
        events::record(work, &About::Order(order_id).into()).await
    })
}

/// Counts money that came to an account of the shop, whether its buyer sent a proof or not.
///
/// `Refused(NothingToPay)` when nothing was to be transferred, or came already.
#[instrument(skip_all, fields(order.id = %request.order_id, staff.id = %staff.id))]
pub async fn count_transfer(shop: &Shop, staff: &Staff, request: CountTransfer) -> Result<OrderDetail> {
    let writer = shop.staff(staff, Permission::RefundOrders)?;
    let CountTransfer { order_id, came } = request;
    transact!(writer, |work| {
        let locked = payable::lock_for_money(work, order_id.into()).await?;
        let LockedPayable::Order(order) = &locked else { return Err(Error::NotFound(Message::NoSuchOrder)) };
        let outcome = count(work, order, came).await?;
        let subject = Subject::new(SubjectKind::Order, order_id, &order.number);
        let (before, after) = (json!({ "status": order.status }), json!({ "came": came, "outcome": outcome }));
        work.record(AuditAction::CountTransfer, &subject, &before, &after).await?;
        events::record(work, &About::Order(order_id).into()).await?;
        let detail = orders::load(work, order_id).await?;
        Ok(detail)
    })
}

/// How many proofs nobody has looked at.
pub(crate) async fn count_waiting(conn: &mut MySqlConnection) -> Result<u64> {
    transfers::count_waiting(conn).await
}

/// Throws away what some proofs show that were decided before `limit`.
pub(crate) async fn forget_proofs_before(conn: &mut MySqlConnection, limit: DateTime<Utc>) -> Result<u64> {
    transfers::forget_content_before(conn, limit).await
}

/// Applies what came for an order, whose lock the caller has, and gives a word for what came of it.
async fn count(work: &mut StaffWork, order: &LockedOrder, came: Money) -> Result<&'static str> {
    if came <= Money::ZERO {
        return Err(Error::field("came", Message::NotAnAmount));
    }
    if !order.payment_method.is_transfer() {
        return Err(Error::Refused(Message::NothingToPay));
    }
    let reference = reference_of(work, order, came).await?;
    let statement =
        PaymentStatement { reference, outcome: GatewayOutcome::Paid, amount: came, currency: order.currency };
    let actor = work.actor();
    let outcome = apply::told(work, &statement, TRANSFER, &actor).await?;
    match outcome {
        apply::IGNORED | apply::LEFT_TO_A_PERSON => return Err(Error::Refused(Message::NothingToPay)),
        // A person decides about the amount next; the order waits for that.
        apply::OTHER_AMOUNT => {}
        _ => {
            // What waited was about this money, and is not asked about again.
            let (now, by) = (work.now(), work.staff().name.clone());
            let decision = Decision { status: ProofStatus::Approved, by: &by, reason: None, at: now };
            transfers::decide_all(work, order.id, &decision).await?;
        }
    }
    Ok(outcome)
}

/// The attempt that takes what came. Who left the digits out has paid all the same: less is asked for then.
async fn reference_of(work: &mut Work, order: &LockedOrder, came: Money) -> Result<String> {
    if transfers::newest(work, order.id).await?.is_none() {
        let rules = work.settings().await?.transfer.clone();
        transfers::live_or_new(work, order.into(), &rules).await?;
    }
    let newest = transfers::newest(work, order.id).await?;
    let newest = newest.ok_or_else(|| Error::internal("an attempt vanished"))?;
    let is_open = match newest.status {
        PaymentStatus::Pending | PaymentStatus::Failed | PaymentStatus::Expired => true,
        PaymentStatus::Paid | PaymentStatus::NeedsReview => false,
    };
    if is_open && came == order.total && came != newest.asked {
        transfers::without_digits(work, &newest, came).await?;
    }
    Ok(newest.reference)
}

/// What is kept of a file that a buyer sent.
async fn read(bytes: Vec<u8>) -> Result<(ProofKind, Vec<u8>)> {
    let refused = |why| Error::field("proof", why);
    let most = |most: usize| Message::ProofTooLarge { most_megabytes: most / 1024 / 1024 };
    if bytes.is_empty() {
        return Err(refused(Message::ProofMissing));
    }
    if bytes.starts_with(b"%PDF-") {
        return if bytes.len() <= MOST_PDF_BYTES {
            Ok((ProofKind::Pdf, bytes))
        } else {
            Err(refused(most(MOST_PDF_BYTES)))
        };
    }
    if bytes.len() > MOST_PROOF_BYTES {
        return Err(refused(most(MOST_PROOF_BYTES)));
    }
    // Whoever films a receipt sends no proof.
    if bytes.starts_with(b"GIF8") {
        return Err(refused(Message::NotAProof));
    }
    let drawn = media::redraw(bytes).await.map_err(|error| match error.fields().first() {
        Some(FieldProblem {
            message:
                Message::NotAPicture
                | Message::WebPageNotPicture
                | Message::SvgPicture
                | Message::OtherPictureFormat { .. }
                | Message::EmptyPicture,
            ..
        }) => refused(Message::NotAProof),
        Some(problem) => refused(problem.message.clone()),
        None => error,
    })?;
    Ok((ProofKind::Picture, drawn))
}
