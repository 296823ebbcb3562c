//! The amounts beside a chart: round numbers, three or four of them, the best day below the topmost.

/// A scale from nothing to a round amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    step: i64,
    steps: i64,
}

impl Scale {
    /// The scale on which the largest amount fits.
    pub(super) fn of(largest: i64) -> Self {
        let largest = largest.max(1);
        let mut magnitude = 1_i64;
        loop {
            for digit in [1, 2, 5] {
                let step = magnitude.saturating_mul(digit);
                let steps = largest.saturating_add(step - 1) / step;
                if steps <= 4 {
                    return Self { step, steps: steps.max(1) };
                }
            }
            magnitude = magnitude.saturating_mul(10);
        }
    }

    /// The amounts to write, from nothing up.
    pub(super) fn marks(self) -> impl Iterator<Item = i64> {
        (0..=self.steps).map(move |mark| mark * self.step)
    }

    /// How much of a length an amount takes.
    pub(super) fn share(self, amount: i64, length: i64) -> i64 {
        let top = i128::from(self.step) * i128::from(self.steps);
        let share = i128::from(amount.max(0)) * i128::from(length) / top.max(1);
        i64::try_from(share).unwrap_or(length).min(length)
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn the_marks_are_round_and_hold_the_best_day() {
        for (largest, expected) in [
            (0, vec![0, 1]),
            (999, vec![0, 500, 1_000]),
            (1_250_000, vec![0, 500_000, 1_000_000, 1_500_000]),
            (4_000_000, vec![0, 1_000_000, 2_000_000, 3_000_000, 4_000_000]),
        ] {
            assert_eq!(Scale::of(largest).marks().collect::<Vec<_>>(), expected, "{largest}");
        }
        assert_eq!(Scale::of(1_500_000).share(750_000, 100), 50);
        assert!(Scale::of(i64::MAX).share(i64::MAX, 100) <= 100);
    }
}
