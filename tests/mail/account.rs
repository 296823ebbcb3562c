//! The mail account at the desk: a test letter tells exactly what is wrong, and the password is never seen again.

use domain::audit::ListAudit;
use domain::command::ShopCommand;
use domain::mail::{
    GetLetter, GetMailState, ListLetters, MailSecurity, MailState, MailTrouble, SendTestLetter, SetMailPassword,
    TestLetter,
};
use domain::page::PageNumber;
use domain::secrets::Secret;
use domain::settings::GetSettings;
use services::{commands, jobs, settings, testing};
use sqlx::MySqlPool;

use super::server::{Fault, MailServer};
use crate::shop::TestShop;

const PASSWORD: &str = "correct horse mail staple";

impl TestShop {
    async fn set_mail_password(&self, password: Option<&str>) -> MailState {
        let password = password.map(|password| Secret::from(password.to_owned()));
        let request = SetMailPassword { password };
        serde_json::from_value(commands::answer(self, &self.owner, request.into()).await.unwrap()).unwrap()
    }

    /// What a test letter comes to.
    async fn try_mail(&self) -> Option<(MailTrouble, String)> {
        let request = SendTestLetter { to: "ratna@example.com".to_owned() };
        let answer = commands::answer(self, &self.owner, request.into()).await.unwrap();
        let answer: TestLetter = serde_json::from_value(answer).unwrap();
        answer.trouble.map(|trouble| (trouble.kind, trouble.said))
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_test_letter_tells_exactly_what_is_wrong(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    let request = SendTestLetter { to: "ratna@example.com".to_owned() };
    commands::answer(&shop, &shop.owner, request.into()).await.unwrap_err();

    shop.sends_by(&server).await;
    assert_eq!(shop.try_mail().await, None);
    assert_eq!(server.taken()[0].to, "ratna@example.com");
    server.fail(&[Fault::Recipient("550 5.7.1 not from you")]);
    assert_eq!(shop.try_mail().await, Some((MailTrouble::Refused, "550 5.7.1 not from you".to_owned())));

    server.let_in_only("toko@example.com", PASSWORD);
    let mut wanted = shop.settings().await;
    wanted.mail.user = "toko@example.com".to_owned();
    settings::save(&shop, &shop.owner, wanted.clone()).await.unwrap();
    shop.set_mail_password(Some("a wrong one")).await;
    let (kind, said) = shop.try_mail().await.unwrap();
    assert_eq!((kind, said.as_str()), (MailTrouble::NotLetIn, "535 5.7.8 nobody here by that name"));
    let state = shop.set_mail_password(Some(PASSWORD)).await;
    assert!(state.password.is_set() && state.password.since.is_some());
    assert_eq!(shop.try_mail().await, None);
    assert!(shop.set_mail_password(None).await.password.since.is_none());

    wanted.mail.security = MailSecurity::StartTls;
    settings::save(&shop, &shop.owner, wanted.clone()).await.unwrap();
    assert_eq!(shop.try_mail().await.unwrap().0, MailTrouble::NoStartTls);
    wanted.mail.security = MailSecurity::Tls;
    settings::save(&shop, &shop.owner, wanted.clone()).await.unwrap();
    assert_eq!(shop.try_mail().await.unwrap().0, MailTrouble::Insecure, "what answers there speaks no TLS");
    // Nobody listens there.
    wanted.mail.security = MailSecurity::Nothing;
    wanted.mail.port = 9;
    settings::save(&shop, &shop.owner, wanted).await.unwrap();
    assert_eq!(shop.try_mail().await.unwrap().0, MailTrouble::Away);
}

/// Pitfall S1.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_password_is_in_no_table_no_history_and_no_answer(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    server.let_in_only("toko@example.com", PASSWORD);
    let mut wanted = shop.settings().await;
    wanted.mail.user = "toko@example.com".to_owned();
    settings::save(&shop, &shop.owner, wanted).await.unwrap();
    let mut said = format!("{:?}", shop.set_mail_password(Some(PASSWORD)).await);
    shop.set_mail_password(Some("the second of them")).await;
    shop.set_mail_password(Some(PASSWORD)).await;
    shop.write_letters(1).await;
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(server.taken().len(), 1, "and it is of use");

    let letter_id = shop.listed(None).await.rows[0].id;
    let history =
        ListAudit { staff_id: None, subject: None, search: None, from: None, to: None, page: PageNumber::FIRST };
    let asked: [ShopCommand; 5] = [
        GetSettings {}.into(),
        GetMailState {}.into(),
        GetLetter { letter_id }.into(),
        ListLetters { before: None }.into(),
        history.into(),
    ];
    for command in asked {
        said.push_str(&commands::answer(&shop, &shop.owner, command).await.unwrap().to_string());
    }
    assert!(said.contains("set_secret") && said.contains("toko@example.com"));

    let db = testing::database(&shop);
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select cast(table_name as char), cast(column_name as char) from information_schema.columns
         where table_schema = database()",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    assert!(columns.iter().any(|(table, _)| table == "sealed_secrets"));
    for (table, column) in columns {
        let all = format!("select cast(`{column}` as binary) from `{table}` where `{column}` is not null");
        let cells: Vec<(Vec<u8>,)> = sqlx::query_as(sqlx::AssertSqlSafe(all)).fetch_all(&db).await.unwrap();
        for (cell,) in cells {
            assert!(!contains(&cell, PASSWORD.as_bytes()), "{table}.{column} holds the password");
        }
    }
    assert!(!said.contains(PASSWORD) && !said.contains("the second of them"), "an answer shows the password");
}

/// The database without the data folder is worth nothing, and that is told as what it is.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_password_without_its_key_must_be_entered_again(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    let mut wanted = shop.settings().await;
    wanted.mail.user = "toko@example.com".to_owned();
    settings::save(&shop, &shop.owner, wanted).await.unwrap();
    shop.set_mail_password(Some(PASSWORD)).await;
    let swapped = "update sealed_secrets set sealed = reverse(sealed)";
    sqlx::query(swapped).execute(&testing::database(&shop)).await.unwrap();
    assert_eq!(shop.try_mail().await.unwrap().0, MailTrouble::Locked);
    assert_eq!(server.lines(), 0);
}

fn contains(cell: &[u8], wanted: &[u8]) -> bool {
    cell.windows(wanted.len()).any(|window| window == wanted)
}
