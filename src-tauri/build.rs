//! Lets Tauri read its configuration, and the window's files again whenever they were built anew.

fn main() {
    println!("cargo::rerun-if-changed=../admin-ui/dist");
    tauri_build::build();
}
