//! Every reader on any text: the first byte chooses the format. Spans must lead back to characters of the source.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ombud::document::Format;

fuzz_target!(|data: &[u8]| {
    let Some((&first, rest)) = data.split_first() else { return };
    let names: Vec<_> = Format::names().collect();
    let Some(format) = Format::from_name(names[usize::from(first) % names.len()]) else { return };
    let source = String::from_utf8_lossy(rest);
    let Ok(document) = format.read(&source) else { return };
    for region in &document.regions {
        let span = document.text.source_span(region.span);
        assert!(source.get(span.range()).is_some() && document.text.as_str().get(region.span.range()).is_some());
    }
});
