//! The normalised view of any text: it covers the text without gap or overlap, and reads the same a second time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ombud::text::{needs_normalising, normalise};

fuzz_target!(|text: &str| {
    let mut end = 0;
    let mut changed = false;
    normalise(text, |range, folded| {
        assert!(range.start == end && text.get(range.clone()).is_some());
        end = range.end;
        changed |= folded.is_some();
    });
    assert_eq!(end, text.len());
    assert!(!changed || needs_normalising(text));
});
