//! What the owner edits, as shoppers see it: addresses that lead on, shelves, sales, dates, words and pictures.

use chrono::{DateTime, TimeDelta, Utc};
use domain::catalog::{
    CategoryId, CategoryRow, Centre, PictureDocument, ProductDocument, ProductStatus, Sale, SaveCategory,
};
use domain::locale::Translated;
use domain::money::Money;
use serde_json::{Value, json};
use services::catalog;
use sqlx::MySqlPool;

use super::editing::{adopt, changed, option, shirt, stocked};
use crate::served::Served;

async fn shelf(shop: &Served, name: (&str, &str), parent_id: Option<CategoryId>) -> CategoryRow {
    let slug = name.0.to_lowercase();
    let name = Translated { id: name.0.to_owned(), en: name.1.to_owned() };
    let wanted = SaveCategory { category_id: None, version: 0, parent_id, slug, name, picture: None };
    catalog::save_category(shop, &shop.owner, wanted).await.unwrap()
}

fn renamed(row: &CategoryRow, slug: &str) -> SaveCategory {
    SaveCategory {
        category_id: Some(row.id),
        version: row.version,
        parent_id: None,
        slug: slug.to_owned(),
        name: row.name.clone(),
        picture: None,
    }
}

/// A product of one variant.
fn plain(slug: &str, category: Option<CategoryId>) -> ProductDocument {
    let mut document = ProductDocument::draft(Translated::same(slug), Money::minor(50_000));
    (document.slug, document.category, document.status) = (slug.to_owned(), category, ProductStatus::Active);
    document
}

/// What search engines read in a page, of that kind.
fn structured(page: &str, kind: &str) -> Value {
    let parts = page.split("<script type=\"application/ld+json\">").skip(1);
    let mut found = parts.map(|rest| serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap());
    found.find(|it: &Value| it["@type"] == kind).unwrap_or_else(|| panic!("{kind} in {page}"))
}

/// The slugs of the cards of a page, from a heading on.
fn cards(page: &str, from: &str) -> Vec<String> {
    let from = page.find(from).unwrap_or_else(|| panic!("{from} in {page}"));
    let links = page[from..].split("class=\"card__link\" href=\"/products/").skip(1);
    links.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_address_of_old_leads_to_the_one_of_now(db: MySqlPool) {
    let shop = Served::open(db).await;
    let stored = stocked(&shop, shirt(150_000), 5).await;
    let stored = changed(&shop, &stored, |shirt| shirt.slug = "blus".to_owned()).await.unwrap();
    let stored = changed(&shop, &stored, |shirt| shirt.slug = "blus-baru".to_owned()).await.unwrap();
    let leads = async |from: &str, to: &str| {
        let answer = shop.get(from).await;
        assert_eq!((answer.status, answer.location.as_str()), (301, to), "{from}");
    };

    for old in ["kemeja", "blus"] {
        leads(
            &format!("/products/{old}?variant=3&utm_source=wa%20x"),
            "/products/blus-baru?variant=3&utm_source=wa%20x",
        )
        .await;
        leads(&format!("/products/{old}"), "/products/blus-baru").await;
        leads(&format!("/api/v1/products/{old}?x=1"), "/api/v1/products/blus-baru?x=1").await;
    }
    assert_eq!(shop.get("/products/blus-baru").await.status, 200);
    // Whoever still has the page of old open buys from it.
    let visitor = shop.visitor();
    visitor.get("/").await;
    let chosen: Vec<(String, String)> = (stored.document.options.iter())
        .map(|it| (format!("option.{}", it.id.unwrap()), it.values[0].id.unwrap().to_string()))
        .collect();
    let chosen = chosen.iter().map(|(option, value)| (option.as_str(), value.as_str()));
    let form: Vec<_> = chosen.chain([("product", "kemeja"), ("quantity", "1")]).collect();
    let added = visitor.post("/cart/lines", &form).await;
    assert_eq!(added.status, 303, "{added:?}");

    // There and back again is no circle.
    let stored = changed(&shop, &stored, |shirt| shirt.slug = "kemeja".to_owned()).await.unwrap();
    assert_eq!(shop.get("/products/kemeja").await.status, 200);
    leads("/products/blus-baru", "/products/kemeja").await;
    // What somebody else takes is theirs.
    let other = stocked(&shop, plain("blus", None), 1).await;
    assert!(shop.get("/products/blus").await.text.contains("<h1 class=\"buybox__name\">blus</h1>"));
    changed(&shop, &other, |other| other.status = ProductStatus::Archived).await.unwrap();
    assert_eq!(shop.get("/products/blus").await.status, 404);
    // What nobody may see has no address of old either.
    changed(&shop, &stored, |shirt| shirt.status = ProductStatus::Draft).await.unwrap();
    for gone in ["/products/blus-baru", "/products/kemeja", "/api/v1/products/blus-baru"] {
        assert_eq!(shop.get(gone).await.status, 404, "{gone}");
    }
}

/// Checklist 100.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_list_of_old_leads_to_the_category_of_now(db: MySqlPool) {
    let shop = Served::open(db).await;
    let tops = shelf(&shop, ("Atasan", "Tops"), None).await;
    stocked(&shop, plain("kaus", Some(tops.id)), 1).await;
    let tops = catalog::save_category(&shop, &shop.owner, renamed(&tops, "baju")).await.unwrap();

    let page = shop.get("/products?search=ka%20us&category=atasan&sort=newest").await;
    assert_eq!((page.status, page.location.as_str()), (301, "/products?search=ka%20us&sort=newest&category=baju"));
    let api = shop.get("/api/v1/products?category=atasan&per_page=5").await;
    assert_eq!((api.status, api.location.as_str()), (301, "/api/v1/products?per_page=5&category=baju"));
    assert_eq!(cards(&shop.get("/products?category=baju").await.text, "<h1"), ["kaus"]);
    assert_eq!(shop.get("/products?category=nowhere").await.status, 404);
    assert_eq!(shop.get("/api/v1/products?category=nowhere").await.json()["total"], 0);
    catalog::save_category(&shop, &shop.owner, renamed(&tops, "atasan")).await.unwrap();
    assert_eq!(shop.get("/products?category=atasan").await.status, 200);
    assert_eq!(shop.get("/products?category=baju").await.location, "/products?category=atasan");
}

/// Checklist 100.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn shelves_stand_within_each_other(db: MySqlPool) {
    let shop = Served::open(db).await;
    let clothes = shelf(&shop, ("Pakaian", "Clothes"), None).await;
    let tops = shelf(&shop, ("Atasan", "Tops"), Some(clothes.id)).await;
    let shirts = shelf(&shop, ("Kemeja", "Shirts"), Some(tops.id)).await;
    shelf(&shop, ("Kosong", "Empty"), Some(clothes.id)).await;
    let bags = shelf(&shop, ("Tas", "Bags"), None).await;
    for (slug, category) in [("linen", shirts.id), ("kaus", tops.id), ("rok", clothes.id), ("ransel", bags.id)] {
        stocked(&shop, plain(slug, Some(category)), 1).await;
    }
    adopt(&shop, "rak").await;
    let own = SaveCategory { picture: Some("rak".to_owned()), ..renamed(&clothes, "pakaian") };
    catalog::save_category(&shop, &shop.owner, own).await.unwrap();

    // The menu, with the empty one left out, in the reader's language.
    let visitor = shop.ask(reqwest::Method::GET, "/").header("accept-language", "en").send().await.unwrap();
    let landing = visitor.text().await.unwrap();
    let menu = &landing[landing.find("class=\"menu__links\"").unwrap()..landing.find("class=\"brand\"").unwrap()];
    let names: Vec<&str> = menu.split("</a>").filter_map(|link| link.rsplit('>').next()).map(str::trim).collect();
    assert_eq!(names[..6], ["All products", "Clothes", "Tops", "Shirts", "Bags", "About us"]);
    assert!(!landing.contains("Empty"));
    let tile = &landing[landing.find("class=\"tile\" href=\"/products?category=pakaian\"").unwrap()..];
    let tile = &tile[..tile.find("</a>").unwrap()];
    assert!(tile.contains("/images/rak-") && tile.contains("3 products"), "{tile}");

    // A list holds what stands below it, and leads there.
    let page = shop.get("/products?category=atasan&sort=newest").await.text;
    assert_eq!(cards(&page, "<h1"), ["kaus", "linen"]);
    let chips = &page[page.find("class=\"chips\"").unwrap()..page.find("class=\"list-form\"").unwrap()];
    for chip in ["href=\"/products?category=kemeja&#38;sort=newest\"", "Semua Atasan"] {
        assert!(chips.contains(chip) || chips.contains(&chip.replace("&#38;", "&amp;")), "{chip} in {chips}");
    }
    assert!(!chips.contains("category=tas"), "{chips}");
    let way = structured(&page, "BreadcrumbList");
    let steps = way["itemListElement"].as_array().unwrap();
    let names: Vec<&str> = steps.iter().map(|step| step["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Semua produk", "Pakaian", "Atasan"]);
    assert_eq!(steps[1]["item"], shop.url("/products?category=pakaian"));
    assert_eq!(cards(&shop.get("/products?search=pakaian").await.text, "<h1").len(), 3, "by the name of a shelf above");

    let product = shop.get("/products/linen").await.text;
    let crumbs = &product[product.find("class=\"crumbs\"").unwrap()..product.find("class=\"product\"").unwrap()];
    for step in ["/products\"", "category=pakaian", "category=atasan", "category=kemeja"] {
        assert!(crumbs.contains(step), "{step} in {crumbs}");
    }
    let steps = structured(&product, "BreadcrumbList")["itemListElement"].as_array().unwrap().clone();
    assert_eq!((steps.len(), &steps[4]["name"]), (5, &json!("linen")));
    assert_eq!(steps[4]["item"], shop.url("/products/linen"));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_comes_at_its_time_is_nowhere_before_and_everywhere_then(db: MySqlPool) {
    let shop = Served::open(db).await;
    let tops = shelf(&shop, ("Atasan", "Tops"), None).await;
    stocked(&shop, plain("kaus", Some(tops.id)), 1).await;
    let at = Utc::now() + TimeDelta::seconds(10);
    let document = ProductDocument { publish_at: Some(at), category: Some(tops.id), ..shirt(150_000) };
    stocked(&shop, document, 1).await;
    let count = async || catalog::categories(&shop).await.unwrap()[0].products;
    let listed = async |path: &str| {
        let text = shop.get(path).await.text;
        text.contains("/products/kemeja") || text.contains("\"slug\":\"kemeja\"")
    };
    let lists =
        ["/products", "/products?search=kemeja", "/products?category=atasan", "/sitemap.xml", "/api/v1/products", "/"];
    assert_eq!(count().await, 1);
    for path in lists {
        assert!(!listed(path).await, "{path}");
    }
    for path in ["/products/kemeja", "/api/v1/products/kemeja"] {
        assert_eq!(shop.get(path).await.status, 404, "{path}");
    }
    assert!(Utc::now() < at, "it was looked at in time");

    // Nobody tells that it is time: what is kept knows it.
    while count().await < 2 {
        assert!(Utc::now() < at + TimeDelta::seconds(20), "the shelf counts it at last");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    for path in lists {
        assert!(listed(path).await, "{path}");
    }
    for path in ["/products/kemeja", "/api/v1/products/kemeja"] {
        assert_eq!(shop.get(path).await.status, 200, "{path}");
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_sale_says_until_when(db: MySqlPool) {
    let shop = Served::open(db).await;
    // Midnight in Jakarta, some days ahead: the last minute is the day's before.
    let day = (Utc::now() + TimeDelta::days(4)).date_naive();
    let until: DateTime<Utc> = day.and_hms_opt(17, 0, 0).unwrap().and_utc();
    let mut wanted = plain("kaus", None);
    wanted.variants[0].sale = Some(Sale { price: Money::minor(40_000), from: None, until: Some(until) });
    let stored = stocked(&shop, wanted, 5).await;
    let in_both = async || {
        let english = shop.ask(reqwest::Method::GET, "/products/kaus").header("accept-language", "en").send().await;
        (shop.get("/products/kaus").await.text, english.unwrap().text().await.unwrap())
    };

    let (page, english) = in_both().await;
    let short = day.format("%-d").to_string();
    assert!(page.contains(&format!("Harga promo sampai {short} ")) && page.contains(" 23.59 WIB</p>"), "{page}");
    assert!(english.contains(&format!("Sale price until {short} ")) && english.contains(", 23:59 WIB</p>"));
    assert!(page.contains("−20%") && page.contains("<s class=\"price__was\">Rp\u{a0}50.000</s>"), "{page}");
    let offer = structured(&page, "Product")["offers"][0].clone();
    assert_eq!(
        (&offer["price"], &offer["priceValidUntil"]),
        (&json!("40000"), &json!(until.format("%FT%TZ").to_string()))
    );
    let card = shop.get("/products").await.text;
    assert!(card.contains("Rp\u{a0}40.000") && card.contains("−20%"), "{card}");

    changed(&shop, &stored, |kaus| kaus.variants[0].sale.as_mut().unwrap().until = None).await.unwrap();
    let (page, _) = in_both().await;
    assert!(page.contains("−20%") && !page.contains("Harga promo sampai"), "one without an end has none to tell");
    assert_eq!(structured(&page, "Product")["offers"][0].get("priceValidUntil"), None);
}

/// Pitfall S8.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_description_is_read_as_it_is_meant(db: MySqlPool) {
    let shop = Served::open(db).await;
    let mut wanted = plain("kaus", None);
    wanted.description = Translated {
        id: "## Bahan\n\nKatun *tebal*.\nTidak panas.\n\n- lembut\n- sejuk\n\n[Ukuran](/about) <script>alert(1)</script>\n\n![x](https://contoh.id/pixel.gif)".to_owned(),
        en: "Thick **cotton**.".to_owned(),
    };
    let stored = stocked(&shop, wanted, 5).await;

    let page = shop.get("/products/kaus").await.text;
    for part in ["<h3>Bahan</h3>", "Katun <em>tebal</em>.<br>", "<li>lembut</li>", "<a href=\"/about\">Ukuran</a>"] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("<script>alert") && !page.contains("contoh.id"), "{page}");
    let summary = "Bahan Katun tebal. Tidak panas. lembut sejuk Ukuran alert(1) x";
    assert!(page.contains(&format!("<meta name=\"description\" content=\"{summary}\">")), "{page}");
    assert_eq!(structured(&page, "Product")["description"], summary);
    let english =
        shop.ask(reqwest::Method::GET, "/products/kaus").header("accept-language", "en").send().await.unwrap();
    assert!(english.text().await.unwrap().contains("Thick <strong>cotton</strong>."));
    assert!(page.contains("<title>kaus · Toko Uji</title>"), "{page}");

    changed(&shop, &stored, |kaus| {
        kaus.seo_title = Translated { id: "Kaus katun tebal".to_owned(), en: String::new() };
        kaus.seo_text = Translated::same("Kaus untuk hari panas.");
    })
    .await
    .unwrap();
    let page = shop.get("/products/kaus").await.text;
    for part in [
        "<title>Kaus katun tebal · Toko Uji</title>",
        "<meta name=\"description\" content=\"Kaus untuk hari panas.\">",
        "<meta property=\"og:title\" content=\"Kaus katun tebal\">",
        "<meta property=\"og:description\" content=\"Kaus untuk hari panas.\">",
        "<h1 class=\"buybox__name\">kaus</h1>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_was_chosen_to_go_with_it_comes_first(db: MySqlPool) {
    let shop = Served::open(db).await;
    let tops = shelf(&shop, ("Atasan", "Tops"), None).await;
    let mut ids = Vec::new();
    for slug in ["kaus", "blus", "jaket", "rompi", "mantel"] {
        ids.push(stocked(&shop, plain(slug, Some(tops.id)), 1).await.product_id);
    }
    let bag = stocked(&shop, plain("tas", None), 1).await;
    let hidden = stocked(&shop, ProductDocument { status: ProductStatus::Draft, ..plain("rahasia", None) }, 1).await;
    let beside = async |slug: &str| cards(&shop.get(&format!("/products/{slug}")).await.text, "id=\"reviews\"");
    let stored = stocked(&shop, plain("kemeja", Some(tops.id)), 1).await;
    assert_eq!(beside("kemeja").await, ["kaus", "blus", "jaket", "rompi"]);

    let stored =
        changed(&shop, &stored, |it| it.related = vec![bag.product_id, hidden.product_id, ids[4]]).await.unwrap();
    assert_eq!(beside("kemeja").await, ["tas", "mantel", "kaus", "blus"]);
    let stored = changed(&shop, &stored, |it| {
        it.related = vec![ids[4], ids[3], ids[2], ids[1], bag.product_id];
    })
    .await
    .unwrap();
    assert_eq!(beside("kemeja").await, ["mantel", "rompi", "jaket", "blus", "tas"], "all that were chosen");
    changed(&shop, &stored, |it| (it.category, it.related) = (None, vec![bag.product_id])).await.unwrap();
    assert_eq!(beside("kemeja").await, ["tas"], "without a category there is nothing to fill up with");
    assert!(beside("tas").await.is_empty());
}

/// Checklist 15.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_picture_can_be_reached_without_a_script(db: MySqlPool) {
    let shop = Served::open(db).await;
    for key in ["depan", "belakang", "biru"] {
        adopt(&shop, key).await;
    }
    let mut wanted = shirt(150_000);
    wanted.options[0].values[0].swatch = Some("#aa1133".to_owned());
    let alt = |id: &str, en: &str| Translated { id: id.to_owned(), en: en.to_owned() };
    let picture = |key: &str, alt, shows, centre| PictureDocument { key: key.to_owned(), alt, shows, centre };
    wanted.pictures = vec![
        picture("depan", alt("Tampak depan", "Front"), None, Centre { x: 500, y: 0 }),
        picture("belakang", Translated::default(), None, Centre::MIDDLE),
        picture("biru", alt("Warna biru", "In blue"), Some((0, 1)), Centre { x: 500, y: 500 }),
    ];
    // Of all blue ones, the small one was given the picture of the back.
    wanted.variants.iter_mut().filter(|it| it.values == [1, 0]).for_each(|it| it.picture = Some(1));
    let stored = stocked(&shop, wanted, 5).await;
    let variant = |values: &[usize]| {
        stored.document.variants.iter().find(|it| it.values == values).unwrap().id.unwrap().to_string()
    };

    let page = shop.get("/products/kemeja").await.text;
    for key in ["depan", "belakang", "biru"] {
        assert!(page.contains(&format!("href=\"/images/{key}-1600.webp\"")), "{key} in {page}");
    }
    for place in 0..3 {
        assert!(
            page.contains(&format!("id=\"picture-{place}\"")) && page.contains(&format!("href=\"#picture-{place}\""))
        );
    }
    assert!(page.contains("alt=\"Tampak depan\"") && page.contains("alt=\"Kemeja\""), "{page}");
    let english = shop.ask(reqwest::Method::GET, "/products/kemeja").header("accept-language", "en").send().await;
    assert!(english.unwrap().text().await.unwrap().contains("alt=\"Front\""));
    // A colour where there is one, else the middle of the first picture that shows the value.
    assert!(page.contains("fill=\"#aa1133\""), "{page}");
    assert!(page.contains("<svg class=\"swatch\" viewBox=\"120 170 160 160\""), "{page}");
    assert!(page.contains("<image href=\"/images/biru-400.webp\" width=\"400\" height=\"500\"/>"), "{page}");

    let first = async |variant: String| {
        let page = shop.get(&format!("/products/kemeja?variant={variant}")).await.text;
        let strip = &page[page.find("data-strip").unwrap()..];
        strip[strip.find("id=\"picture-").unwrap()..].chars().nth(12).unwrap()
    };
    assert_eq!(first(variant(&[0, 0])).await, '0');
    assert_eq!(first(variant(&[1, 1])).await, '2', "the picture of the colour");
    assert_eq!(first(variant(&[1, 0])).await, '1', "the picture that was chosen for the variant");
}

/// Pitfall B21.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn sizes_stand_in_the_order_that_the_owner_gave_them(db: MySqlPool) {
    let shop = Served::open(db).await;
    let mut wanted = plain("kaus", None);
    wanted.add_option(option("Ukuran", &["S", "M", "L", "XL", "2XL"]));
    wanted.generate().unwrap();
    stocked(&shop, wanted, 1).await;
    let page = shop.get("/products/kaus").await.text;
    let named: Vec<&str> = page.split("data-name=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(named, ["S", "M", "L", "XL", "2XL"]);
}
