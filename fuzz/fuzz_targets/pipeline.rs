//! Any text through the whole engine: read as the format that it looks like, sifted, detected, resolved.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use ombud::document::Format;
use ombud::engine::{Engine, Scratch};
use ombud::{Rulebook, Sensitivity};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Rulebook::built_in(), Sensitivity::High));

fuzz_target!(|data: &[u8]| {
    let source = String::from_utf8_lossy(data);
    let Ok(document) = Format::guess(&source).read(&source) else { return };
    for entity in ENGINE.detect(document.text.as_str(), &mut Scratch::default()) {
        let span = document.text.source_span(entity.span);
        assert!(source.get(span.range()).is_some() && document.text.as_str().get(entity.span.range()).is_some());
    }
});
