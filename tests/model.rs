//! The tagger's weights are the ones its training made: `rules/lexicons/SOURCES.md` names their hash.
#![cfg(feature = "audit")]

use std::fs;

use sha2::{Digest, Sha256};

#[test]
fn the_weights_are_those_that_sources_names() {
    let hash: String = Sha256::digest(fs::read("rules/lexicons/person-model.bin").unwrap()).iter().map(|b| format!("{b:02x}")).collect();
    let sources = fs::read_to_string("rules/lexicons/SOURCES.md").unwrap();
    assert!(sources.contains(&hash), "SHA-256 {hash} is not in SOURCES.md");
}
