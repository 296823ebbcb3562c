//! What letters say, from the open window: the owner writes it, sees the letter as it will be, saves, and lets the program
//! speak again.

use crate::window::Window;

/// The ink of a letter's heading, which has it from the letter's own styles.
const INK: [u8; 3] = [0x20, 0x1b, 0x16];

#[tokio::test]
async fn the_owner_says_something_else_in_a_letter_and_goes_back_to_the_default() {
    let window = Window::of_demo_owner().await;
    window.goes_to("letters", "#/letters").await;
    window.click("#letters-wordings").await;
    window.sees("#wording-rows [data-kind=order_placed] [data-test=state]", "Bawaan").await;
    window.until("!document.querySelector('[data-test=toast]')").await;
    window.photograph("wordings", "light").await;
    window.fits("wordings").await;

    window.click("#wording-rows [data-kind=order_placed] .row-link").await;
    window.until("document.querySelector('#words-id-subject')?.value === 'Pesanan {nomor} sudah kami terima'").await;
    window.sees("[data-test=drawn-subject]", "Pesanan ET-7K2M9Q4X sudah kami terima").await;
    window.shows_colour("#drawn-letter", INK).await;
    window.fill("#words-id-subject", "Terima kasih! ").await;
    window.click("#words-id [data-test=number]").await;
    window.until("document.querySelector('#words-id-subject').value === 'Terima kasih! {nomor}'").await;
    window.sees("[data-test=drawn-subject]", "Terima kasih! ET-7K2M9Q4X").await;

    window.fill("#words-id-body", "Halo {nomer}").await;
    window.click("#words-save").await;
    window.sees("#words-id .field-error", "{nomer}").await;
    window.fill("#words-id-body", "Halo {nama}, pesanan Anda kami bungkus hari ini juga.").await;
    window.until("!document.querySelector('#words-id .field-error')").await;
    // Whoever leaves now is asked first.
    window.run("location.hash = '#/orders';").await;
    window.click("#leave-stay").await;
    window.until("!document.querySelector('#leave-dialog')").await;
    window.click("#words-save").await;
    window.until("document.querySelector('#save-bar[data-changed=false]')").await;
    window.sees("#words-id [data-test=state]", "Diubah").await;
    window.sees("#words-en [data-test=state]", "Bawaan").await;
    for (language, theme) in [("id", "light"), ("en", "dark")] {
        window.wear(language, theme).await;
        window.until("!document.querySelector('[data-test=toast]')").await;
        window.photograph("wording", theme).await;
        window.fits("wording").await;
    }
    window.wear("id", "light").await;
    window.goes_to("audit", "#/history").await;
    window.sees("#audit", "Terima kasih! {nomor}").await;

    window.goes_to("wordings", "#/letter-words").await;
    window.sees("#wording-rows [data-kind=order_placed] [data-test=state]", "Diubah").await;
    window.click("#wording-rows [data-kind=order_placed] .row-link").await;
    window.click("#words-id [data-test=forget]").await;
    window.click("#words-save").await;
    window.until("document.querySelector('#save-bar[data-changed=false]')").await;
    window.sees("#words-id [data-test=state]", "Bawaan").await;
    window.sees("[data-test=drawn-subject]", "sudah kami terima").await;

    // News that the owner does not want is turned off where the mail account is.
    window.goes_to("settings", "#/settings/email").await;
    window.click("#mail-owner-daily_summary").await;
    window.click("#settings-save").await;
    window.until("document.querySelector('#save-bar[data-changed=false]')").await;
    window.goes_to("wordings", "#/letter-words").await;
    window.sees("#wording-rows [data-kind=daily_summary] [data-test=state]", "Dimatikan").await;
    window.quit();
}
