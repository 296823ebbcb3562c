//! Paying by transfer to the shop itself: what buyers are told, the proofs that they send, and what staff decide about them.

use chrono::TimeDelta;
use domain::audit::AuditAction;
use domain::catalog::VariantId;
use domain::checkout::PlacedOrder;
use domain::command::ShopCommand;
use domain::message::Message;
use domain::money::Money;
use domain::orders::{OrderDetail, OrderStatus};
use domain::payments::{
    BankAccount, CountTransfer, DecideProof, GetProof, ListProofs, PaymentMethod, PaymentStatus, ProofDetail, ProofId,
    ProofKind, ProofShow, ProofStatus, ProofVerdict,
};
use domain::staff::Role;
use services::{Error, Result, jobs, payments, reports, settings};
use sqlx::MySqlPool;

use crate::media::scene::{SECRET_PLACE, SIZE, animated_gif, bomb, held, jpeg, packed, scene, shows_the_scene};
use crate::served::{Answer, Served, Visitor};
use crate::shop::TestShop;

mod amounts;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";

impl TestShop {
    /// Lets buyers transfer to two accounts.
    pub(crate) async fn takes_transfers(&self, unique_digits: bool) {
        let mut wanted = self.settings().await;
        if !wanted.payment_methods.contains(&PaymentMethod::BankTransfer) {
            wanted.payment_methods.push(PaymentMethod::BankTransfer);
        }
        wanted.transfer.unique_digits = unique_digits;
        let account = |bank: &str, number: &str| BankAccount {
            bank: bank.to_owned(),
            number: number.to_owned(),
            holder: "Siti Nurhaliza".to_owned(),
        };
        wanted.transfer.accounts = vec![account("BCA", "123-456 7890"), account("Mandiri", "1370001234567")];
        settings::save(self, &self.owner, wanted).await.unwrap();
    }

    /// A shirt that is to be paid by transfer.
    async fn by_transfer(&self) -> PlacedOrder {
        let shirt = self.by_sku("SHIRT").await;
        self.order(shirt, 1, PaymentMethod::BankTransfer).await.unwrap()
    }

    /// What staff send about a transfer that waits for them, and the action by which the history knows it.
    pub(crate) async fn transfer_to_decide(&self, shirt: VariantId, has_proof: bool) -> (ShopCommand, AuditAction) {
        self.takes_transfers(false).await;
        let placed = self.order(shirt, 1, PaymentMethod::BankTransfer).await.unwrap();
        let came = placed.totals.total;
        if !has_proof {
            return (CountTransfer { order_id: self.id(&placed).await, came }.into(), AuditAction::CountTransfer);
        }
        self.send(&placed, PDF).await.unwrap();
        let request = DecideProof { proof_id: self.waiting().await[0], verdict: ProofVerdict::Approve { came } };
        (request.into(), AuditAction::DecideProof)
    }

    async fn send(&self, placed: &PlacedOrder, bytes: &[u8]) -> Result<()> {
        payments::send_proof(self, &placed.number, &placed.access_token, bytes.to_vec()).await
    }

    async fn waiting(&self) -> Vec<ProofId> {
        let request = ListProofs { show: ProofShow::Waiting, after: None };
        let page = payments::proofs(self, &self.owner, request).await.unwrap();
        page.rows.iter().map(|row| row.proof.id).collect()
    }

    async fn proof(&self, proof_id: ProofId) -> ProofDetail {
        payments::proof(self, &self.owner, GetProof { proof_id }).await.unwrap()
    }

    async fn decide_proof(&self, proof_id: ProofId, verdict: ProofVerdict) -> Result<()> {
        payments::decide_proof(self, &self.owner, DecideProof { proof_id, verdict }).await
    }

    async fn approve(&self, proof_id: ProofId, came: i64) -> Result<()> {
        self.decide_proof(proof_id, ProofVerdict::Approve { came: Money::minor(came) }).await
    }

    async fn refuse(&self, proof_id: ProofId) -> Result<()> {
        self.decide_proof(proof_id, ProofVerdict::Refuse { reason: "Uangnya belum masuk.".to_owned() }).await
    }

    async fn hours_pass(&self, hours: i64) {
        self.clock().advance(TimeDelta::hours(hours));
        jobs::run_due_work(self).await.unwrap();
    }

    async fn to_check(&self) -> u64 {
        reports::dashboard(self, &self.owner).await.unwrap().needs_review.count()
    }
}

fn refused_as(outcome: &Result<()>, wanted: &Message) -> bool {
    matches!(outcome, Err(Error::Refused(message)) if message == wanted)
}

fn asked(order: &OrderDetail) -> i64 {
    order.transfer.as_ref().unwrap().asked.get()
}

/// The way from the checkout to the shelf, with what everybody sees on it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_buyer_transfers_sends_a_proof_and_staff_approve_it_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    shop.takes_transfers(false).await;
    let placed = shop.by_transfer().await;
    let pay = format!("/orders/{}/pay?token={}", placed.number, placed.access_token);
    assert!(placed.payment.as_ref().unwrap().redirect_url.ends_with(&pay), "our own page tells how");
    let order = shop.detail(&placed).await;
    assert_eq!((order.status, order.payment_status), (OrderStatus::PendingPayment, Some(PaymentStatus::Pending)));
    assert_eq!(asked(&order), 170_000);

    shop.send(&placed, &held(6)).await.unwrap();
    shop.send(&placed, &held(6)).await.unwrap();
    let [proof] = shop.waiting().await[..] else { panic!("the same file again is the same proof") };
    assert_eq!(shop.to_check().await, 1, "the desk counts it");
    let heard = "select count(*) from events where kind = 'proof_sent'";
    assert_eq!(shop.count(heard).await, 1, "and rings once");

    shop.approve(proof, 170_000).await.unwrap();
    assert!(refused_as(&shop.approve(proof, 170_000).await, &Message::ProofIsDecided));
    assert!(refused_as(&shop.refuse(proof).await, &Message::ProofIsDecided));
    let paid = shop.detail(&placed).await;
    assert_eq!((paid.status, paid.balance.paid), (OrderStatus::Processing, Money::minor(170_000)));
    assert_eq!(paid.history.last().unwrap().actor, domain::orders::Actor::Staff("Ratna Dewi".to_owned()));
    assert!(paid.invoice.is_some());
    assert_eq!(shop.stock(shirt).await, (4, 0));
    assert_eq!(shop.count("select count(*) from stock_movements where reason = 'sold'").await, 1);
    assert_eq!(shop.count("select count(*) from audit where action = 'decide_proof'").await, 1);
    assert_eq!(shop.to_check().await, 0);
    assert!(refused_as(&shop.send(&placed, PDF).await, &Message::NoProofWanted));
    shop.assert_stock_adds_up().await;
}

/// Whatever is sent, only what can be seen of a picture is kept, or a PDF as it is.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn proofs_are_drawn_anew_or_refused_by_a_sentence_that_says_what_to_do(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.variant("SHIRT", 150_000, 9).await;
    shop.takes_transfers(false).await;
    let placed = shop.by_transfer().await;
    let whole = scene(SIZE);
    let trailing = [jpeg(&whole), b"<html><script>alert(1)</script>".to_vec()].concat();
    let taken = [held(6), packed(whole.clone(), image::ImageFormat::Png), trailing, PDF.to_vec()];
    for bytes in &taken {
        shop.send(&placed, bytes).await.unwrap();
    }
    let contents: Vec<(String, Vec<u8>)> = sqlx::query_as("select kind, content from payment_proofs order by id")
        .fetch_all(&services::testing::database(&shop))
        .await
        .unwrap();
    for (kind, content) in &contents[..3] {
        assert_eq!(kind, "picture");
        let drawn = image::load_from_memory_with_format(content, image::ImageFormat::WebP).unwrap().into_rgb8();
        shows_the_scene(&drawn, 24).unwrap();
        for told in [SECRET_PLACE, b"Exif", b"EXIF", b"script"] {
            assert!(!content.windows(told.len()).any(|part| part == told));
        }
    }
    assert_eq!(contents[3], ("pdf".to_owned(), PDF.to_vec()));
    let ids = shop.waiting().await;
    assert!(shop.proof(ids[0]).await.picture.unwrap().starts_with("data:image/webp;base64,"));
    let pdf = shop.proof(ids[3]).await;
    assert_eq!((pdf.row.proof.kind, pdf.picture, pdf.is_kept), (ProofKind::Pdf, None, true));
    let (name, bytes) = payments::proof_file(&shop, &shop.owner, ids[3]).await.unwrap();
    assert_eq!((name, bytes.as_slice()), (format!("{}-{}.pdf", placed.number, ids[3]), PDF));

    let large_pdf = [PDF, &vec![b'x'; 2 * 1024 * 1024]].concat();
    for (bytes, why) in [
        (Vec::new(), Message::ProofMissing),
        (b"uang sudah saya kirim".to_vec(), Message::NotAProof),
        (b"<!doctype html><script>alert(1)</script>".to_vec(), Message::NotAProof),
        (animated_gif(), Message::NotAProof),
        (large_pdf, Message::ProofTooLarge { most_megabytes: 2 }),
        (vec![0xff; 9 * 1024 * 1024], Message::ProofTooLarge { most_megabytes: 8 }),
    ] {
        let refused = shop.send(&placed, &bytes).await.unwrap_err();
        let problems = refused.fields().to_vec();
        assert_eq!(problems.iter().map(|it| (it.field.as_str(), &it.message)).collect::<Vec<_>>(), [("proof", &why)]);
    }
    assert!(
        matches!(shop.send(&placed, &bomb(30_000, 30_000)).await, Err(Error::Invalid(_))),
        "what unpacks to far too much"
    );
    assert!(matches!(shop.send(&placed, &held(6)[..2_000]).await, Err(Error::Invalid(_))), "half a picture");

    for turned in [3, 8] {
        shop.send(&placed, &held(turned)).await.unwrap();
    }
    assert!(refused_as(&shop.send(&placed, &held(5)).await, &Message::TooManyProofs { most: 6 }));
    assert_eq!(shop.count("select count(*) from payment_proofs").await, 6);
}

/// The whole way over HTTP, without a script; what a proof shows is nowhere that anybody but staff can reach.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_page_tells_the_accounts_and_takes_the_proof_and_nobody_but_staff_sees_it(db: MySqlPool) {
    let shop = Served::open(db).await;
    shop.variant("SHIRT", 150_000, 5).await;
    shop.takes_transfers(true).await;
    let placed = shop.by_transfer().await;
    let at = |page: &str| format!("/orders/{}{page}?token={}", placed.number, placed.access_token);
    let siti = shop.visitor();
    let page = siti.get(&at("/pay")).await;
    let told = asked(&shop.detail(&placed).await);
    assert!((170_001..=170_999).contains(&told));
    let shown = Money::minor(told).display(domain::money::Currency::Rupiah);
    for words in ["BCA", "1234567890", "Mandiri", "1370001234567", "Siti Nurhaliza", &shown, "kode unik"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert!(page.text.contains("enctype=\"multipart/form-data\"") && page.text.contains("data-copy="));

    let nothing = siti.upload(&shop, &at("/proof"), b"").await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.text.contains("Pilih dulu"), "{}", nothing.text);
    let words = siti.upload(&shop, &at("/proof"), b"halo").await;
    assert!(words.status == 422 && words.text.contains("JPEG, PNG, atau WebP"), "{words:?}");
    let huge = siti.upload(&shop, &at("/proof"), &vec![b'x'; 12 * 1024 * 1024]).await;
    assert!(huge.status == 413 && huge.text.contains("maksimal 8 MB"), "{}", huge.status);
    for wrong in ["", "?token=", "?token=x"] {
        let path = format!("/orders/{}/proof{wrong}", placed.number);
        assert_eq!(siti.upload(&shop, &path, PDF).await.status, 404, "{wrong}");
    }
    let stranger = shop.visitor();
    assert_eq!(stranger.upload(&shop, &at("/proof"), PDF).await.status, 403, "no token of a form");
    assert_eq!(shop.count("select count(*) from payment_proofs").await, 0);

    let secret = b"%PDF-1.4 rahasia-siti %%EOF";
    assert_eq!(siti.upload(&shop, &at("/proof"), &held(6)).await.status, 303);
    assert_eq!(siti.upload(&shop, &at("/proof"), secret).await.status, 303);
    let page = siti.get(&at("/pay")).await;
    assert!(page.text.contains("sedang diperiksa") && page.text.contains("kami simpan sampai"), "{}", page.text);
    for path in
        [at("/pay"), at(""), at("/thanks"), at("/proof"), at("/proof/1"), at("/proofs/1"), "/images/1".to_owned()]
    {
        let answer = siti.get(&path).await;
        assert!(!answer.text.contains("rahasia-siti") && !answer.text.contains("data:image/webp"), "{path}");
    }
    let ids = shop.waiting().await;
    let helper = domain::staff::Staff { role: Role::Staff, ..shop.owner.clone() };
    assert!(matches!(payments::proof(&shop, &helper, GetProof { proof_id: ids[0] }).await, Err(Error::Forbidden(_))));
    assert!(matches!(payments::proof_file(&shop, &helper, ids[1]).await, Err(Error::Forbidden(_))));

    shop.refuse(ids[0]).await.unwrap();
    shop.refuse(ids[1]).await.unwrap();
    let letters = "select count(*) from mail_outbox where kind = 'proof_refused'";
    assert_eq!(shop.count(letters).await, 2, "the buyer is written to");
    let page = siti.get(&at("/pay")).await;
    assert!(page.text.contains("Uangnya belum masuk."), "the buyer reads why: {}", page.text);
    assert_eq!(siti.upload(&shop, &at("/proof"), &held(3)).await.status, 303);
    let [third] = shop.waiting().await[..] else { panic!() };
    shop.approve(third, told).await.unwrap();
    let paid = siti.get(&at("/pay")).await;
    assert_eq!((paid.status, paid.location.contains("/thanks")), (303, true));
    assert_eq!(siti.upload(&shop, &at("/proof"), PDF).await.status, 303, "there is nothing to prove any more");
    shop.stop().await;
}

/// Two of twenty hands at most could win, and one does; the clock that ends orders takes part.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_proof_is_decided_once_however_many_decide_while_time_runs_out(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    shop.takes_transfers(false).await;
    for round in 0..4 {
        let placed = shop.by_transfer().await;
        shop.send(&placed, PDF).await.unwrap();
        let [proof] = shop.waiting().await[..] else { panic!() };
        let over =
            "update orders set pay_by = '2001-01-01', held_until = '2001-01-02' where status = 'pending_payment'";
        sqlx::query(over).execute(&services::testing::database(&shop)).await.unwrap();
        let mut hands = tokio::task::JoinSet::new();
        for hand in 0..10 {
            let (at, owner) = (services::Shop::clone(&shop), shop.owner.clone());
            hands.spawn(async move {
                let came = Money::minor(170_000);
                let verdict = match (hand + round) % 3 {
                    0 => ProofVerdict::Refuse { reason: "belum masuk".to_owned() },
                    _ => ProofVerdict::Approve { came },
                };
                payments::decide_proof(&at, &owner, DecideProof { proof_id: proof, verdict }).await.is_ok()
            });
        }
        let ending = tokio::spawn({
            let at = services::Shop::clone(&shop);
            async move { jobs::run_due_work(&at).await.unwrap() }
        });
        let done = hands.join_all().await.into_iter().filter(|is_done| *is_done).count();
        ending.await.unwrap();
        assert_eq!(done, 1);
        let order = shop.detail(&placed).await;
        let transfer = order.transfer.as_ref().unwrap();
        match transfer.proofs[0].status {
            ProofStatus::Approved => {
                assert_eq!((order.status, order.balance.left()), (OrderStatus::Processing, Money::minor(170_000)));
            }
            ProofStatus::Refused => assert_eq!(order.balance.paid, Money::ZERO),
            ProofStatus::Waiting => panic!("somebody decided"),
        }
    }
    assert!(shop.stock(shirt).await.0 >= 5);
    shop.assert_stock_adds_up().await;
}

/// A proof that waits keeps its order, and not for ever.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_proof_that_waits_keeps_its_order_within_a_bound(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    shop.takes_transfers(false).await;
    let (plain, proved, refused) = (shop.by_transfer().await, shop.by_transfer().await, shop.by_transfer().await);
    shop.send(&proved, PDF).await.unwrap();
    shop.send(&refused, PDF).await.unwrap();
    shop.hours_pass(25).await;
    let status = async |placed: &PlacedOrder| shop.detail(placed).await.status;
    assert_eq!(status(&plain).await, OrderStatus::Cancelled);
    assert_eq!(status(&proved).await, OrderStatus::PendingPayment);
    let order = shop.detail(&proved).await;
    assert_eq!(order.transfer.unwrap().held_until, Some(order.placed_at + TimeDelta::hours(24 + 72)));

    // Whoever was refused has some hours for another proof, and then its time is over.
    shop.refuse(shop.waiting().await[1]).await.unwrap();
    shop.hours_pass(5).await;
    assert_eq!(status(&refused).await, OrderStatus::PendingPayment);
    shop.hours_pass(2).await;
    assert_eq!(status(&refused).await, OrderStatus::Cancelled);

    shop.hours_pass(62).await;
    assert_eq!(status(&proved).await, OrderStatus::PendingPayment, "94 hours");
    shop.hours_pass(3).await;
    assert_eq!(status(&proved).await, OrderStatus::Cancelled, "97 hours: the units are for others");
    assert_eq!(shop.stock(shirt).await, (9, 0));
    // The proof still waits for somebody; its money makes the order go on, as late money does.
    let [late] = shop.waiting().await[..] else { panic!() };
    shop.approve(late, 170_000).await.unwrap();
    assert_eq!(status(&proved).await, OrderStatus::Processing);
    assert_eq!(shop.stock(shirt).await, (8, 0));
    shop.assert_stock_adds_up().await;
}

impl Visitor<'_> {
    /// Sends a file as a browser does, with the token of the visitor's forms.
    async fn upload(&self, shop: &Served, path: &str, file: &[u8]) -> Answer {
        let token = self.cookie("form").unwrap_or_default();
        let mut body =
            format!("--b\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n{token}\r\n").into_bytes();
        body.extend(b"--b\r\nContent-Disposition: form-data; name=\"proof\"; filename=\"bukti.png\"\r\n");
        body.extend(b"Content-Type: application/octet-stream\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n--b--\r\n");
        let request = shop.ask(reqwest::Method::POST, path);
        let request = request.header("content-type", "multipart/form-data; boundary=b").body(body);
        Answer::of(self.response(request).await).await
    }
}
