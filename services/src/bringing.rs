//! What is brought at the desk of one process: a file of goods or the data of the former shop, one at a time. It is looked at
//! first, and taken in when its owner says so, by a task that goes on while the window shows something else.
//!
//! A task ends between two things, never within one: when it is stopped, and when the program ends.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::events::About;
use domain::imports::{
    AtHand, FindingPage, ImportReport, ImportedPage, ListFindings, ListImported, MapColumns, PutAwayImport, RunImport,
    Stage, StopImport,
};
use domain::locale::Locale;
use domain::message::Message;
use domain::page::{PageNumber, Position};
use domain::reference::Report;
use domain::staff::{Permission, Staff};
use serde_json::json;
use tokio::task::JoinHandle;
use tracing::instrument;

use crate::database::transact;
use crate::error::{Chain, Error, Result};
use crate::imports::{self, Fetcher, GoodsFile, Import, Mapping, PictureFiles, Reach};
use crate::reference::{self, Former, HowTo};
use crate::{Shop, events};

mod shown;

/// How many rows a page has.
const PER_PAGE: u8 = 50;

/// What a process has at hand. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Bringing(Arc<Mutex<Held>>);

#[derive(Debug, Default)]
struct Held {
    last_run: u64,
    file: Option<File>,
    task: Option<JoinHandle<()>>,
}

/// A file at hand.
#[derive(Debug)]
struct File {
    run: u64,
    name: String,
    pictures: Option<Pictures>,
    content: Content,
    stage: Stage,
    is_stopped: Arc<AtomicBool>,
}

/// Where its pictures are.
#[derive(Clone, Debug)]
struct Pictures {
    name: String,
    path: PathBuf,
    files: PictureFiles,
}

#[derive(Clone, Debug)]
enum Content {
    Goods { bytes: Arc<Vec<u8>>, mapping: Mapping, file: Arc<GoodsFile>, report: Option<Arc<ImportReport>> },
    Former { former: Arc<Former>, report: Option<Arc<Report>> },
}

/// What a task found out.
enum Outcome {
    Goods(ImportReport),
    Former(Report),
}

impl Bringing {
    /// What is at hand, and how far it is.
    pub fn at_hand(&self, staff: &Staff) -> Result<Option<AtHand>> {
        staff.require(Permission::ChangeCatalog)?;
        Ok(self.held().file.as_ref().map(File::shown))
    }

    /// Takes a file to hand, and begins to look what it would do. What was at hand is put away.
    ///
    /// `Refused(ImportRuns)` while another one is taken in; `Unusable` when it is no file that can be.
    #[instrument(skip_all, fields(staff.id = %staff.id))]
    pub async fn open(&self, shop: &Shop, staff: &Staff, name: &str, bytes: Vec<u8>) -> Result<Option<AtHand>> {
        staff.require(Permission::ChangeCatalog)?;
        self.held().is_free()?;
        let content = Content::read(shop, bytes).await?;
        {
            let mut held = self.held();
            held.is_free()?;
            held.put_away();
            let run = held.next_run();
            let name = name.to_owned();
            let stage = Stage::Looking { done: 0, of: 0 };
            held.file = Some(File { run, name, pictures: None, content, stage, is_stopped: Arc::default() });
        }
        self.look(shop, staff);
        self.at_hand(staff)
    }

    /// Puts a folder or a ZIP with pictures beside the file at hand.
    #[instrument(skip_all, fields(staff.id = %staff.id))]
    pub async fn add_pictures(&self, shop: &Shop, staff: &Staff, path: &Path) -> Result<Option<AtHand>> {
        staff.require(Permission::ChangeCatalog)?;
        self.held().is_free()?;
        let (name, wanted) = (name_of(path), path.to_owned());
        let opened = tokio::task::spawn_blocking(move || PictureFiles::open(&wanted)).await.map_err(Error::internal)?;
        let pictures = Pictures { name, path: path.to_owned(), files: opened.map_err(Error::Unusable)? };
        self.change(None, |file| file.pictures = Some(pictures))?;
        self.look(shop, staff);
        self.at_hand(staff)
    }

    /// Reads columns as others than they are called.
    #[instrument(skip_all, fields(staff.id = %staff.id))]
    pub async fn map(&self, shop: &Shop, staff: &Staff, request: MapColumns) -> Result<Option<AtHand>> {
        staff.require(Permission::ChangeCatalog)?;
        let known = self.held().content_of(request.run)?;
        let Content::Goods { bytes, .. } = known else { return Err(Error::Refused(Message::ImportPutAway)) };
        let mapping: Mapping = request.columns.into_iter().collect();
        let file = imports::read_found(shop, bytes.as_ref().clone(), mapping.clone()).await?;
        let content = Content::Goods { bytes, mapping, file: Arc::new(file), report: None };
        self.change(Some(request.run), |file| file.content = content)?;
        self.look(shop, staff);
        self.at_hand(staff)
    }

    /// A page of what becomes of the products.
    pub fn products(&self, staff: &Staff, request: ListImported) -> Result<ImportedPage> {
        staff.require(Permission::ChangeCatalog)?;
        let Content::Goods { report: Some(report), .. } = self.held().content_of(request.run)? else {
            return Err(Error::Refused(Message::ImportPutAway));
        };
        let wanted = |kind| request.show.is_none_or(|show| show == kind);
        let found = report.products.iter().filter(|product| wanted(product.verdict.kind()));
        let (rows, position) = page(found, request.page);
        Ok(ImportedPage { rows, position })
    }

    /// A page of what is to be known of the former shop.
    pub fn findings(&self, staff: &Staff, request: ListFindings) -> Result<FindingPage> {
        staff.require(Permission::ChangeCatalog)?;
        let Content::Former { report: Some(report), .. } = self.held().content_of(request.run)? else {
            return Err(Error::Refused(Message::ImportPutAway));
        };
        let (rows, position) = page(report.remarks.iter(), request.page);
        Ok(FindingPage { rows, position })
    }

    /// All that was refused, left out or not found, as a file for a spreadsheet.
    pub fn troubles(&self, staff: &Staff, run: u64, locale: Locale) -> Result<Vec<u8>> {
        staff.require(Permission::ChangeCatalog)?;
        match self.held().content_of(run)? {
            Content::Goods { report: Some(report), .. } => imports::troubles(&report, locale),
            Content::Former { report: Some(report), .. } => imports::remarks(&report, locale),
            Content::Goods { .. } | Content::Former { .. } => Err(Error::Refused(Message::ImportPutAway)),
        }
    }

    /// Begins to take in what was looked at. It goes on by itself.
    ///
    /// `Refused(ImportPutAway)` unless it was looked at as it is now.
    #[instrument(skip_all, fields(staff.id = %staff.id))]
    pub async fn run(&self, shop: &Shop, staff: &Staff, request: RunImport) -> Result<Option<AtHand>> {
        let writer = shop.staff(staff, Permission::ChangeCatalog)?;
        staff.require(Permission::ChangeStock)?;
        let (name, rows) = {
            let mut held = self.held();
            held.is_free()?;
            let file = held.file_of(request.run)?;
            if file.stage != Stage::Looked || file.lacks() {
                return Err(Error::Refused(Message::ImportPutAway));
            }
            file.stage = Stage::Running { done: 0, of: 0, is_stopping: false };
            (file.name.clone(), file.rows())
        };
        let subject = Subject::new(SubjectKind::File, request.run, name.as_str());
        let after = json!({ "file": name, "rows": rows });
        let noted = transact!(writer, |work| {
            work.record(AuditAction::ImportFile, &subject, &(), &after).await?;
            events::record(work, &About::Goods.into()).await
        });
        if let Err(error) = noted {
            if let Ok(file) = self.held().file_of(request.run) {
                file.stage = Stage::Looked;
            }
            return Err(error);
        }
        self.work(shop, staff, false);
        self.at_hand(staff)
    }

    /// Lets the product at hand be finished, and no other be begun.
    pub fn stop(&self, staff: &Staff, request: StopImport) -> Result<Option<AtHand>> {
        staff.require(Permission::ChangeCatalog)?;
        {
            let mut held = self.held();
            let file = held.file_of(request.run)?;
            file.is_stopped.store(true, Ordering::Relaxed);
            if let Stage::Running { is_stopping, .. } = &mut file.stage {
                *is_stopping = true;
            } else if let Stage::Looking { .. } = file.stage {
                held.put_away();
            }
        }
        self.at_hand(staff)
    }

    /// Puts the file away, and what was told of it.
    pub fn put_away(&self, staff: &Staff, request: PutAwayImport) -> Result<Option<AtHand>> {
        staff.require(Permission::ChangeCatalog)?;
        {
            let mut held = self.held();
            held.file_of(request.run)?;
            held.is_free()?;
            held.put_away();
        }
        self.at_hand(staff)
    }

    /// Whether something is being taken in.
    pub fn is_running(&self) -> bool {
        self.held().is_free().is_err()
    }

    /// Waits until nothing moves any more.
    pub async fn settled(&self) {
        // A task that is there may be followed by another one.
        loop {
            let Some(task) = self.held().task.take() else { return };
            // One that panicked has told the log, and has ended.
            let _ = task.await;
        }
    }

    /// Ends whatever is under way, between two things, and waits for it.
    pub async fn end(&self) {
        if let Some(file) = &self.held().file {
            file.is_stopped.store(true, Ordering::Relaxed);
        }
        self.settled().await;
    }

    /// What a task of an earlier change would find out is not asked for any more.
    fn change(&self, run: Option<u64>, change: impl FnOnce(&mut File)) -> Result<()> {
        let mut held = self.held();
        held.is_free()?;
        let next = held.next_run();
        let file = match run {
            Some(run) => held.file_of(run)?,
            None => held.file.as_mut().ok_or(Error::Refused(Message::ImportPutAway))?,
        };
        file.is_stopped.store(true, Ordering::Relaxed);
        change(file);
        file.run = next;
        file.is_stopped = Arc::default();
        file.stage = Stage::Looking { done: 0, of: 0 };
        Ok(())
    }

    fn look(&self, shop: &Shop, staff: &Staff) {
        let lacks = {
            let mut held = self.held();
            let Some(file) = held.file.as_mut() else { return };
            if file.lacks() {
                file.stage = Stage::Looked;
            }
            file.lacks()
        };
        if !lacks {
            self.work(shop, staff, true);
        }
    }

    /// Begins a task that looks or takes in.
    fn work(&self, shop: &Shop, staff: &Staff, is_check: bool) {
        let mut held = self.held();
        let Some(file) = held.file.as_ref() else { return };
        let (run, name) = (file.run, file.name.clone());
        let (content, pictures, is_stopped) = (file.content.clone(), file.pictures.clone(), file.is_stopped.clone());
        let (bringing, shop, staff) = (self.clone(), shop.clone(), staff.clone());
        held.task = Some(tokio::spawn(async move {
            let watch = |done: u32, of: u32| match is_stopped.load(Ordering::Relaxed) {
                true => ControlFlow::Break(()),
                false => {
                    bringing.note(run, done, of);
                    ControlFlow::Continue(())
                }
            };
            let outcome = match &content {
                Content::Goods { file, .. } => {
                    let fetcher = Fetcher::new(Reach::Internet);
                    let files = pictures.as_ref().map(|pictures| &pictures.files);
                    let pictures = imports::Pictures { files, fetcher: &fetcher };
                    let import = Import { file, pictures, name: &name, watch: &watch };
                    let report = match is_check {
                        true => imports::check(&shop, &staff, import).await,
                        false => imports::apply(&shop, &staff, import).await,
                    };
                    report.map(Outcome::Goods)
                }
                Content::Former { former, .. } => {
                    let folder = pictures.as_ref().map(|pictures| pictures.path.as_path());
                    let how = HowTo { pictures: folder.filter(|path| path.is_dir()), is_check };
                    let report = reference::import_watched(&shop, &staff, former, how, &watch).await;
                    report.map(Outcome::Former)
                }
            };
            bringing.settle(run, outcome, is_check, is_stopped.load(Ordering::Relaxed));
        }));
    }

    fn note(&self, run: u64, so_far: u32, all: u32) {
        if let Ok(file) = self.held().file_of(run)
            && let Stage::Looking { done, of } | Stage::Running { done, of, .. } = &mut file.stage
        {
            (*done, *of) = (so_far, all);
        }
    }

    fn settle(&self, run: u64, outcome: Result<Outcome>, is_check: bool, is_stopped: bool) {
        let mut held = self.held();
        // What was changed or put away meanwhile is looked at by another task.
        let Ok(file) = held.file_of(run) else { return };
        file.stage = match outcome {
            Ok(outcome) => {
                file.content.keep(outcome);
                if is_check { Stage::Looked } else { Stage::Done { is_stopped } }
            }
            Err(error) => {
                if error.kind().is_ours() {
                    tracing::error!(error = %Chain(&error), "an import failed");
                }
                Stage::Failed { why: error.message().clone() }
            }
        };
    }

    /// What is held is whole between any two statements, so that a panic elsewhere spoils nothing.
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn next_run(&mut self) -> u64 {
        self.last_run += 1;
        self.last_run
    }

    /// Nothing is begun beside what is being taken in.
    fn is_free(&self) -> Result<()> {
        match self.file.as_ref().map(|file| &file.stage) {
            Some(Stage::Running { .. }) => Err(Error::Refused(Message::ImportRuns)),
            _ => Ok(()),
        }
    }

    fn put_away(&mut self) {
        if let Some(file) = self.file.take() {
            file.is_stopped.store(true, Ordering::Relaxed);
        }
    }

    fn file_of(&mut self, run: u64) -> Result<&mut File> {
        self.file.as_mut().filter(|file| file.run == run).ok_or(Error::Refused(Message::ImportPutAway))
    }

    fn content_of(&mut self, run: u64) -> Result<Content> {
        Ok(self.file_of(run)?.content.clone())
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The rows of a page, and where it stands.
fn page<'a, T: Clone + 'a>(all: impl Iterator<Item = &'a T> + Clone, page: PageNumber) -> (Vec<T>, Position) {
    let total = all.clone().count();
    let before = usize::try_from(page.offset(PER_PAGE.into())).unwrap_or(usize::MAX);
    let rows = all.skip(before).take(PER_PAGE.into()).cloned().collect();
    (rows, Position { page, per_page: PER_PAGE.into(), total: total as u64 })
}
