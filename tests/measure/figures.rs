//! What was measured, as a table for people and as JSON for programs.

use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::say;

/// What was measured, in its order.
#[derive(Default)]
pub(crate) struct Figures {
    rows: Vec<(String, Value)>,
    over: usize,
}

impl Figures {
    /// Adds times of one thing; `limit` is for the slowest but five of a hundred.
    pub(crate) fn times(&mut self, name: &str, mut times: Vec<Duration>, limit: Duration) {
        times.sort_unstable();
        let at = |share: usize| times[(times.len() * share).div_ceil(100).clamp(1, times.len()) - 1];
        let (half, most, last) = (at(50), at(95), times[times.len() - 1]);
        let is_over = most > limit;
        self.line(name, [ms(half), ms(most), ms(last), ms(limit)], is_over);
        let figures = json!({
            "count": times.len(), "p50_ms": number(half), "p95_ms": number(most), "max_ms": number(last),
            "limit_ms": number(limit), "is_over": is_over,
        });
        self.rows.push((name.to_owned(), figures));
    }

    /// Adds a number that has a least or a most, and is not a time.
    pub(crate) fn count(&mut self, name: &str, (found, limit): (u64, u64), unit: &str, is_over: bool) {
        self.line(name, [String::new(), format!("{found} {unit}"), String::new(), format!("{limit} {unit}")], is_over);
        self.rows.push((name.to_owned(), json!({ "found": found, "limit": limit, "unit": unit, "is_over": is_over })));
    }

    /// Notes something of the whole.
    pub(crate) fn note(&mut self, name: &str, value: impl Into<Value>) {
        self.rows.push((name.to_owned(), value.into()));
    }

    /// The head of the table.
    pub(crate) fn head() {
        say::line(&format!("  {:<52} {:>14} {:>14} {:>14} {:>14}", "", "p50", "p95", "max", "limit"));
    }

    fn line(&mut self, name: &str, [half, most, last, limit]: [String; 4], is_over: bool) {
        self.over += usize::from(is_over);
        let mark = if is_over { "  OVER" } else { "" };
        say::line(&format!("  {name:<52} {half:>14} {most:>14} {last:>14} {limit:>14}{mark}"));
    }

    /// Writes them; tells how many are over their limits.
    pub(crate) fn write(self, path: &Path) -> usize {
        let all: Map<String, Value> = self.rows.into_iter().collect();
        std::fs::write(path, serde_json::to_string_pretty(&Value::Object(all)).unwrap() + "\n").unwrap();
        say::line(&format!("figures: {}", path.display()));
        self.over
    }
}

/// Milliseconds with one decimal.
fn number(time: Duration) -> Value {
    Value::from((time.as_secs_f64() * 10_000.0).round() / 10.0)
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1_000.0)
}
