//! Nothing: this package is only selected, never used. Its manifest says what for.
