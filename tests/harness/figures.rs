//! The figures of a run, written as one JSON object.

use std::path::Path;

use serde_json::{Map, Value};

/// What was measured and counted, by name.
#[derive(Debug, Default)]
pub(crate) struct Figures(Map<String, Value>);

impl Figures {
    pub(crate) fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// Keeps figures of an earlier run that this one did not measure anew, unless they are of another database.
    pub(crate) fn write(self, path: &Path) {
        let earlier =
            std::fs::read(path).ok().and_then(|text| serde_json::from_slice::<Map<String, Value>>(&text).ok());
        let mut all = earlier.filter(|earlier| earlier.get("database") == self.0.get("database")).unwrap_or_default();
        all.extend(self.0);
        let text = serde_json::to_string_pretty(&Value::Object(all)).unwrap();
        std::fs::write(path, text + "\n").unwrap();
        crate::say::line(&format!("figures: {}", path.display()));
    }
}

/// Orders per second and the like: whole numbers are exact enough.
pub(crate) fn per_second(count: usize, seconds: f64) -> Value {
    Value::from((count as f64 / seconds).round() as u64)
}

/// Milliseconds with one decimal.
pub(crate) fn milliseconds(time: std::time::Duration) -> Value {
    Value::from((time.as_secs_f64() * 10_000.0).round() / 10.0)
}
