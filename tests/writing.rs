//! Every command that writes, with what must be there before it can: tests of what all of them do walk these.

use domain::audit::AuditAction;
use domain::catalog::bulk::{Direction, Rounding, Step};
use domain::catalog::{
    ApplyBulk, BulkChange, DeleteCategory, DeleteProduct, DuplicateProduct, MoveCategory, PreviewBulk, ProductDocument,
    SaveCategory, SaveProduct, Selection, SetStaffNote, SetTaxClass, UndoChange,
};
use domain::command::{Declared, Effect, ShopCommand, WindowCommand};
use domain::id::{InboxId, StockTakeId, VariantId};
use domain::imports::RunImport;
use domain::inventory::stock_takes::{AbandonStockTake, ApplyStockTake, CountInStockTake, StartStockTake};
use domain::inventory::{CorrectStock, CountStock, ReceiveStock, SetStockLimits};
use domain::jobs::{JobName, RunJob};
use domain::locale::{Locale, Translated};
use domain::mail::{LetterId, LetterWords, MailKind, OwnWords, SaveLetterWords, SendLetterAgain, SetMailPassword};
use domain::memberships::{DeletePlan, EndMembership, ListPlans, Period};
use domain::money::Money;
use domain::orders::{
    CallOffRest, CancelOrder, CompleteOrder, LineUnits, OrderId, ReturnOrder, ReturnedUnits, ShipOrder,
};
use domain::page::PageNumber;
use domain::payments::{
    CheckAttempt, CheckPayments, GatewayKey, GatewayName, GatewayOutcome, PaymentDecision, PaymentId, PaymentMethod,
    RefundDecision, RefundOrder, RefundWhat, RetryNotice, SaveGatewayKeys, SetAsideNotice, SettlePayment, SettleRefund,
};
use domain::pricing::{TaxRules, VoucherKind};
use domain::secrets::{Secret, SecretName};
use domain::settings::{SaveSettings, Settings};
use domain::text::TaxClassKey;
use domain::vouchers::{ListVouchers, SwitchVoucher};
use services::bringing::Bringing;
use services::inventory::stock_takes;
use services::{catalog, commands, memberships, orders, settings, staff, vouchers};

use crate::memberships::plan;
use crate::shop::{TestShop, account, category};
use crate::vouchers::voucher;

/// A shop on which commands that write are used, one after the other.
pub(crate) struct Writing<'a> {
    shop: &'a TestShop,
    shirt: VariantId,
    paid: OrderId,
    unpaid: OrderId,
    take: Option<StockTakeId>,
}

/// A command that is ready to be given by the owner.
pub(crate) enum Ready {
    Shop(ShopCommand),
    /// It answers that what was asked for was in vain, and has written all the same.
    InVain(ShopCommand),
    ChooseLocale(Locale),
    /// A file that was looked at.
    Import(Bringing, RunImport),
}

/// What the table says of every command that writes, but of those that work once: one sets up the shop, the other needs a code.
pub(crate) fn declared() -> impl Iterator<Item = &'static Declared> {
    let all = WindowCommand::DECLARED.iter().chain(ShopCommand::DECLARED);
    all.filter(|declared| {
        declared.effect == Effect::Writes && !["SetUpShop", "ChooseStaffPassword"].contains(&declared.name)
    })
}

impl Ready {
    pub(crate) async fn give(self, shop: &TestShop) {
        match self {
            Self::Shop(command) => drop(commands::answer(shop, &shop.owner, command).await.unwrap()),
            Self::InVain(command) => drop(commands::answer(shop, &shop.owner, command).await.unwrap_err()),
            Self::ChooseLocale(locale) => drop(staff::choose_locale(shop, &shop.owner, locale).await.unwrap()),
            Self::Import(bringing, request) => {
                bringing.run(shop, &shop.owner, request).await.unwrap();
                bringing.settled().await;
            }
        }
    }
}

impl<'a> Writing<'a> {
    pub(crate) async fn on(shop: &'a TestShop) -> Self {
        let shirt = shop.variant("SHIRT", 150_000, 9).await;
        let paid = shop.id(&shop.paid_order(shirt, 1).await).await;
        let unpaid = shop.id(&shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap()).await;
        Self { shop, shirt, paid, unpaid, take: None }
    }

    /// Brings about what the command needs, in the order of the table; the action by which the history knows it.
    pub(crate) async fn prepare(&mut self, name: &str) -> (Ready, AuditAction) {
        let (command, action) = match name {
            "ChooseLocale" => return (Ready::ChooseLocale(Locale::English), AuditAction::ChooseLocale),
            "RunImport" => {
                // One that changes nothing but is in the history all the same.
                let bringing = Bringing::default();
                let file = b"product,name,sku,price\nbaru,Baru,BARU,gratis\n".to_vec();
                let opened = bringing.open(self.shop, &self.shop.owner, "barang.csv", file).await.unwrap();
                bringing.settled().await;
                return (Ready::Import(bringing, RunImport { run: opened.unwrap().run }), AuditAction::ImportFile);
            }
            "RetryNotice" => {
                let request = RetryNotice { notice_id: self.stuck_notice(name).await };
                return (Ready::InVain(request.into()), AuditAction::RetryNotice);
            }
            "ShipOrder" | "CompleteOrder" | "CancelOrder" | "CallOffRest" | "ReturnOrder" => self.order(name).await,
            "RefundOrder" | "SettlePayment" | "SettleRefund" | "CheckPayments" | "SetAsideNotice"
            | "SaveGatewayKeys" | "CheckAttempt" | "DecideProof" | "CountTransfer" => self.money(name).await,
            "StartStockTake" | "CountInStockTake" | "ApplyStockTake" | "AbandonStockTake" => self.take(name).await,
            "ReceiveStock" | "CorrectStock" | "CountStock" | "SetStockLimits" => self.stock(name).await,
            "SaveVoucher" | "SwitchVoucher" | "SavePlan" | "DeletePlan" | "EndMembership" => self.offer(name).await,
            "SaveSettings" => {
                let read = settings::detail(self.shop, &self.shop.owner).await.unwrap();
                let settings = Settings { name: "Toko Baru".to_owned(), ..read.settings };
                let request = SaveSettings { version: read.version, settings };
                (request.into(), AuditAction::SaveSettings)
            }
            "SetTaxClass" => {
                let mut wanted = self.shop.settings().await;
                wanted.tax = TaxRules::ppn();
                settings::save(self.shop, &self.shop.owner, wanted).await.unwrap();
                let tax_class = Some(TaxClassKey::parse("standard").unwrap());
                let product_id = self.shop.product_of(self.shirt).await;
                let request = SetTaxClass { product_id, tax_class, seen: None };
                (request.into(), AuditAction::SetTaxClass)
            }
            "SetStaffNote" => {
                let (note, seen) = ("mudah pecah".to_owned(), String::new());
                let request = SetStaffNote { product_id: self.shop.product_of(self.shirt).await, note, seen };
                (request.into(), AuditAction::SetStaffNote)
            }
            "SaveProduct" | "DuplicateProduct" | "DeleteProduct" => self.goods(name).await,
            "ApplyBulk" | "UndoChange" => self.many(name).await,
            "SaveCategory" | "MoveCategory" | "DeleteCategory" => self.shelves(name).await,
            "SendLetterAgain" => {
                self.shop.set_letter_writer(storefront::letters::WRITER);
                let db = services::testing::database(self.shop);
                let kept = "update mail_outbox set state = 'kept', next_try_at = null order by id limit 1";
                sqlx::query(kept).execute(&db).await.unwrap();
                let letter: (u64,) = sqlx::query_as("select min(id) from mail_outbox").fetch_one(&db).await.unwrap();
                let request = SendLetterAgain { letter_id: LetterId::new(letter.0) };
                (request.into(), AuditAction::SendLetterAgain)
            }
            "SaveLetterWords" => {
                self.shop.set_letter_writer(storefront::letters::WRITER);
                let own = OwnWords { subject: Some("Pesanan {nomor}".to_owned()), body: None };
                let words = LetterWords { id: own, ..LetterWords::default() };
                let request = SaveLetterWords { kind: MailKind::OrderPlaced, version: 0, words };
                (request.into(), AuditAction::SaveLetterWords)
            }
            "SetMailPassword" => {
                let password = Some(Secret::read("a mail password").unwrap());
                (SetMailPassword { password }.into(), AuditAction::SetSecret)
            }
            "RunJob" => (RunJob { job: JobName::CleanUp }.into(), AuditAction::RunJob),
            other => panic!("{other} writes, and this test does not use it"),
        };
        (Ready::Shop(command), action)
    }

    async fn goods(&self, name: &str) -> (ShopCommand, AuditAction) {
        let price = Money::minor(1);
        match name {
            "SaveProduct" => {
                let document = ProductDocument::draft(Translated::same("Topi"), price);
                (SaveProduct::new(document).into(), AuditAction::CreateProduct)
            }
            "DuplicateProduct" => {
                let product_id = self.shop.product_of(self.shirt).await;
                (DuplicateProduct { product_id }.into(), AuditAction::CreateProduct)
            }
            "DeleteProduct" => {
                let variant = self.shop.variant("GONE", 1, 0).await;
                let product_id = self.shop.product_of(variant).await;
                (DeleteProduct { product_id, version: 1 }.into(), AuditAction::DeleteProduct)
            }
            other => panic!("{other} is not about goods"),
        }
    }

    async fn many(&self, name: &str) -> (ShopCommand, AuditAction) {
        let (shop, owner) = (self.shop, &self.shop.owner);
        let change = BulkChange::Price {
            direction: Direction::Up,
            by: Step::Amount(Money::minor(1_000)),
            rounding: Rounding::None,
        };
        let selection = Selection::Ids(vec![shop.product_of(self.shirt).await]);
        let seen = PreviewBulk { selection, change: change.clone() };
        let products = catalog::preview_bulk(shop, owner, seen).await.unwrap().changing;
        let request = ApplyBulk { change, products, key: name.to_owned() };
        if name == "ApplyBulk" {
            return (request.into(), AuditAction::BulkChange);
        }
        let change_id = catalog::apply_bulk(shop, owner, request).await.unwrap().change_id.unwrap();
        (UndoChange { change_id }.into(), AuditAction::UndoChange)
    }

    async fn shelves(&self, name: &str) -> (ShopCommand, AuditAction) {
        let owner = &self.shop.owner;
        let shelf = async |name| catalog::create_category(self.shop, owner, category(name)).await.unwrap();
        match name {
            "SaveCategory" => {
                let (slug, name) = (String::new(), Translated::same("Atasan"));
                let wanted = SaveCategory { category_id: None, version: 0, parent_id: None, slug, name, picture: None };
                (wanted.into(), AuditAction::CreateCategory)
            }
            "MoveCategory" => {
                let (parent_id, category_id) = (Some(shelf("one").await), shelf("two").await);
                (MoveCategory { category_id, parent_id, before: None }.into(), AuditAction::MoveCategory)
            }
            "DeleteCategory" => {
                let category_id = shelf("three").await;
                (DeleteCategory { category_id, version: 1, goods_to: None }.into(), AuditAction::DeleteCategory)
            }
            other => panic!("{other} is not about categories"),
        }
    }

    async fn order(&self, name: &str) -> (ShopCommand, AuditAction) {
        let Self { shop, shirt, paid, unpaid, .. } = *self;
        let moved = |command: ShopCommand| (command, AuditAction::MoveOrder);
        match name {
            "ShipOrder" => moved(ShipOrder::all(paid, "JNE-1").into()),
            "CompleteOrder" => moved(CompleteOrder { order_id: paid }.into()),
            "CancelOrder" => {
                let request = CancelOrder { order_id: unpaid, reason: "habis".to_owned() };
                moved(request.into())
            }
            "CallOffRest" => {
                let order = shop.detail(&shop.paid_order(shirt, 2).await).await;
                let lines = Some(vec![LineUnits { line_id: order.lines[0].id, quantity: 1 }]);
                let part = ShipOrder { lines, ..ShipOrder::all(order.id, "") };
                orders::ship(shop, &shop.owner, part).await.unwrap();
                let request = CallOffRest { order_id: order.id, reason: "habis".to_owned() };
                moved(request.into())
            }
            _ => {
                let line_id = orders::detail(shop, &shop.owner, paid).await.unwrap().lines[0].id;
                let lines = vec![ReturnedUnits { line_id, quantity: 1, restock: true }];
                let (note, key) = ("kekecilan".to_owned(), "sekali".to_owned());
                let request = ReturnOrder { order_id: paid, lines, note, refund: false, key };
                (request.into(), AuditAction::ReturnOrder)
            }
        }
    }

    async fn money(&self, name: &str) -> (ShopCommand, AuditAction) {
        let Self { shop, shirt, paid, .. } = *self;
        match name {
            "RefundOrder" => {
                let what = RefundWhat::Amount(Money::minor(1_000));
                let (reason, key) = ("sobek".to_owned(), "sekali".to_owned());
                let request = RefundOrder { order_id: paid, what, reason, key };
                (request.into(), AuditAction::RefundOrder)
            }
            "SettlePayment" => {
                let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
                let mut wrong = TestShop::notification(&placed, GatewayOutcome::Paid);
                wrong.amount = Money::minor(1);
                shop.notify(&wrong).await.unwrap();
                let payment_id = shop.detail(&placed).await.to_check[0].id;
                let request =
                    SettlePayment { payment_id, decision: PaymentDecision::Dismiss, reason: "salah".to_owned() };
                (request.into(), AuditAction::SettlePayment)
            }
            "SettleRefund" => {
                let refused = "update refunds set status = 'failed', by_hand = false, settled_at = created_at";
                sqlx::query(refused).execute(&services::testing::database(shop)).await.unwrap();
                let refund_id = orders::detail(shop, &shop.owner, paid).await.unwrap().refunds[0].id;
                let request = SettleRefund { refund_id, decision: RefundDecision::ByHand, reason: "bank".to_owned() };
                (request.into(), AuditAction::SettleRefund)
            }
            "SaveGatewayKeys" => {
                let key =
                    GatewayKey { name: SecretName::MidtransServerKey, secret: "SB-Mid-server-x".to_owned().into() };
                let request = SaveGatewayKeys { gateway: GatewayName::Midtrans, keys: vec![key] };
                (request.into(), AuditAction::SaveGatewayKeys)
            }
            "CheckPayments" => (CheckPayments { order_id: paid }.into(), AuditAction::CheckPayments),
            "CheckAttempt" => {
                let first = shop.count("select cast(min(id) as signed) from payments").await;
                let payment_id = PaymentId::new(first.unsigned_abs());
                (CheckAttempt { payment_id }.into(), AuditAction::CheckPayments)
            }
            "DecideProof" | "CountTransfer" => shop.transfer_to_decide(shirt, name == "DecideProof").await,
            _ => {
                let (notice_id, reason) = (self.stuck_notice(name).await, "sudah diurus".to_owned());
                (SetAsideNotice { notice_id, reason }.into(), AuditAction::SetAsideNotice)
            }
        }
    }

    /// A notice of a service that is not used any more.
    async fn stuck_notice(&self, key: &str) -> InboxId {
        let gone = "insert into payment_inbox (gateway, event_key, body, received_at, stuck_since)
                    values ('closed', ?, '{}', utc_timestamp(6), utc_timestamp(6))";
        let pool = services::testing::database(self.shop);
        InboxId::new(sqlx::query(gone).bind(key).execute(&pool).await.unwrap().last_insert_id())
    }

    async fn stock(&self, name: &str) -> (ShopCommand, AuditAction) {
        let variant_id = self.shirt;
        match name {
            "ReceiveStock" => {
                let request = ReceiveStock { variant_id, quantity: 3, note: "SJ-7".to_owned() };
                (request.into(), AuditAction::ReceiveStock)
            }
            "CorrectStock" => {
                let request = CorrectStock { variant_id, delta: -1, note: "sobek".to_owned() };
                (request.into(), AuditAction::CorrectStock)
            }
            "CountStock" => {
                let seen_on_hand = u32::try_from(self.shop.stock(variant_id).await.0).unwrap();
                let request = CountStock { variant_id, counted: seen_on_hand + 1, seen_on_hand, note: String::new() };
                (request.into(), AuditAction::CountStock)
            }
            _ => {
                let request = SetStockLimits { variant_id, low_stock_limit: 4, min_quantity: 1, max_quantity: 9 };
                (request.into(), AuditAction::SetStockLimits)
            }
        }
    }

    async fn take(&mut self, name: &str) -> (ShopCommand, AuditAction) {
        let begin = |name: &str| StartStockTake { name: name.to_owned() };
        if name == "StartStockTake" {
            return (begin("Rak A").into(), AuditAction::StartStockTake);
        }
        let stock_take_id = match self.take {
            Some(id) if name == "ApplyStockTake" => id,
            _ => stock_takes::start(self.shop, &self.shop.owner, begin("Rak B")).await.unwrap().row.id,
        };
        self.take = Some(stock_take_id);
        match name {
            "CountInStockTake" => {
                let request = CountInStockTake { stock_take_id, sku: "SHIRT".to_owned(), counted: 30 };
                (request.into(), AuditAction::CountStock)
            }
            "ApplyStockTake" => {
                let request = ApplyStockTake { stock_take_id, version: 1 };
                (request.into(), AuditAction::CloseStockTake)
            }
            _ => (AbandonStockTake { stock_take_id }.into(), AuditAction::CloseStockTake),
        }
    }

    async fn offer(&self, name: &str) -> (ShopCommand, AuditAction) {
        let (shop, owner) = (self.shop, &self.shop.owner);
        match name {
            "SaveVoucher" => {
                let request = voucher("HEMAT", VoucherKind::FreeDelivery);
                (request.into(), AuditAction::SaveVoucher)
            }
            "SwitchVoucher" => {
                let list = ListVouchers { search: None, page: PageNumber::FIRST };
                let row = vouchers::page(shop, owner, list).await.unwrap().rows.remove(0);
                let (voucher_id, version, is_active) = (row.voucher.id, row.version, !row.voucher.is_active);
                let request = SwitchVoucher { voucher_id, version, is_active };
                (request.into(), AuditAction::SwitchVoucher)
            }
            "SavePlan" => (plan(Period::Monthly, 29_000).into(), AuditAction::SavePlan),
            "DeletePlan" => {
                let row = memberships::plans(shop, owner, ListPlans {}).await.unwrap().rows.remove(0);
                let request = DeletePlan { plan_id: row.plan.id, version: row.version };
                (request.into(), AuditAction::DeletePlan)
            }
            _ => {
                let siti = account(shop, "siti@example.com").await;
                let row = memberships::save_plan(shop, owner, plan(Period::Yearly, 299_000)).await.unwrap();
                shop.become_member(&siti, &row).await;
                let membership_id = shop.membership(&siti).await.unwrap().id;
                let (reason, refund) = ("minta berhenti".to_owned(), Some(Money::minor(1_000)));
                let request = EndMembership { membership_id, reason, refund, key: "k".to_owned() };
                (request.into(), AuditAction::EndMembership)
            }
        }
    }
}
