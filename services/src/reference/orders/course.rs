//! What happened to an order, as steps of its life here.

use chrono::{DateTime, Utc};
use domain::orders::OrderEvent;
use domain::text::TrackingNumber;

use crate::orders::FormerStep;
use crate::reference::rows::Row;
use crate::reference::run::Run;

/// Where an order of the former shop stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Waiting,
    Processing,
    Shipped,
    Done,
    Cancelled,
}

impl Status {
    /// The status of that word, in either of its languages.
    pub(super) fn of(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "pesanan dibuat" | "menunggu pembayaran" | "pending" => Some(Self::Waiting),
            "diproses" | "processing" => Some(Self::Processing),
            "dikirim" | "shipped" => Some(Self::Shipped),
            "selesai" | "completed" => Some(Self::Done),
            "dibatalkan" | "cancelled" => Some(Self::Cancelled),
            _ => None,
        }
    }
}

/// Whether an order was called off.
pub(in crate::reference) fn is_cancelled(row: &Row) -> bool {
    row.text("status").and_then(|status| Status::of(&status)) == Some(Status::Cancelled)
}

/// An entry of an order's history.
pub(super) struct Entry {
    pub(super) status: Status,
    at: Option<DateTime<Utc>>,
    note: Option<String>,
}

/// The history of an order, as far as it was kept.
pub(super) fn entries(run: &Run<'_>, rows: &[&Row]) -> Vec<Entry> {
    let entries = rows.iter().filter_map(|row| {
        let status = Status::of(&row.text("status")?)?;
        Some(Entry { status, at: run.time(row, "timestamp"), note: row.text("notes") })
    });
    entries.collect()
}

/// The steps that bring an order to where it stands. What was not noted happened when it was placed.
pub(super) fn steps(
    (status, placed_at): (Status, DateTime<Utc>),
    entries: &[Entry],
    is_online: bool,
    row: &Row,
) -> Vec<FormerStep> {
    let paid = (Status::Processing, OrderEvent::PaymentArrived);
    let shipped = (Status::Shipped, OrderEvent::HandedToCourier);
    let done = (Status::Done, OrderEvent::Delivered);
    let way: &[(Status, OrderEvent)] = match status {
        Status::Waiting => &[],
        Status::Processing => &[paid],
        Status::Shipped => &[paid, shipped],
        Status::Done => &[paid, shipped, done],
        Status::Cancelled => &[(Status::Cancelled, OrderEvent::CalledOff)],
    };
    let tracking =
        row.text("tracking_number").map(|number| number.chars().take(TrackingNumber::MOST).collect::<String>());
    let tracking = tracking.and_then(|number| TrackingNumber::parse(&number).ok()).map(String::from);
    let mut last = placed_at;
    let mut steps = Vec::new();
    // What is paid at the door begins where others come with their money.
    for (status, event) in way.iter().filter(|(_, event)| is_online || *event != OrderEvent::PaymentArrived) {
        let entry = entries.iter().find(|entry| entry.status == *status);
        last = last.max(entry.and_then(|entry| entry.at).unwrap_or(last));
        let note = entry.and_then(|entry| entry.note.clone()).map(|note| note.chars().take(500).collect());
        let tracking = tracking.clone().filter(|_| *event == OrderEvent::HandedToCourier);
        steps.push(FormerStep { event: *event, at: last, note: note.or_else(|| tracking.clone()), tracking });
    }
    steps
}
