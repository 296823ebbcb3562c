//! Memberships from the open window: one is ended before its time, with some of its money, once.

use crate::window::Window;

#[tokio::test]
async fn a_membership_is_ended_with_a_reason_and_some_of_its_money() {
    let window = Window::of_demo_owner().await;
    window.goes_to("memberships", "#/memberships").await;
    window.click("#member-rows tr:has(.pill.is-good) [data-test=show-member]").await;
    window.until("document.querySelector('#member-purchases li')").await;
    window.until("!document.querySelector('[data-test=toast]')").await;
    window.photograph("member", "light").await;

    window.click("#member-end").await;
    window.click("#end-member-confirm").await;
    window.sees("#end-member-dialog .has-error", "Wajib diisi").await;
    window.fill("#end-member-reason", "pindah ke luar negeri").await;
    window.fill("#end-member-refund", "999999999").await;
    window.click("#end-member-confirm").await;
    window.until("document.querySelector('#end-member-dialog #end-member-refund[aria-invalid=true]')").await;
    window.photograph("end-member", "light").await;
    window.fill("#end-member-refund", "10000").await;
    window.click("#end-member-confirm").await;
    window.until("!document.querySelector('#end-member-dialog')").await;

    window.until("document.querySelectorAll('#member-rows .pill.is-good').length === 3").await;
    window.goes_to("audit", "#/history").await;
    window.sees("#audit", "pindah ke luar negeri").await;
    window.quit();
}
