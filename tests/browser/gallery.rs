//! A product's pictures and choices by mouse, touch and keys, on a desk and on a phone.

use reqwest::Method;
use serde_json::{Value, json};

use crate::chromium::Chromium;
use crate::screen::Screen;
use crate::shop::Shop;

const DESK: Screen = Screen { width: 1280, height: 900, theme: "light" };
const PHONE: Screen = Screen { width: 390, height: 844, theme: "dark" };
const SHIRT: &str = "/products/kemeja-linen-pagi";
/// The place of the picture in the middle of the strip among those that are shown.
const MIDDLE: &str = "(() => { const strip = document.querySelector('[data-strip]'); \
    const shown = [...strip.querySelectorAll('.is-shown')]; const far = (it) => Math.abs(it.offsetLeft - strip.scrollLeft); \
    return shown.findIndex((it) => far(it) < 2); })()";

/// Waits until the picture of that place, of so many, is in sight, and the number and the thumbnails say so.
async fn shows(browser: &Chromium, place: usize, of: usize) {
    browser.until(&format!("{MIDDLE} === {place}")).await;
    // One alone is not counted.
    let number = if of > 1 { format!("{}/{of}", place + 1) } else { String::new() };
    browser.until(&format!("document.querySelector('.gallery [data-number]').textContent === '{number}'")).await;
    let thumb =
        "[...document.querySelectorAll('.gallery__thumb.is-shown')].findIndex((it) => it.ariaCurrent === 'true')";
    browser.until(&format!("{thumb} === {place}")).await;
}

async fn press(browser: &Chromium, keys: &[&str]) {
    let acts: Vec<Value> = keys
        .iter()
        .flat_map(|key| [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })])
        .collect();
    let keys = json!({ "actions": [{ "type": "key", "id": "keys", "actions": acts }] });
    browser.command(Method::POST, "/actions", &keys).await;
}

/// Moves a mouse or a finger from the middle of an element, held down, sideways.
async fn pull(browser: &Chromium, kind: &str, css: &str, by: i32) {
    let middle = format!(
        "const box = document.querySelector({}).getBoundingClientRect(); \
         return [Math.round(box.x + box.width / 2), Math.round(box.y + Math.min(box.height, innerHeight - box.y) / 2)];",
        json!(css)
    );
    let middle = browser.run(&middle).await;
    let (x, y) = (middle[0].as_i64().unwrap(), middle[1].as_i64().unwrap());
    let to = |x: i64, duration: u32| json!({ "type": "pointerMove", "x": x, "y": y, "duration": duration });
    let acts = json!([
        to(x, 0), { "type": "pointerDown", "button": 0 }, to(x + i64::from(by) / 2, 60), to(x + i64::from(by), 60),
        { "type": "pointerUp", "button": 0 },
    ]);
    let pointer = json!({ "type": "pointer", "id": kind, "parameters": { "pointerType": kind }, "actions": acts });
    browser.command(Method::POST, "/actions", &json!({ "actions": [pointer] })).await;
}

const LEFT: &str = "\u{e012}";
const RIGHT: &str = "\u{e014}";
const END: &str = "\u{e010}";
const ESCAPE: &str = "\u{e00c}";
const ENTER: &str = "\u{e007}";

/// Checklist 15.
#[tokio::test]
async fn pictures_are_gone_through_and_seen_large_with_mouse_and_keys() {
    let shop = Shop::open();
    let browser = Chromium::start("id", true).await;
    browser.look_through(DESK).await;
    browser.go(&shop.url(SHIRT)).await;
    shows(&browser, 0, 3).await;

    browser.click(".gallery__thumb.is-shown:nth-of-type(3)").await;
    shows(&browser, 2, 3).await;
    browser.click(".gallery__stage [data-go='-1']").await;
    shows(&browser, 1, 3).await;
    pull(&browser, "mouse", "[data-strip]", 300).await;
    shows(&browser, 0, 3).await;
    pull(&browser, "mouse", "[data-strip]", 300).await;
    shows(&browser, 0, 3).await;
    pull(&browser, "mouse", "[data-strip]", -300).await;
    shows(&browser, 1, 3).await;
    browser.until("!document.querySelector('[data-zoom]').open").await;
    browser.run("document.querySelector('.gallery__item[tabindex=\"0\"]').focus();").await;
    press(&browser, &[END]).await;
    shows(&browser, 2, 3).await;
    press(&browser, &[LEFT]).await;
    shows(&browser, 1, 3).await;

    // The view of the whole screen, from the keyboard; nothing behind it moves.
    let places = "return ['h1', '.crumbs', '.buybox', 'header'].map((css) => \
        JSON.stringify(document.querySelector(css).getBoundingClientRect()));";
    let before = browser.run(places).await;
    press(&browser, &[ENTER]).await;
    browser.until("document.querySelector('[data-zoom]').open").await;
    assert_eq!(browser.run(places).await, before);
    browser.sees(".zoom [data-number]", "2/3").await;
    browser.until("document.querySelector('.zoom__picture').alt.includes('detail kerah')").await;
    press(&browser, &[RIGHT]).await;
    browser.sees(".zoom [data-number]", "3/3").await;
    press(&browser, &["+"]).await;
    let width = "document.querySelector('.zoom__picture').getBoundingClientRect().width";
    browser.until(&format!("{width} > 2 * innerWidth")).await;
    press(&browser, &["-"]).await;
    browser.until(&format!("{width} <= innerWidth")).await;
    // Where it was pressed, it is seen.
    browser.click(".zoom__picture").await;
    browser
        .until(&format!("{width} > 2 * innerWidth && document.querySelector('[data-stage]').scrollLeft > 300"))
        .await;
    pull(&browser, "mouse", "[data-stage]", 200).await;
    browser.until(&format!("{width} > 2 * innerWidth")).await;
    press(&browser, &[ESCAPE]).await;
    browser.until("!document.querySelector('[data-zoom]').open").await;
    shows(&browser, 2, 3).await;
    browser.until("document.activeElement.matches('.gallery__item.is-shown')").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.close().await;
}

/// Checklist 15.
#[tokio::test]
async fn pictures_are_swiped_on_a_phone() {
    let shop = Shop::open();
    let browser = Chromium::start("en", true).await;
    browser.look_through(PHONE).await;
    browser.go(&shop.url(SHIRT)).await;
    shows(&browser, 0, 3).await;
    browser.swipe("[data-strip]", -220).await;
    shows(&browser, 1, 3).await;
    browser.swipe("[data-strip]", 220).await;
    shows(&browser, 0, 3).await;
    let address = browser.address().await;
    browser.tap(".gallery__item.is-shown").await;
    browser.until("document.querySelector('[data-zoom]').open").await;
    let width = "document.querySelector('.zoom__picture').getBoundingClientRect().width";
    browser.until(&format!("{width} > 300")).await;
    browser.tap(".zoom__picture").await;
    browser.until(&format!("{width} > 2 * innerWidth")).await;
    browser.tap(".zoom [data-scale]").await;
    browser.until(&format!("{width} <= innerWidth")).await;
    browser.swipe("[data-stage]", -220).await;
    browser.sees(".zoom [data-number]", "2/3").await;
    browser.tap(".zoom [data-close]").await;
    browser.until("!document.querySelector('[data-zoom]').open").await;
    shows(&browser, 1, 3).await;
    assert_eq!(browser.address().await, address);
    assert_eq!(browser.run("return document.documentElement.scrollWidth;").await, json!(390));
    browser.close().await;
}

/// Checklist 16. Checklist 17. Checklist 18.
#[tokio::test]
async fn price_pictures_and_limits_follow_what_is_chosen() {
    let shop = Shop::open_with(
        "product,sku,price,compare_at_price,max_quantity\nkemeja-linen-pagi,KLP-PTH-S,329000,,20\n\
         kemeja-linen-pagi,KLP-SGE-M,300000,400000,3\nkemeja-linen-pagi,KLP-BRU-M,350000,,20\n",
    );
    let browser = Chromium::start("id", true).await;
    browser.look_through(DESK).await;
    browser.go(&shop.url(SHIRT)).await;
    let choose = async |name: &str| browser.click(&format!(".pill[data-name='{name}']")).await;
    browser.sees("[data-price]", "mulai").await;
    browser.sees("[data-price]", "Rp 300.000").await;

    choose("Hijau Sage").await;
    shows(&browser, 0, 1).await;
    browser.until("document.querySelector('.gallery__item.is-shown img.gallery__picture').alt.includes('sage')").await;
    // What is sold out in this colour cannot be chosen, and says so.
    browser.until("document.querySelector(\".pill[data-name='S'] input\").disabled").await;
    browser.sees(".pill[data-name='S']", "habis").await;
    choose("M").await;
    browser.sees("[data-price] .price__now", "Rp 300.000").await;
    browser.sees("[data-price] .price__was", "Rp 400.000").await;
    browser.sees("[data-price] .tag--sale", "−25%").await;

    // One to three of it: the buttons end there.
    let is_off = |step: &str| format!("document.querySelector(\"[data-step='{step}']\").ariaDisabled === 'true'");
    browser.until(&format!("{} && !({})", is_off("-1"), is_off("1"))).await;
    for _ in 0..4 {
        browser.click(".buy [data-step='1']").await;
    }
    browser.until(&format!("document.querySelector('#quantity').value === '3' && {}", is_off("1"))).await;
    choose("Biru Langit").await;
    browser.sees("[data-price]", "Rp 350.000").await;
    browser.until("!document.querySelector('[data-price] .price__was')").await;
    browser.until("document.querySelector('#quantity').value === '1'").await;
    browser.until("location.search.startsWith('?variant=')").await;

    // Pressed once more, it is given up.
    choose("M").await;
    browser.until("!document.querySelector(\".pill[data-name='M'] input\").checked && location.search === ''").await;
    browser.sees("[data-price]", "mulai").await;
    browser.close().await;
}
