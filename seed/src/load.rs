//! Loads the demo shop through services, so that it cannot break a rule. For empty shops only.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use domain::catalog::{
    CategoryId, CreateCategory, CreateProduct, NewOption, NewOptionValue, NewPicture, NewVariant, ProductStatus,
};
use domain::checkout::PlaceOrder;
use domain::customers::CreateCustomer;
use domain::locale::{Locale, Translated};
use domain::media::WIDTHS;
use domain::memberships::{Period, SavePlan};
use domain::money::{BasisPoints, Money};
use domain::orders::OrderEvent;
use domain::payments::PaymentMethod;
use domain::pricing::VoucherKind;
use domain::reviews::CreateReview;
use domain::settings::{Contact, Settings};
use domain::shipping::{AddressForm, DeliveryRates, Tariff};
use domain::staff::Staff;
use domain::vouchers::SaveVoucher;
use services::memberships::ImportMembership;
use services::orders::ImportOrder;
use services::{
    Result, Shop, catalog, customers, inventory, jobs, media, memberships, orders, reviews, settings, vouchers,
};

use crate::{Customer, Moment, PlannedOrder, PlannedStatus, Product, Voucher};

/// Fills an empty shop with the demo's goods, buyers and ninety days of orders.
///
/// `progress` hears how many of how many steps are done. What an interrupted load left behind cannot be completed: a
/// half-filled shop is not empty, and its database must be emptied first.
pub async fn load(shop: &Shop, staff: &Staff, progress: impl Fn(u32, u32) + Send + Sync) -> Result<()> {
    let now = shop.now().await?;
    let clock = ShopClock::at(now);
    let (products, buyers, planned) = (crate::products(), crate::customers(), crate::planned_orders());
    let pictures = pictures();
    let reviews = crate::planned_reviews();
    let of = u32::try_from(pictures.len() + products.len() + planned.len() + reviews.len()).unwrap_or(u32::MAX);
    let mut done = 0;
    let mut step = || {
        done += 1;
        progress(done, of);
    };

    save_settings(shop, staff).await?;
    for (key, files) in &pictures {
        media::adopt(shop, staff, key, files).await?;
        step();
    }
    let mut categories = HashMap::new();
    for category in crate::categories() {
        let request = CreateCategory { slug: category.slug.clone(), name: category.name };
        let id = catalog::create_category(shop, staff, request).await?;
        categories.insert(category.slug, id);
    }
    for voucher in crate::vouchers() {
        vouchers::save(shop, staff, voucher_of(voucher, &categories)).await?;
    }
    let units = crate::units_by_sku();
    for (age, product) in (0..).zip(&products) {
        let made_at = now - TimeDelta::days(120 - age);
        catalog::create(shop, staff, request_of(product), Some(made_at)).await?;
        for variant in &product.variants {
            let sold = units.get(&variant.sku).map_or(0, |units| units.to_receive());
            if variant.stock + sold > 0 {
                inventory::import(shop, staff, &variant.sku, variant.stock + sold, made_at).await?;
            }
        }
        step();
    }
    for buyer in &buyers {
        let request = CreateCustomer { email: buyer.email.clone(), address: address_of(buyer) };
        customers::create(shop, staff, request).await?;
    }
    let buyers: HashMap<&str, &Customer> = buyers.iter().map(|buyer| (buyer.handle.as_str(), buyer)).collect();
    for order in &planned {
        let Some(buyer) = buyers.get(order.customer.as_str()) else { continue };
        orders::import(shop, staff, order_of(order, buyer, clock)).await?;
        step();
    }
    sell_memberships(shop, staff, &buyers, now).await?;
    for planned in reviews {
        let Some(buyer) = buyers.get(planned.review.customer.as_str()) else { continue };
        let request = CreateReview {
            product_slug: planned.review.product,
            email: buyer.email.clone(),
            rating: planned.review.rating,
            body: planned.review.body,
        };
        reviews::import(shop, staff, request, clock.instant(planned.written)).await?;
        step();
    }
    jobs::run_due_work(shop).await
}

/// Adds the plans, and lets customers become members in the past.
async fn sell_memberships(
    shop: &Shop,
    staff: &Staff,
    buyers: &HashMap<&str, &Customer>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut plans = HashMap::new();
    for plan in crate::plans() {
        let request = SavePlan {
            plan_id: None,
            version: 0,
            name: plan.name,
            description: plan.description,
            period: if plan.period == "yearly" { Period::Yearly } else { Period::Monthly },
            price: Money::minor(plan.price),
            percent_off: BasisPoints::new(plan.percent_off),
            free_delivery: plan.free_delivery,
            is_active: true,
        };
        plans.insert(plan.key, memberships::save_plan(shop, staff, request).await?.plan.id);
    }
    for bought in crate::purchases() {
        let (Some(buyer), Some(plan)) = (buyers.get(bought.customer.as_str()), plans.get(&bought.plan)) else {
            continue;
        };
        let at = now - TimeDelta::days(i64::from(bought.days_ago));
        let request = ImportMembership { email: buyer.email.clone(), plan_id: *plan, at };
        memberships::import(shop, staff, &request).await?;
    }
    memberships::finish_import(shop, staff).await
}

/// Turns moments of the plan into instants.
#[derive(Clone, Copy)]
struct ShopClock {
    now: DateTime<Utc>,
    minute_of_day: u16,
}

impl ShopClock {
    fn at(now: DateTime<Utc>) -> Self {
        let local = now + TimeDelta::hours(7);
        let minute_of_day = u16::try_from(local.hour() * 60 + local.minute()).unwrap_or_default();
        Self { now, minute_of_day }
    }

    fn instant(self, moment: Moment) -> DateTime<Utc> {
        self.now - TimeDelta::minutes(i64::from(moment.minutes_before(self.minute_of_day)))
    }
}

async fn save_settings(shop: &Shop, staff: &Staff) -> Result<()> {
    let demo = crate::shop();
    let current = settings::get(shop).await?;
    let delivery = delivery_rates(&demo);
    let wanted = Settings {
        name: demo.name,
        tagline: demo.tagline,
        about: demo.about,
        contact: Contact {
            email: demo.email,
            phone: demo.phone,
            address: format!("{}, {} {}", demo.address_lines.join(", "), demo.city, demo.postal_code),
            whatsapp: String::new(),
        },
        delivery,
        payment_methods: vec![PaymentMethod::Demo, PaymentMethod::CashOnDelivery],
        ..Settings::clone(&current)
    };
    settings::save(shop, staff, wanted).await.map(drop)
}

/// Indonesia's usual prices, with those of the demo for light parcels.
fn delivery_rates(demo: &crate::Settings) -> DeliveryRates {
    let light = |tariff: &mut Tariff, price: i64| {
        if let Some(lightest) = tariff.steps.first_mut() {
            lightest.price = Money::minor(price);
        }
    };
    let mut rates = DeliveryRates::indonesia();
    light(&mut rates.elsewhere, demo.delivery.far_price);
    for zone in &mut rates.zones {
        let is_near = !zone.cities.is_empty();
        light(&mut zone.tariff, if is_near { demo.delivery.near_price } else { demo.delivery.far_price });
        if is_near {
            zone.cities.clone_from(&demo.delivery.near_cities);
        }
    }
    rates.free_from = Some(Money::minor(demo.delivery.free_from));
    rates
}

/// A picture's files: their widths and contents.
type PictureFiles = Vec<(u32, &'static [u8])>;

/// The embedded files, by picture.
fn pictures() -> Vec<(String, PictureFiles)> {
    let mut pictures: HashMap<String, PictureFiles> = HashMap::new();
    for (name, bytes) in crate::picture_files() {
        for width in WIDTHS {
            if let Some(key) = name.strip_suffix(&format!("-{width}.webp")) {
                pictures.entry(key.to_owned()).or_default().push((width, bytes));
            }
        }
    }
    let mut pictures: Vec<_> = pictures.into_iter().collect();
    pictures.sort_by(|(one, _), (other, _)| one.cmp(other));
    pictures
}

fn request_of(product: &Product) -> CreateProduct {
    let place = |option: usize, value: &str| {
        product.options.get(option)?.values.iter().position(|known| known.id == value).map(|at| (option, at))
    };
    let options = product.options.iter().map(|option| NewOption {
        name: option.name.clone(),
        values: option
            .values
            .iter()
            .map(|value| NewOptionValue {
                value: Translated { id: value.id.clone(), en: value.en.clone() },
                swatch: value.swatch.clone(),
            })
            .collect(),
    });
    let variants = product.variants.iter().map(|variant| NewVariant {
        sku: variant.sku.clone(),
        values: (0..).zip(&variant.options).filter_map(|(at, value)| place(at, value)).map(|(_, at)| at).collect(),
        price: Money::minor(product.price),
        compare_at_price: product.compare_at.map(Money::minor),
        weight_grams: product.weight_grams,
        low_stock_limit: 3,
    });
    let pictures = product.pictures.iter().map(|picture| NewPicture {
        key: picture.key.clone(),
        alt: picture.alt.clone(),
        shows: picture.shows.as_ref().and_then(|value| (0..product.options.len()).find_map(|at| place(at, value))),
    });
    CreateProduct {
        slug: product.slug.clone(),
        category: Some(product.category.clone()),
        name: product.name.clone(),
        description: product.description.clone(),
        status: ProductStatus::Active,
        tax_class: None,
        options: options.collect(),
        variants: variants.collect(),
        pictures: pictures.collect(),
    }
}

fn voucher_of(voucher: Voucher, categories: &HashMap<String, CategoryId>) -> SaveVoucher {
    let kind = match (voucher.percent_off, voucher.amount_off) {
        (Some(percent), _) => VoucherKind::Percent(BasisPoints::new(percent)),
        (None, Some(amount)) => VoucherKind::Fixed(Money::minor(amount)),
        (None, None) => VoucherKind::FreeDelivery,
    };
    let occasion = voucher.occasion.and_then(|occasion| occasion.parse().ok());
    let mut wanted = SaveVoucher {
        total_limit: voucher.total_limit,
        customer_limit: voucher.customer_limit,
        first_order_only: voucher.first_order_only,
        is_personal: occasion.is_some(),
        occasion,
        ..SaveVoucher::for_everybody(&voucher.code, kind)
    };
    wanted.terms.cap = voucher.cap.map(Money::minor);
    wanted.terms.minimum_purchase = Money::minor(voucher.minimum_purchase);
    wanted.terms.categories = voucher.categories.iter().filter_map(|slug| categories.get(slug).copied()).collect();
    wanted
}

fn address_of(buyer: &Customer) -> AddressForm {
    AddressForm {
        name: buyer.name.clone(),
        phone: buyer.phone.clone(),
        line_1: buyer.line_1.clone(),
        line_2: buyer.line_2.clone().unwrap_or_default(),
        city: buyer.city.clone(),
        province: buyer.province.clone(),
        postal_code: buyer.postal_code.clone(),
    }
}

fn order_of(order: &PlannedOrder, buyer: &Customer, clock: ShopClock) -> ImportOrder {
    let is_online = order.payment == crate::PaymentMethod::Demo;
    let paid = order.paid.filter(|_| is_online).map(|at| (OrderEvent::PaymentArrived, at, None));
    let shipped = order.shipped.map(|at| (OrderEvent::HandedToCourier, at, order.tracking_number.clone()));
    let completed = order.completed.map(|at| (OrderEvent::Delivered, at, None));
    let end = match order.status {
        PlannedStatus::Cancelled if is_online => OrderEvent::TimeRanOut,
        PlannedStatus::Cancelled
        | PlannedStatus::PendingPayment
        | PlannedStatus::Processing
        | PlannedStatus::Shipped
        | PlannedStatus::Completed => OrderEvent::CalledOff,
    };
    let cancelled = order.cancelled.map(|at| (end, at, None));
    let steps = [paid, shipped, completed, cancelled].into_iter().flatten();
    ImportOrder {
        request: PlaceOrder {
            email: buyer.email.clone(),
            shipping_address: address_of(buyer),
            payment_method: order.payment.as_str().to_owned(),
            delivery_method: String::new(),
            voucher_code: String::new(),
            expected_total: None,
            locale: Locale::Indonesian,
        },
        lines: order.lines.iter().map(|line| (line.sku.clone(), line.quantity)).collect(),
        placed_at: clock.instant(order.placed),
        steps: steps.map(|(event, at, note)| (event, clock.instant(at), note)).collect(),
    }
}
