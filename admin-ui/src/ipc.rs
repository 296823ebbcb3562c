//! The only way out of the window: commands go to the desktop process, events come from it.
//!
//! Everything that crosses is a type of `domain`; names and doors come from the table in `domain::command`.

use std::cell::{Cell, RefCell};

use domain::command::{Command, Sent};
use domain::media::{Dropped, TAKE_DROPPED, TAKE_PICTURE, TakenPicture};
use domain::message::Message;
use domain::problem::{Kind, Problem};
use js_sys::Uint8Array;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::{Serializer, from_value};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

mod hook;

pub(crate) use hook::{Asked, use_command, use_command_at, use_dropped};

/// What a command gives back.
pub(crate) type Answer<C> = Result<<C as Command>::Reply, Problem>;

/// Sends one command.
pub(crate) async fn call<C: Command>(request: &C) -> Answer<C> {
    let arguments = Arguments { command: request.into() };
    let arguments = arguments.serialize(&Serializer::json_compatible()).map_err(|_| broken())?;

    heard(invoke(C::DOOR, arguments).await)
}

/// Takes a picture into the store, by its bytes. Nothing shows it until something that is saved names its key.
pub(crate) async fn take_picture(bytes: &Uint8Array) -> Result<TakenPicture, Problem> {
    heard(invoke(TAKE_PICTURE, bytes.into()).await)
}

/// The same for a file that was dropped on the window: the event `tauri://drag-drop` tells its path.
pub(crate) async fn take_dropped(path: String) -> Result<TakenPicture, Problem> {
    let arguments = DroppedFile { file: Dropped { path } };
    let arguments = arguments.serialize(&Serializer::json_compatible()).map_err(|_| broken())?;
    heard(invoke(TAKE_DROPPED, arguments).await)
}

fn heard<T: DeserializeOwned>(answer: Result<JsValue, JsValue>) -> Result<T, Problem> {
    match answer {
        Ok(reply) => from_value(reply).map_err(|_| broken()),
        Err(thrown) => {
            let problem: Problem = from_value(thrown).unwrap_or_else(|_| broken());
            if problem.message == Message::SignInFirst {
                SIGNED_OUT.with_borrow(|signed_out| signed_out.emit(()));
            }
            Err(problem)
        }
    }
}

/// Says whom to tell when the desktop no longer knows who is signed in.
pub(crate) fn on_signed_out(callback: Callback<()>) {
    SIGNED_OUT.set(callback);
}

/// Says whom to tell of files that are dropped on the window, by their paths; the last to say so is told.
fn on_dropped(callback: Callback<Vec<String>>) {
    DROPPED.set(callback);
    if !IS_HEARING_DROPS.replace(true) {
        let tell = Callback::from(|drop: FilesDropped| DROPPED.with_borrow(|told| told.emit(drop.paths)));
        spawn_local(async move { hear("tauri://drag-drop", tell).await });
    }
}

/// Hears an event of the desktop for as long as the window lives.
pub(crate) async fn hear<T: DeserializeOwned + 'static>(name: &str, callback: Callback<T>) {
    let heard = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        // An event that this version does not know is not for us.
        if let Ok(delivery) = from_value::<Delivery<T>>(event) {
            callback.emit(delivery.payload);
        }
    });
    // Without events the window still works, only later: every screen can be loaded again.
    let _ = listen(name, &heard.into_js_value()).await;
}

thread_local! {
    static SIGNED_OUT: RefCell<Callback<()>> = RefCell::new(Callback::noop());
    static DROPPED: RefCell<Callback<Vec<String>>> = RefCell::new(Callback::noop());
    static IS_HEARING_DROPS: Cell<bool> = const { Cell::new(false) };
}

#[derive(Serialize)]
struct Arguments<'a, C> {
    command: Sent<'a, C>,
}

#[derive(Serialize)]
struct DroppedFile {
    file: Dropped,
}

#[derive(Deserialize)]
struct FilesDropped {
    paths: Vec<String>,
}

#[derive(Deserialize)]
struct Delivery<T> {
    payload: T,
}

/// What is said when the desktop's answer makes no sense.
fn broken() -> Problem {
    Problem::new(Kind::Internal, Message::Internal)
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["window", "__TAURI__", "core"], catch)]
    async fn invoke(command: &str, arguments: JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["window", "__TAURI__", "event"], catch)]
    async fn listen(name: &str, callback: &JsValue) -> Result<JsValue, JsValue>;
}
