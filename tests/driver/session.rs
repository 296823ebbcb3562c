//! A small WebDriver client, as much of it as a person with mouse and keyboard needs. Every act waits until it is
//! possible, up to a bound, and then fails with what the page shows.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use reqwest::{Client, Method};
use serde_json::{Value, json};

/// Empties a field and says so, in one step: a screen that is drawn anew in between would put back what it knows.
const EMPTY: &str = "const it = document.querySelector(arguments[0]); if (it.value) { it.value = ''; \
                     it.dispatchEvent(new InputEvent('input', { bubbles: true })); }";

/// How long a page may take until it shows what it should, on a machine that tests all else beside it.
const PATIENCE: Duration = Duration::from_secs(60);
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
const TO_THE_MIDDLE: &str = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' });";

/// A browser, or a window that can be driven like one.
pub(crate) struct Session {
    http: Client,
    base: String,
}

impl Drop for Session {
    /// A test that fails leaves no browser behind: a driver that is ended lets its browser go on.
    fn drop(&mut self) {
        if std::thread::panicking() {
            let closing = client().delete(&self.base).timeout(Duration::from_secs(5));
            // The test's own runtime is about to end.
            let closed = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
                runtime.block_on(async { closing.send().await }).map(drop).map_err(std::io::Error::other)
            });
            let _ = closed.join();
        }
    }
}

impl Session {
    /// Asks the driver at `driver` for a browser.
    pub(crate) async fn open(driver: &str, capabilities: &Value) -> Self {
        let session = Self { http: client(), base: driver.to_owned() };
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let made = session.ask(Method::POST, "/session", &body).await.unwrap();
        let base = format!("{driver}/session/{}", made["sessionId"].as_str().unwrap());
        Self { base, http: session.http.clone() }
    }

    /// Clicks the first element that `css` names, as soon as it can be clicked.
    pub(crate) async fn click(&self, css: &str) {
        self.patiently(&format!("click {css}"), async || {
            let element = self.find(css).await?;
            // A person scrolls on until nothing that sticks to the screen's edge is in the way.
            let scroll = json!({ "script": TO_THE_MIDDLE, "args": [{ ELEMENT: element }] });
            self.ask(Method::POST, "/execute/sync", &scroll).await?;
            self.ask(Method::POST, &format!("/element/{element}/click"), &json!({})).await
        })
        .await;
    }

    /// Types a text into a field in the place of what it holds.
    pub(crate) async fn fill(&self, css: &str, text: &str) {
        self.patiently(&format!("type into {css}"), async || {
            let element = self.find(css).await?;
            self.ask(Method::POST, "/execute/sync", &json!({ "script": EMPTY, "args": [css] })).await?;
            self.ask(Method::POST, &format!("/element/{element}/value"), &json!({ "text": text })).await
        })
        .await;
    }

    /// Waits until the words of an element, as they are shown, hold `words`.
    pub(crate) async fn sees(&self, css: &str, words: &str) {
        let script = format!("const it = document.querySelector({}); return it && it.innerText;", json!(css));
        self.patiently(&format!("see “{words}” in {css}"), async || {
            let text = self.try_run(&script).await?;
            let text = text.as_str().ok_or("it is not there")?.replace('\u{a0}', " ");
            text.contains(words).then_some(Value::Null).ok_or_else(|| format!("it says “{text}”"))
        })
        .await;
    }

    /// Runs a script in the page.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.command(Method::POST, "/execute/sync", &json!({ "script": script, "args": [] })).await
    }

    /// What a WebDriver command at `path` answers.
    pub(crate) async fn command(&self, method: Method, path: &str, body: &Value) -> Value {
        self.ask(method, path, body).await.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Waits until an expression of JavaScript is true.
    pub(crate) async fn until(&self, expression: &str) {
        self.patiently(&format!("wait until {expression}"), async || {
            let answer = self.try_run(&format!("return Boolean({expression});")).await?;
            (answer == Value::Bool(true)).then_some(answer).ok_or_else(|| "it is not".to_owned())
        })
        .await;
    }

    async fn find(&self, css: &str) -> Result<String, String> {
        let found = self.ask(Method::POST, "/element", &json!({ "using": "css selector", "value": css })).await?;
        found[ELEMENT].as_str().map(str::to_owned).ok_or_else(|| format!("not an element: {found}"))
    }

    async fn try_run(&self, script: &str) -> Result<Value, String> {
        self.ask(Method::POST, "/execute/sync", &json!({ "script": script, "args": [] })).await
    }

    async fn ask(&self, method: Method, path: &str, body: &Value) -> Result<Value, String> {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if !body.is_null() {
            request = request.json(body);
        }
        let response = request.send().await.map_err(|error| error.to_string())?;
        let is_good = response.status().is_success();
        let mut answer: Value = response.json().await.map_err(|error| error.to_string())?;
        let value = answer["value"].take();
        if is_good { Ok(value) } else { Err(format!("{}: {}", value["error"], value["message"])) }
    }

    async fn patiently(&self, what: &str, act: impl AsyncFn() -> Result<Value, String>) -> Value {
        let started = Instant::now();
        loop {
            match act().await {
                Ok(value) => return value,
                Err(error) if started.elapsed() > PATIENCE => {
                    let page = self.try_run("return location.href + '\\n' + document.body.innerText;").await;
                    panic!("cannot {what} ({error}) at {}", page.unwrap_or_default().as_str().unwrap_or_default());
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(25)).await,
            }
        }
    }
}

/// Where the picture of that name is kept for people: `target/screenshots/{name}.png`.
pub(crate) fn picture_at(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(format!("{name}.png"))
}

fn client() -> Client {
    services::http::plain_client().no_proxy().timeout(Duration::from_secs(60)).build().unwrap()
}
