//! Signing in at the desk, and what each may do there.

use domain::command::{Access, ShopCommand};
use domain::customers::ListCustomers;
use domain::inventory::{ListStock, ReceiveStock, StockFilter};
use domain::jobs::{JobName, RunJob};
use domain::locale::Locale;
use domain::memberships::ListPlans;
use domain::message::Message;
use domain::orders::ShipOrder;
use domain::page::PageNumber;
use domain::payments::{RefundOrder, RefundWhat};
use domain::staff::{NotPermitted, Permission, Role, SignIn, Staff, StaffId};
use domain::text::Password;
use domain::vouchers::ListVouchers;
use services::{
    Error, audit, catalog, commands, customers, inventory, jobs, memberships, orders, payments, reports, settings,
    staff, testing, vouchers,
};
use sqlx::MySqlPool;

use crate::shop::{TestShop, category};

fn sign_in(email: &str, password: &str) -> SignIn {
    SignIn { email: email.to_owned(), password: Password::typed(password) }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_right_password_signs_in(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let signed_in = staff::sign_in(&shop, sign_in(" Ratna@Example.com", testing::PASSWORD)).await.unwrap();
    assert_eq!(signed_in, shop.owner);
    let english = staff::choose_locale(&shop, &signed_in, Locale::English).await.unwrap();
    assert_eq!(staff::find(&shop, shop.owner.id).await.unwrap(), english);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_wrong_password_and_an_unknown_address_look_the_same(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    for request in [
        sign_in("ratna@example.com", "wrong"),
        sign_in("nobody@example.com", testing::PASSWORD),
        sign_in("not an address", testing::PASSWORD),
    ] {
        let refused = staff::sign_in(&shop, request).await.unwrap_err();
        assert!(matches!(refused, Error::SignedOut(Message::WrongCredentials)), "{refused:?}");
    }
    let unknown = staff::find(&shop, StaffId::new(999)).await.unwrap_err();
    assert!(matches!(unknown, Error::SignedOut(Message::SignInFirst)));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn guessing_is_stopped_even_when_the_guess_is_right(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    for _ in 0..5 {
        staff::sign_in(&shop, sign_in("ratna@example.com", "guess")).await.unwrap_err();
    }
    let refused = staff::sign_in(&shop, sign_in("ratna@example.com", testing::PASSWORD)).await.unwrap_err();
    assert!(matches!(refused, Error::TooMany), "{refused:?}");
}

/// Pitfall S10. An accent or a hyphen that nobody sees is no way around the count, and neither is a crowd.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn guesses_at_once_or_under_a_name_that_looks_alike_are_no_more_guesses(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    for unlike in ["rátna@example.com", "r\u{ad}atna@example.com", "ratna@exàmple.com"] {
        let refused = staff::sign_in(&shop, sign_in(unlike, testing::PASSWORD)).await.unwrap_err();
        assert!(matches!(refused, Error::SignedOut(Message::WrongCredentials)), "{unlike}: {refused:?}");
    }
    let mut guesses = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let shop = services::Shop::clone(&shop);
        guesses.spawn(async move { staff::sign_in(&shop, sign_in("ratna@example.com", "guess")).await.unwrap_err() });
    }
    let refused = guesses.join_all().await;
    assert_eq!(refused.iter().filter(|error| matches!(error, Error::TooMany)).count(), 5, "{refused:?}");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn passwords_are_kept_as_argon2id_hashes(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let kept = "select count(*) from staff where password_hash like '$argon2id$v=19$m=19456,t=2,p=1$%'";
    assert_eq!(shop.count(kept).await, 1);
}

/// Each permission guards something; a clerk may use what the role has, and is refused the rest.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_permission_is_asked_for(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let clerk = Staff { role: Role::Staff, ..shop.owner.clone() };
    let shirt = shop.variant("SHIRT", 100, 5).await;
    let order_id = shop.id(&shop.paid_order(shirt, 1).await).await;

    for permission in Permission::ALL {
        let tried = match permission {
            Permission::ViewDashboard => reports::dashboard(&shop, &clerk).await.map(drop),
            Permission::ViewOrders => orders::detail(&shop, &clerk, order_id).await.map(drop),
            Permission::MoveOrders => {
                let request = ShipOrder::all(order_id, "");
                orders::ship(&shop, &clerk, request).await.map(drop)
            }
            Permission::ViewCustomers => {
                let list = ListCustomers { search: None, page: PageNumber::FIRST };
                customers::page(&shop, &clerk, list).await.map(drop)
            }
            Permission::RefundOrders => {
                let what = RefundWhat::Everything;
                let request = RefundOrder { order_id, what, reason: "torn".to_owned(), key: "1".to_owned() };
                payments::refund(&shop, &clerk, request).await.map(drop)
            }
            Permission::ViewStock => {
                let list = ListStock { search: None, filter: StockFilter::All, page: PageNumber::FIRST };
                inventory::page(&shop, &clerk, list).await.map(drop)
            }
            Permission::ChangeStock => {
                let request = ReceiveStock { variant_id: shirt, quantity: 1, note: String::new() };
                inventory::receive(&shop, &clerk, request).await.map(drop)
            }
            Permission::ChangeCatalog => catalog::create_category(&shop, &clerk, category("x")).await.map(drop),
            Permission::ManageVouchers => {
                let list = ListVouchers { search: None, page: PageNumber::FIRST };
                vouchers::page(&shop, &clerk, list).await.map(drop)
            }
            Permission::ManageMemberships => memberships::plans(&shop, &clerk, ListPlans {}).await.map(drop),
            Permission::ViewHistory => {
                let list = domain::audit::ListAudit {
                    staff_id: None,
                    subject: None,
                    search: None,
                    from: None,
                    to: None,
                    page: PageNumber::FIRST,
                };
                audit::page(&shop, &clerk, list).await.map(drop)
            }
            Permission::RunJobs => jobs::run_now(&shop, &clerk, RunJob { job: JobName::CleanUp }).await.map(drop),
            Permission::ChangeSettings => settings::save(&shop, &clerk, shop.settings().await).await.map(drop),
        };
        match tried {
            Ok(()) => assert!(Role::Staff.may(*permission), "{permission} is not asked for"),
            Err(Error::Forbidden(refused)) => {
                assert_eq!(refused.permission, *permission);
                assert!(!Role::Staff.may(*permission), "{permission} is refused to who has it");
            }
            Err(other) => panic!("{permission}: {other:?}"),
        }
    }
}

/// The table of commands names the permission that the function of the command asks for, and it is asked for twice: where
/// all commands pass, and where the work is done.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_command_asks_for_the_permission_of_its_line(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    for declared in ShopCommand::DECLARED {
        let Access::Permitted(permission) = declared.access else { panic!("{} is for everybody", declared.name) };
        let example = || serde_json::from_str::<ShopCommand>(&declared.sent()).unwrap();
        for role in Role::ALL {
            let who = Staff { role: *role, ..shop.owner.clone() };
            for tried in
                [testing::unchecked(&shop, &who, example()).await, commands::answer(&shop, &who, example()).await]
            {
                match tried {
                    Err(Error::Forbidden(refused)) => {
                        assert_eq!(refused, NotPermitted { role: *role, permission }, "{}", declared.name);
                        assert!(!role.may(permission), "{} is refused to who has {permission}", declared.name);
                    }
                    _ => assert!(role.may(permission), "{} is not refused to who lacks {permission}", declared.name),
                }
            }
        }
    }
}
