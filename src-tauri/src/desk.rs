//! What the desktop process knows: the shop behind the window, and who sits at the desk.
//!
//! Nobody's rights are kept here, only their id: every command looks them up again.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::locale::Locale;
use domain::message::Message;
use domain::problem::{Kind, Problem};
use domain::setup::{DemoAccount, LoadingStep, Opening};
use domain::staff::{Staff, StaffId};
use services::bringing::Bringing;
use services::staff::Since;
use services::{Shop, staff};
use storefront::house::House;
use tokio::sync::{Notify, RwLock, watch};

use crate::letters::DrawnLetters;
use crate::report::report;

/// How far the shop is.
#[derive(Clone, Debug)]
enum Stage {
    Opening,
    Open(Shop),
    Failed(String),
    Closing,
}

/// The desk behind the window.
pub(crate) struct Desk {
    stage: watch::Sender<Stage>,
    /// Everything that must be closed in order; there while the doors are open, and locked while they are opened.
    pub(crate) house: RwLock<Option<House>>,
    /// Whether closing the window leaves a way back to it.
    pub(crate) has_tray: AtomicBool,
    has_failed: AtomicBool,
    /// The window was asked whether it may be closed, and said yes.
    wishes_to_close: Notify,
    /// Files that are brought here.
    pub(crate) bringing: Bringing,
    /// Letters that were drawn for it.
    pub(crate) letters: DrawnLetters,
    /// Nothing until somebody has spoken.
    language: watch::Sender<Option<Locale>>,
    notes: Mutex<Notes>,
}

/// The language of tray and notifications.
pub(crate) struct Language(watch::Receiver<Option<Locale>>);

impl Language {
    /// The one that is spoken now.
    pub(crate) fn now(&mut self) -> Locale {
        self.0.borrow_and_update().unwrap_or(Locale::Indonesian)
    }

    /// Waits for another one.
    ///
    /// # Errors
    /// When the desk is no more.
    pub(crate) async fn changed(&mut self) -> Result<(), watch::error::RecvError> {
        self.0.changed().await
    }
}

#[derive(Debug, Default)]
struct Notes {
    signed_in: Option<(StaffId, Since)>,
    loading: Option<LoadingStep>,
    demo_account: Option<DemoAccount>,
    /// Whether the window holds something that is not saved.
    has_unsaved: bool,
    /// The files that were dropped on the window last, by their paths: what it may ask for.
    dropped: VecDeque<PathBuf>,
}

/// How many dropped files are remembered: more than a person brings at once.
const MOST_DROPPED: usize = 500;

impl Default for Desk {
    fn default() -> Self {
        Self {
            stage: watch::Sender::new(Stage::Opening),
            house: RwLock::default(),
            has_tray: AtomicBool::default(),
            has_failed: AtomicBool::default(),
            wishes_to_close: Notify::default(),
            bringing: Bringing::default(),
            letters: DrawnLetters::default(),
            language: watch::Sender::new(None),
            notes: Mutex::default(),
        }
    }
}

impl Desk {
    /// The shop; waits until it is open.
    pub(crate) async fn shop(&self) -> Result<Shop, Problem> {
        match self.settled().await {
            Stage::Open(shop) => Ok(shop),
            Stage::Opening | Stage::Failed(_) | Stage::Closing => {
                Err(Problem::new(Kind::Unavailable, Message::DatabaseUnavailable))
            }
        }
    }

    /// The shop and whoever sits at the desk, looked up anew.
    pub(crate) async fn staffed(&self) -> Result<(Shop, Staff), Problem> {
        let shop = self.shop().await?;
        let signed_out = || Problem::new(Kind::SignedOut, Message::SignInFirst);
        let (id, since) = self.notes().signed_in.ok_or_else(signed_out)?;
        let staff = staff::find_since(&shop, id, since).await.map_err(|error| report(&error))?;
        Ok((shop, staff))
    }

    /// How opening ended, once it has.
    pub(crate) async fn opening(&self) -> Opening {
        match self.settled().await {
            Stage::Failed(sentence) => Opening::Failed { sentence },
            Stage::Opening | Stage::Open(_) | Stage::Closing => {
                Opening::Open { demo_account: self.notes().demo_account.clone() }
            }
        }
    }

    /// Lets every waiting command go on.
    pub(crate) fn open(&self, shop: Shop) {
        self.turn_to(Stage::Open(shop));
    }

    /// Says why the shop cannot be opened.
    pub(crate) fn fail(&self, sentence: String) {
        self.has_failed.store(true, Ordering::Relaxed);
        self.turn_to(Stage::Failed(sentence));
    }

    /// Says that the program ends; tells whether it was already ending.
    pub(crate) fn begin_closing(&self) -> bool {
        matches!(self.stage.send_replace(Stage::Closing), Stage::Closing)
    }

    /// Waits until the program ends.
    pub(crate) async fn closing(&self) {
        // The sender lives as long as the desk, so that waiting ends only with the stage.
        let _ = self.stage.subscribe().wait_for(|stage| matches!(stage, Stage::Closing)).await;
    }

    /// Whether the shop never opened.
    pub(crate) fn has_failed(&self) -> bool {
        self.has_failed.load(Ordering::Relaxed)
    }

    /// Somebody sits down. From now on nobody needs to be told the demo shop's password.
    pub(crate) fn sign_in(&self, staff: &Staff, since: Since) {
        let mut notes = self.notes();
        notes.signed_in = Some((staff.id, since));
        notes.demo_account = None;
        drop(notes);
        self.speak(staff.locale);
    }

    /// They leave.
    pub(crate) fn sign_out(&self) {
        let mut notes = self.notes();
        notes.signed_in = None;
        notes.has_unsaved = false;
        notes.dropped.clear();
        drop(notes);
        self.letters.forget();
    }

    /// The window holds something that is not saved, or no more.
    pub(crate) fn note_unsaved(&self, has_unsaved: bool) {
        self.notes().has_unsaved = has_unsaved;
    }

    /// Whether closing the window would lose something.
    pub(crate) fn has_unsaved(&self) -> bool {
        self.notes().has_unsaved
    }

    /// The window may be closed, whatever it holds.
    pub(crate) fn wish_to_close(&self) {
        self.wishes_to_close.notify_one();
    }

    /// Waits until the window may be closed.
    pub(crate) async fn wished_to_close(&self) {
        self.wishes_to_close.notified().await;
    }

    /// Somebody drops files on the window.
    pub(crate) fn note_dropped(&self, paths: &[PathBuf]) {
        let mut notes = self.notes();
        notes.dropped.extend(paths.iter().cloned());
        let forgotten = notes.dropped.len().saturating_sub(MOST_DROPPED);
        notes.dropped.drain(..forgotten);
    }

    /// The file of that path, if it was dropped on the window.
    pub(crate) fn dropped(&self, path: &str) -> Option<PathBuf> {
        self.notes().dropped.iter().find(|dropped| dropped.as_os_str() == path).cloned()
    }

    /// Whether somebody sits here.
    pub(crate) fn is_signed_in(&self) -> bool {
        self.notes().signed_in.is_some()
    }

    /// Tray and notifications follow whoever sat here last; before that, the shop's own language.
    pub(crate) fn speak(&self, language: Locale) {
        self.language.send_replace(Some(language));
    }

    /// What tray and notifications speak until somebody has sat down.
    pub(crate) fn speak_at_first(&self, language: Locale) {
        self.language.send_if_modified(|spoken| spoken.replace(spoken.unwrap_or(language)).is_none());
    }

    /// What tray and notifications speak now, and every change of it.
    pub(crate) fn language(&self) -> Language {
        Language(self.language.subscribe())
    }

    /// Notes how far the demo shop's loading is; nothing when it is over.
    pub(crate) fn set_loading(&self, step: Option<LoadingStep>) {
        self.notes().loading = step;
    }

    /// How far the demo shop's loading is.
    pub(crate) fn loading(&self) -> Option<LoadingStep> {
        self.notes().loading
    }

    /// Keeps the account of a demo shop that was just made, to be shown this once.
    pub(crate) fn show_demo_account(&self, account: DemoAccount) {
        self.notes().demo_account = Some(account);
    }

    /// Nothing follows on closing.
    fn turn_to(&self, next: Stage) {
        self.stage.send_if_modified(|stage| {
            let is_closing = matches!(stage, Stage::Closing);
            if !is_closing {
                *stage = next;
            }
            !is_closing
        });
    }

    async fn settled(&self) -> Stage {
        let mut stage = self.stage.subscribe();
        let settled = stage.wait_for(|stage| !matches!(stage, Stage::Opening)).await.map(|stage| stage.clone());
        settled.unwrap_or(Stage::Closing)
    }

    /// Notes are whole between any two statements, so that a panic elsewhere spoils nothing.
    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
