//! Every name in the table of commands is answered, with a reply or with a problem: never with Tauri's own refusal.

use domain::command::COMMANDS;
use domain::problem::Problem;
use serde_json::{Value, json};
use tauri::WebviewWindowBuilder;
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;

use super::answers;
use crate::desk::Desk;

/// A request that each command can read.
fn request_of(name: &str) -> Value {
    match name {
        "set_up_shop" => json!({
            "owner_name": "Siti", "email": "siti@contoh.id", "password": "kata sandi panjang", "shop_name": "Toko",
            "currency": "IDR", "locale": "id", "start_with": "empty",
        }),
        "sign_in" => json!({ "email": "siti@contoh.id", "password": "salah" }),
        "choose_locale" => json!({ "locale": "en" }),
        "list_orders" => json!({ "status": "processing", "needs_review": false, "search": null, "page": 1 }),
        "get_order" | "complete_order" | "open_invoice" => json!({ "order_id": 1 }),
        "ship_order" => json!({ "order_id": 1, "tracking_number": "" }),
        "return_order" => json!({
            "order_id": 1, "lines": [{ "line_id": 1, "quantity": 1, "restock": true }], "note": "", "refund": false,
            "key": "k",
        }),
        "refund_order" => json!({ "order_id": 1, "what": "everything", "reason": "sobek", "key": "k" }),
        "cancel_order" | "call_off_rest" => json!({ "order_id": 1, "reason": "habis" }),
        "list_customers" => json!({ "search": null, "page": 1 }),
        "get_customer" => json!({ "customer_id": 1 }),
        "save_settings" => {
            let name = domain::text::ShopName::parse("Toko").unwrap();
            let settings =
                domain::settings::Settings::new(name, domain::money::Currency::Rupiah, domain::locale::Locale::English);
            json!({ "version": 1, "settings": settings })
        }
        "list_vouchers" => json!({ "search": null, "page": 1 }),
        "get_voucher" => json!({ "voucher_id": 1 }),
        "switch_voucher" => json!({ "voucher_id": 1, "version": 1, "is_active": false }),
        "save_voucher" => json!({
            "voucher_id": null, "version": 0, "code": "HEMAT", "starts_at": null, "ends_at": null, "total_limit": null,
            "terms": {
                "kind": { "kind": "percent", "value": 1_000 }, "cap": null, "minimum_purchase": 0, "categories": [],
            },
            "customer_limit": null, "first_order_only": false, "is_personal": false, "occasion": null,
            "is_active": true,
        }),
        "save_plan" => json!({
            "plan_id": null, "version": 0, "name": { "id": "Sahabat", "en": "Friend" },
            "description": { "id": "", "en": "" }, "period": "monthly", "price": 29_000, "percent_off": 500,
            "free_delivery": false, "is_active": true,
        }),
        "delete_plan" => json!({ "plan_id": 1, "version": 1 }),
        "end_membership" => json!({ "membership_id": 1, "reason": "minta berhenti", "refund": 29_000, "key": "k" }),
        "list_members" => json!({ "status": null, "search": null, "page": 1 }),
        "get_member" => json!({ "membership_id": 1 }),
        "list_purchases" => json!({ "status": null, "needs_review": false, "search": null, "page": 1 }),
        "list_stock" => json!({ "search": null, "filter": "all", "page": 1 }),
        "get_tax_class" => json!({ "product_id": 1 }),
        "set_tax_class" => json!({ "product_id": 1, "tax_class": "standard", "seen": null }),
        "list_audit" => json!({
            "staff_id": null, "subject": null, "search": null, "from": null, "to": null, "page": 1,
        }),
        "settle_payment" => json!({ "payment_id": 1, "decision": "count", "reason": "sudah dicek" }),
        "settle_refund" => json!({ "refund_id": 1, "decision": "again", "reason": "sudah dicek" }),
        "retry_notice" => json!({ "notice_id": 1 }),
        "set_aside_notice" => json!({ "notice_id": 1, "reason": "sudah diurus" }),
        "run_job" => json!({ "job": "clean_up" }),
        "correct_stock" => json!({ "variant_id": 1, "delta": -1, "note": "torn" }),
        "count_stock" => json!({ "variant_id": 1, "counted": 1, "seen_on_hand": 1, "note": "" }),
        "set_stock_limits" => {
            json!({ "variant_id": 1, "low_stock_limit": 3, "min_quantity": 1, "max_quantity": 20 })
        }
        "list_movements" => json!({ "variant_id": 1, "page": 1 }),
        "list_stock_takes" => json!({}),
        "start_stock_take" => json!({ "name": "November" }),
        "get_stock_take" | "abandon_stock_take" => json!({ "stock_take_id": 1 }),
        "count_in_stock_take" => json!({ "stock_take_id": 1, "sku": "S-1", "counted": 1 }),
        "apply_stock_take" => json!({ "stock_take_id": 1, "version": 1 }),
        "receive_stock" => json!({ "variant_id": 1, "quantity": 1, "note": "" }),
        _ => json!({}),
    }
}

/// Asks as the window would; the answer, or what was thrown.
fn ask(name: &str, request: Value) -> Result<Value, Value> {
    let desk = Desk::default();
    desk.fail("the shop of this test has no database".to_owned());
    let app = mock_builder().manage(desk).invoke_handler(answers()).build(mock_context(noop_assets())).unwrap();
    let window = WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default()).build().unwrap();
    let invocation = InvokeRequest {
        cmd: name.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: "tauri://localhost".parse().unwrap(),
        body: InvokeBody::Json(json!({ "request": request })),
        headers: tauri::http::HeaderMap::new(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(&window, invocation).map(|body| body.deserialize().unwrap())
}

#[test]
fn every_command_is_answered() {
    for name in COMMANDS {
        if let Err(thrown) = ask(name, request_of(name)) {
            let problem = serde_json::from_value::<Problem>(thrown.clone());
            assert!(problem.is_ok(), "{name} is not registered or reads another request: {thrown}");
        }
    }
}

#[test]
fn a_command_outside_the_table_is_refused() {
    let thrown = ask("delete_everything", json!({})).unwrap_err();
    assert!(serde_json::from_value::<Problem>(thrown).is_err());
}

#[test]
fn the_window_hears_why_the_shop_did_not_open() {
    let reply = ask("await_opening", json!({})).unwrap();
    assert_eq!(reply, json!({ "outcome": "failed", "sentence": "the shop of this test has no database" }));
}
