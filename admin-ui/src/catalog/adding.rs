//! How pictures come to a product or a category: chosen, pasted or dropped on the window, one after the other. Each that cannot be taken says
//! why, and the others are taken all the same.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use domain::locale::Locale;
use domain::media::{MOST_BYTES, TakenPicture};
use domain::message::Message;
use domain::problem::{Kind, Problem};
use gloo_events::EventListener;
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ClipboardEvent, File, FileList, HtmlInputElement, window};
use yew::prelude::*;

use super::editor::EditorText;
use crate::desk::use_desk;
use crate::ipc::{self, use_dropped};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct AddPicturesProps {
    /// The id of what chooses files.
    pub(super) id: &'static str,
    /// How many more can be taken.
    pub(super) room: usize,
    /// How many there can be in all.
    pub(super) most: usize,
    pub(super) on_taken: Callback<TakenPicture>,
}

/// Where a picture comes from.
enum Source {
    File(File),
    /// A file that was dropped on the window.
    Dropped(String),
}

/// What is going on, as it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
struct Progress {
    /// The one that is being taken, from one; nothing while none is.
    at: usize,
    of: usize,
    /// Sentences about single files.
    told: Vec<String>,
}

/// What waits, and what has been done of it.
#[derive(Default)]
struct Work {
    waiting: VecDeque<Source>,
    is_running: bool,
    progress: Progress,
    /// How many more the product can have.
    room: usize,
}

/// The place where pictures are added.
#[component]
pub(super) fn AddPictures(props: &AddPicturesProps) -> Html {
    let locale = use_desk().locale;
    let work = use_mut_ref(Work::default);
    let progress = use_state_eq(Progress::default);
    let AddPicturesProps { id, room, most, .. } = *props;
    let bring = {
        let (work, progress, on_taken) = (work.clone(), progress.setter(), props.on_taken.clone());
        Callback::from(move |sources: Vec<Source>| {
            if sources.is_empty() {
                return;
            }
            {
                let mut work = work.borrow_mut();
                if !work.is_running {
                    work.progress = Progress::default();
                    work.room = room;
                }
                work.progress.of += sources.len();
                work.waiting.extend(sources);
                if std::mem::replace(&mut work.is_running, true) {
                    return;
                }
            }
            let (work, progress, on_taken) = (work.clone(), progress.clone(), on_taken.clone());
            spawn_local(async move { take_all(&work, &progress, &on_taken, most, locale).await });
        })
    };
    use_pasted(bring.reform(|files: Vec<File>| files.into_iter().map(Source::File).collect()));
    use_dropped(bring.reform(|paths: Vec<String>| paths.into_iter().map(Source::Dropped).collect()));

    let onchange = {
        let bring = bring.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            bring.emit(files_of(input.files()).into_iter().map(Source::File).collect());
            // So that the same file can be chosen once more.
            input.set_value("");
        })
    };
    let is_working = progress.at > 0;
    let hint = format!("{id}-hint");
    let add = if most > 1 { EditorText::AddPictures } else { EditorText::AddPicture };
    html! {
        <div class="add-pictures">
            <input {id} class="file-input" type="file" multiple={most > 1} {onchange}
                accept="image/jpeg,image/png,image/webp,image/gif,.jpg,.jpeg,.png,.webp,.gif"
                disabled={room == 0} aria-describedby={hint.clone()} />
            <label class="button is-small" for={id}>{ add.text(locale) }</label>
            <p id={hint} class="field-hint">{ EditorText::AddPicturesHint.text(locale) }</p>
            <div role="status">
                if is_working {
                    <label class="add-pictures-progress">
                        <span>{ EditorText::TakingPicture { at: progress.at, of: progress.of }.text(locale) }</span>
                        <progress value={(progress.at - 1).to_string()} max={progress.of.to_string()} />
                    </label>
                }
                for told in &progress.told { <p class="field-error" data-test="picture-told">{ told.clone() }</p> }
            </div>
        </div>
    }
}

/// Takes what waits, one after the other: the shop works on few at once.
async fn take_all(
    work: &Rc<RefCell<Work>>,
    shown: &UseStateSetter<Progress>,
    on_taken: &Callback<TakenPicture>,
    most: usize,
    locale: Locale,
) {
    loop {
        let source = {
            let mut work = work.borrow_mut();
            let Some(source) = work.waiting.pop_front() else {
                work.is_running = false;
                work.progress.at = 0;
                shown.set(work.progress.clone());
                return;
            };
            work.progress.at += 1;
            shown.set(work.progress.clone());
            source
        };
        let name = name_of(&source);
        let said = if work.borrow().room == 0 {
            vec![EditorText::MostPictures { most }.text(locale)]
        } else {
            match take(source).await {
                Ok(taken) => {
                    on_taken.emit(taken.clone());
                    work.borrow_mut().room -= 1;
                    taken.notes.iter().map(|note| note.text(locale)).collect()
                }
                Err(problem) => vec![why(&problem).text(locale)],
            }
        };
        work.borrow_mut().progress.told.extend(said.into_iter().map(|said| format!("{name}: {said}")));
    }
}

async fn take(source: Source) -> Result<TakenPicture, Problem> {
    let file = match source {
        Source::Dropped(path) => return ipc::take_dropped(path).await,
        Source::File(file) => file,
    };
    // Known before anything is read.
    #[expect(clippy::cast_precision_loss, reason = "a browser tells sizes as floats")]
    let is_heavy = file.size() > MOST_BYTES as f64;
    if is_heavy {
        let too_heavy = Message::PictureTooHeavy { most_megabytes: MOST_BYTES / 1024 / 1024 };
        return Err(Problem::new(Kind::Invalid, too_heavy));
    }
    let content = JsFuture::from(file.array_buffer()).await;
    let content = content.map_err(|_| Problem::new(Kind::Invalid, Message::FileIsGone))?;
    ipc::take_picture(&Uint8Array::new(&content)).await
}

/// What is wrong with a picture stands at its field; everything else is said of the whole.
fn why(problem: &Problem) -> &Message {
    problem.fields.first().map_or(&problem.message, |field| &field.message)
}

fn name_of(source: &Source) -> String {
    match source {
        Source::File(file) => file.name(),
        Source::Dropped(path) => path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
    }
}

fn files_of(files: Option<FileList>) -> Vec<File> {
    files.map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect()).unwrap_or_default()
}

/// Hears of files that are pasted, wherever the cursor is. Pasted words are left alone.
#[hook]
fn use_pasted(then: Callback<Vec<File>>) {
    use_effect_with(then, |then| {
        let then = then.clone();
        let listener = window().map(|window| {
            EventListener::new(&window, "paste", move |event| {
                let pasted = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
                then.emit(files_of(pasted.and_then(|pasted| pasted.files())));
            })
        });
        move || drop(listener)
    });
}
