//! What axe-core finds wrong with what the window shows: names, roles, contrast, order. Its file is nobody's here; the variable
//! `ETALASE_TEST_AXE` says where it lies, and without it nobody looks.

use serde_json::{Value, json};

use crate::window::Window;

/// Makes sure that axe-core finds nothing.
pub(crate) async fn finds_nothing(window: &Window, page: &str) {
    let Some(file) = std::env::var_os("ETALASE_TEST_AXE") else { return };
    if window.run("return typeof window.axe;").await != json!("object") {
        window.run(&std::fs::read_to_string(file).unwrap()).await;
    }
    let look = "window.looked = null;\
        axe.run(document, { resultTypes: ['violations'] }).then(\
            (it) => { window.looked = it.violations.map((one) => one.id + ': '\
                + one.nodes.map((node) => node.html.slice(0, 200) + ' ' + (node.failureSummary ?? '')).join(' | ')); },\
            (it) => { window.looked = [String(it)]; });";
    window.run(look).await;
    window.until("window.looked !== null").await;
    let found: Value = window.run("return window.looked;").await;
    assert_eq!(found, json!([]), "{page}");
}
