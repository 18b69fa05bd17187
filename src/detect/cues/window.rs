//! The words around a place, in small letters: made once for a place, however many lists ask about it.

use std::cell::RefCell;

/// How far back and ahead words are looked for, in bytes.
const REACH: usize = 128;

/// Which side of a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// Text in small letters, and where its words start.
#[derive(Default)]
pub(super) struct Window {
    /// The text as written, to know it again.
    raw: String,
    /// The same in small letters.
    pub(super) low: String,
    /// First bytes of the words of `low`.
    pub(super) starts: Vec<u16>,
}

thread_local! {
    /// The last windows asked for, one a side. A window is known again by its text, so it is never stale.
    static LAST: RefCell<[Window; 2]> = RefCell::default();
}

/// Calls `read` with the window on one side of byte `at`.
pub(super) fn with<R>(text: &str, at: usize, side: Side, read: impl FnOnce(&Window) -> R) -> R {
    let raw = match side {
        Side::Before => before(text, at),
        Side::After => after(text, at),
    };
    LAST.with_borrow_mut(|last| {
        let window = &mut last[side as usize];
        if window.raw != raw {
            window.fill(raw);
        }
        read(window)
    })
}

/// The text before `at`, back to a blank line.
fn before(text: &str, at: usize) -> &str {
    let from = text.ceil_char_boundary(at.saturating_sub(REACH));
    let window = &text[from..at];
    memchr::memmem::rfind(window.as_bytes(), b"\n\n").map_or(window, |p| &window[p + 2..])
}

/// The text after `at`, up to a blank line.
fn after(text: &str, at: usize) -> &str {
    let to = text.floor_char_boundary((at + REACH).min(text.len()));
    let window = &text[at..to];
    memchr::memmem::find(window.as_bytes(), b"\n\n").map_or(window, |p| &window[..p])
}

impl Window {
    fn fill(&mut self, raw: &str) {
        self.raw.clear();
        self.raw.push_str(raw);
        self.low.clear();
        self.starts.clear();
        let mut inside = false;
        for c in raw.chars() {
            let is_word = match c {
                '\0'..='\x7f' => c.is_ascii_alphanumeric(),
                // The letters of Swedish and its neighbours, without a look into Unicode's tables.
                'À'..='ÿ' => !matches!(c, '×' | '÷'),
                '\u{2000}'..='\u{206f}' => false,
                _ => c.is_alphanumeric(),
            };
            if is_word && !inside {
                self.starts.push(self.low.len() as u16);
            }
            inside = is_word;
            match c {
                _ if c.is_ascii() => self.low.push(c.to_ascii_lowercase()),
                'À'..='Þ' if c != '×' => self.low.push(char::from_u32(u32::from(c) + 0x20).unwrap_or(c)),
                '\u{80}'..='\u{ff}' => self.low.push(c),
                _ => self.low.extend(c.to_lowercase()),
            }
        }
    }
}
