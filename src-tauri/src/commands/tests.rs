//! Every name in the table of commands is answered, with a reply or with a problem: never with Tauri's own refusal.

use domain::command::{ShopCommand, WindowCommand};
use domain::media::{TAKE_DROPPED, TAKE_PICTURE};
use domain::problem::Problem;
use serde_json::{Value, json};
use tauri::WebviewWindowBuilder;
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;

use super::answers;
use crate::desk::Desk;

/// Asks as the window would; the answer, or what was thrown.
fn ask(door: &str, command: Value) -> Result<Value, Value> {
    send(door, InvokeBody::Json(json!({ "command": command })))
}

/// Sends a message of any kind.
fn send(door: &str, body: InvokeBody) -> Result<Value, Value> {
    let desk = Desk::default();
    desk.fail("the shop of this test has no database".to_owned());
    let app = mock_builder().manage(desk).invoke_handler(answers()).build(mock_context(noop_assets())).unwrap();
    let window = WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default()).build().unwrap();
    let invocation = InvokeRequest {
        cmd: door.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: "tauri://localhost".parse().unwrap(),
        body,
        headers: tauri::http::HeaderMap::new(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(&window, invocation).map(|body| body.deserialize().unwrap())
}

#[test]
fn every_command_is_answered() {
    let of_the_shop = ShopCommand::DECLARED.iter().map(|declared| ("ask_shop", declared));
    let of_the_window = WindowCommand::DECLARED.iter().map(|declared| ("ask_window", declared));
    for (door, declared) in of_the_shop.chain(of_the_window) {
        let command = serde_json::from_str(&declared.sent()).unwrap();
        if let Err(thrown) = ask(door, command) {
            let problem = serde_json::from_value::<Problem>(thrown.clone());
            assert!(problem.is_ok(), "{} is not answered or reads another request: {thrown}", declared.name);
        }
    }
}

#[test]
fn a_picture_is_taken_as_bytes_or_as_numbers() {
    let bytes = vec![0xff, 0xd8, 0xff];
    let bodies = [InvokeBody::Raw(bytes.clone()), InvokeBody::Json(json!(bytes))];
    for body in bodies {
        let thrown = send(TAKE_PICTURE, body).unwrap_err();
        assert!(serde_json::from_value::<Problem>(thrown.clone()).is_ok(), "{thrown}");
    }
    let thrown = send(TAKE_DROPPED, InvokeBody::Json(json!({ "file": { "path": "/etc/passwd" } }))).unwrap_err();
    assert!(serde_json::from_value::<Problem>(thrown.clone()).is_ok(), "{thrown}");
}

/// The window may ask for what somebody brought, and not for what else is on the disk.
#[test]
fn only_what_was_dropped_on_the_window_can_be_asked_for() {
    let desk = Desk::default();
    let [first, second] = ["/tmp/kemeja.jpg", "/tmp/gaun.jpg"].map(std::path::PathBuf::from);
    desk.note_dropped(std::slice::from_ref(&first));
    desk.note_dropped(std::slice::from_ref(&second));
    assert_eq!(desk.dropped("/tmp/kemeja.jpg"), Some(first.clone()));
    assert_eq!(desk.dropped("/tmp/gaun.jpg"), Some(second));
    for other in ["/etc/passwd", "/tmp/../tmp/kemeja.jpg", "/tmp", ""] {
        assert_eq!(desk.dropped(other), None, "{other}");
    }
    let many: Vec<_> = (0..600).map(|number| std::path::PathBuf::from(format!("/tmp/{number}.jpg"))).collect();
    desk.note_dropped(&many);
    assert_eq!(
        (desk.dropped("/tmp/kemeja.jpg"), desk.dropped("/tmp/99.jpg")),
        (None, None),
        "what is long ago is forgotten"
    );
    assert!(desk.dropped("/tmp/100.jpg").is_some());
    desk.sign_out();
    assert_eq!(desk.dropped("/tmp/100.jpg"), None);
}

#[test]
fn a_command_outside_the_table_is_refused() {
    let thrown = ask("ask_shop", json!({ "name": "DeleteEverything", "request": {} })).unwrap_err();
    assert!(serde_json::from_value::<Problem>(thrown).is_err());
    let thrown = ask("delete_everything", json!({})).unwrap_err();
    assert!(serde_json::from_value::<Problem>(thrown).is_err());
}

#[test]
fn the_window_hears_why_the_shop_did_not_open() {
    let reply = ask("ask_window", json!({ "name": "AwaitOpening", "request": {} })).unwrap();
    assert_eq!(reply, json!({ "outcome": "failed", "sentence": "the shop of this test has no database" }));
}
