//! Letters as their readers see them: a picture of each, and a password that is reset by one that a mail server took.

use std::path::Path;
use std::sync::Arc;

use domain::locale::Locale;
use domain::mail::{MailAccount, MailKind, MailSecurity};
use domain::money::Currency;
use domain::settings::Settings;
use domain::text::ShopName;
use serde_json::json;
use services::payments::Keys;
use tempfile::TempDir;

use crate::chromium::Chromium;
use crate::demo;
use crate::mail_server::MailServer;
use crate::screen::Screen;
use crate::session::picture_at;
use crate::shop::{Shop, change_settings};

const SCREENS: [Screen; 3] = [
    Screen { width: 1280, height: 900, theme: "light" },
    Screen { width: 390, height: 844, theme: "light" },
    Screen { width: 390, height: 844, theme: "dark" },
];

#[tokio::test]
async fn every_letter_fits_a_phone_and_a_desk_in_both_languages() {
    let browser = Chromium::start("id", true).await;
    let folder = TempDir::new().unwrap();
    let name = ShopName::parse("Serat Pagi").unwrap();
    let settings = Arc::new(Settings::new(name, Currency::Rupiah, Locale::Indonesian));
    let now = "2026-11-30T03:00:00Z".parse().unwrap();
    for locale in Locale::ALL {
        for kind in MailKind::ALL {
            let letter = storefront::letters::sample(*kind, *locale, &settings, "https://toko.example", now).unwrap();
            let words = storefront::letters::compose(&letter).unwrap();
            let file = folder.path().join(format!("{kind}-{locale}.html"));
            std::fs::write(&file, &words.html).unwrap();
            for screen in SCREENS {
                browser.look_through(screen).await;
                browser.go(&format!("file://{}", file.display())).await;
                let width = browser.run("return document.documentElement.scrollWidth;").await;
                assert_eq!(width, json!(screen.width), "{kind} {locale} is wider than the screen");
                let name = format!("letters/{locale}/{kind}-{}-{}", screen.width, screen.theme);
                let picture = picture_at(&name);
                std::fs::create_dir_all(picture.parent().unwrap()).unwrap();
                std::fs::write(picture, browser.whole_page(screen).await).unwrap();
            }
        }
    }
    browser.close().await;
}

/// Checklist 51.
#[tokio::test]
async fn a_password_is_reset_by_the_letter_that_a_mail_server_took() {
    let server = MailServer::start().await;
    let folder = TempDir::new().unwrap();
    demo::copy_to(folder.path());
    sends_by(folder.path(), &server).await;
    let shop = Shop::open_in(folder);
    let browser = Chromium::start("id", false).await;
    browser.go(&shop.url("/account/register")).await;
    for (field, text) in [("name", "Ayu"), ("email", "ayu@example.com"), ("password", "a long new password")] {
        browser.fill(&format!("#{field}"), text).await;
    }
    browser.click("form.entry button").await;
    browser.sees("h1", "Ayu").await;
    browser.click("form[action='/account/sign-out'] button").await;

    browser.go(&shop.url("/account/sign-in")).await;
    browser.click("a[href='/account/forgotten']").await;
    browser.fill("#email", "ayu@example.com").await;
    browser.click("button[value=reset]").await;
    browser.sees("h1", "Periksa email Anda").await;
    let letter = server.comes(|letter| letter.text().contains("/account/reset")).await;
    browser.go(&letter.link()).await;
    browser.fill("#password", "a wholly new password").await;
    browser.click("form.entry button").await;
    browser.sees(".notice--good", "Kata sandi baru tersimpan").await;
    browser.fill("#email", "ayu@example.com").await;
    browser.fill("#password", "a wholly new password").await;
    browser.click("form.entry button").await;
    browser.sees("h1", "Ayu").await;
    browser.go(&letter.link()).await;
    browser.sees("h1", "tidak berlaku").await;
    browser.close().await;
}

/// Names a mail account in the settings of the shop in that folder.
async fn sends_by(folder: &Path, server: &MailServer) {
    let mail = MailAccount {
        host: "127.0.0.1".to_owned(),
        port: server.port.into(),
        security: MailSecurity::Nothing,
        sender_address: "toko@example.com".to_owned(),
        per_minute: 600,
        ..MailAccount::default()
    };
    change_settings(folder, &Keys::default(), |settings| Settings { mail, ..settings }).await;
}
