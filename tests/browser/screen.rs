//! How the browser's screen looks to a page, fingers on it, and what of the page is read.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use reqwest::Method;
use serde_json::{Value, json};

use crate::chromium::Chromium;

/// How a page is looked at.
#[derive(Clone, Copy)]
pub(crate) struct Screen {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) theme: &'static str,
}

impl Chromium {
    pub(crate) async fn address(&self) -> String {
        self.command(Method::GET, "/url", &Value::Null).await.as_str().unwrap().to_owned()
    }

    /// The words of an element as they are shown; waits for the element.
    pub(crate) async fn text(&self, css: &str) -> String {
        self.sees(css, "").await;
        let script = format!("return document.querySelector({}).innerText;", json!(css));
        self.run(&script).await.as_str().unwrap().trim().replace('\u{a0}', " ")
    }

    /// An attribute of the first element that `css` names.
    pub(crate) async fn attribute(&self, css: &str, name: &str) -> String {
        let script = format!("return document.querySelector({}).getAttribute({});", json!(css), json!(name));
        self.run(&script).await.as_str().unwrap().to_owned()
    }

    /// Sets size and theme of the screen; below 700 pixels it is a phone's.
    pub(crate) async fn look_through(&self, screen: Screen) {
        let Screen { width, height, theme } = screen;
        let is_phone = width < 700;
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone });
        self.devtools("Emulation.setDeviceMetricsOverride", &metrics).await;
        self.devtools("Emulation.setTouchEmulationEnabled", &json!({ "enabled": is_phone })).await;
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": theme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.devtools("Emulation.setEmulatedMedia", &features).await;
    }

    /// What the browser complains about since the last time: errors of scripts, of loading, of the security policy.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let entries = self.command(Method::POST, "/se/log", &json!({ "type": "browser" })).await;
        let entries = entries.as_array().cloned().unwrap_or_default();
        entries.iter().filter(|entry| entry["level"] == "SEVERE").map(|entry| entry["message"].to_string()).collect()
    }

    /// The whole page, from its head to its foot, once every picture and font is there.
    pub(crate) async fn whole_page(&self, screen: Screen) -> Vec<u8> {
        let missing = self.command(Method::POST, "/execute/async", &json!({ "script": SETTLE, "args": [] })).await;
        assert_eq!(missing, json!([]), "pictures of {}", self.address().await);
        // What sticks to the foot of the screen belongs to the foot of the picture.
        let height = self.run("return document.documentElement.scrollHeight;").await.as_u64().unwrap();
        self.look_through(Screen { height: u32::try_from(height).unwrap(), ..screen }).await;
        let taken = self.devtools("Page.captureScreenshot", &json!({ "format": "png" })).await;
        BASE64_STANDARD.decode(taken["data"].as_str().unwrap()).unwrap()
    }

    /// Lays a finger on the middle of what is in sight of an element, moves it sideways, and lifts it.
    pub(crate) async fn swipe(&self, css: &str, by: i64) {
        let (x, y) = self.middle(css).await;
        self.touch("touchStart", &json!([{ "x": x, "y": y }])).await;
        for step in 1..=8 {
            self.touch("touchMove", &json!([{ "x": x + by * step / 8, "y": y }])).await;
        }
        // A finger that rests before it is lifted throws nothing.
        for _ in 0..12 {
            self.touch("touchMove", &json!([{ "x": x + by, "y": y }])).await;
        }
        self.touch("touchEnd", &json!([])).await;
    }

    /// Lays a finger on an element and lifts it.
    pub(crate) async fn tap(&self, css: &str) {
        self.sees(css, "").await;
        let (x, y) = self.middle(css).await;
        self.touch("touchStart", &json!([{ "x": x, "y": y }])).await;
        self.touch("touchEnd", &json!([])).await;
    }

    async fn touch(&self, kind: &str, points: &Value) {
        self.devtools("Input.dispatchTouchEvent", &json!({ "type": kind, "touchPoints": points })).await;
    }

    async fn middle(&self, css: &str) -> (i64, i64) {
        let script = format!(
            "const box = document.querySelector({}).getBoundingClientRect(); \
             const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)]; \
             return [Math.round(box.left + box.width / 2), Math.round((top + bottom) / 2)];",
            json!(css)
        );
        let middle = self.run(&script).await;
        (middle[0].as_i64().unwrap(), middle[1].as_i64().unwrap())
    }

    async fn devtools(&self, command: &str, params: &Value) -> Value {
        self.command(Method::POST, "/goog/cdp/execute", &json!({ "cmd": command, "params": params })).await
    }
}

/// Scrolls through the page, as that loads its lazy pictures, and answers with the pictures that did not come.
const SETTLE: &str = r#"
const done = arguments[arguments.length - 1];
(async () => {
  const frame = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
    scrollTo({ top: y, behavior: "instant" });
    await frame();
  }
  scrollTo({ top: 0, behavior: "instant" });
  const shown = [...document.images].filter((it) => it.checkVisibility());
  await Promise.all(shown.map((it) => it.complete || new Promise((next) => { it.onload = it.onerror = next; })));
  await document.fonts.ready;
  await Promise.all(document.getAnimations().filter((it) => it.effect.getTiming().iterations !== Infinity).map((it) => it.finished.catch(() => {})));
  await frame();
  done(shown.filter((it) => it.naturalWidth === 0).map((it) => it.src));
})();
"#;
