//! What the shop says of itself.

use domain::locale::Translated;
use domain::reference::{Finding, FormerKind, Outcome};
use domain::settings::Settings;
use domain::staff::Permission;
use domain::text::{EmailAddress, Phone, ShopName, line_up_to, lines_up_to};

use super::run::{Run, remember};
use crate::database::transact;
use crate::error::Result;
use crate::settings;

/// Brings name, slogan, story and contact, once: what the owner changes afterwards stays.
pub(super) async fn bring(run: &mut Run<'_>) -> Result<()> {
    let item = ("setting", 1);
    if run.former.table("content").is_empty() || run.is_known(FormerKind::Setting, item) {
        return Ok(());
    }
    let wanted = wanted(run);
    if run.is_check {
        run.report.count(FormerKind::Setting, Outcome::Brought);
        return Ok(());
    }
    // The same once more does no harm.
    let saved = settings::save(run.shop, run.staff, wanted).await;
    let done = match saved {
        Ok(_) => transact!(run.shop.import(run.staff, Permission::ChangeSettings)?, |work| {
            remember(work, item, 1).await?;
            Ok(1)
        }),
        Err(error) => Err(error),
    };
    run.settle(FormerKind::Setting, item, done)?;
    run.settings = settings::get(run.shop).await?;
    Ok(())
}

fn wanted(run: &mut Run<'_>) -> Settings {
    let mut wanted = Settings::clone(&run.settings);
    let mut story = Vec::new();
    for row in run.former.table("content") {
        let (Some(key), Some(value)) = (row.text("key"), row.text("value")) else { continue };
        let only_here = |text: String| Translated { id: text, en: String::new() };
        let has_place = match key.as_str() {
            "app_name" => ShopName::parse(&value).map(|name| wanted.name = name.into()).is_ok(),
            "short_description" => {
                line_up_to(&value, Settings::MOST_TAGLINE).map(|text| wanted.tagline = only_here(text)).is_ok()
            }
            "about_p1" | "about_p2" | "about_p3" => {
                story.push((key.clone(), value.clone()));
                true
            }
            "contact_email" => EmailAddress::parse(&value).map(|email| wanted.contact.email = email.into()).is_ok(),
            "contact_phone" => Phone::parse(&value).map(|phone| wanted.contact.phone = phone.into()).is_ok(),
            "contact_location" => {
                lines_up_to(&value, Settings::MOST_ADDRESS).map(|text| wanted.contact.address = text).is_ok()
            }
            _ => false,
        };
        if !has_place {
            run.left_out(FormerKind::Setting, key, Finding::NoPlace { value });
        }
    }
    story.sort();
    let paragraphs: Vec<_> = story.into_iter().map(|(_, text)| text).collect();
    let about = paragraphs.join("\n\n");
    match lines_up_to(&about, Settings::MOST_ABOUT) {
        Ok(text) if text.is_empty() => {}
        Ok(text) => wanted.about = Translated { id: text, en: String::new() },
        Err(_) => {
            run.corrected(FormerKind::Setting, "about", Finding::Shortened { most: Settings::MOST_ABOUT });
            let text = about.chars().filter(|c| !c.is_control() || *c == '\n').take(Settings::MOST_ABOUT).collect();
            wanted.about = Translated { id: text, en: String::new() };
        }
    }
    wanted
}
