//! The engine as a WebAssembly module, for the page that works without a server. The boundary is three numbers wide: the
//! page asks for room, writes a request into it, calls, and reads the answer where it is told to.
#![allow(unsafe_code, reason = "a name that is given out to the browser counts as unsafe; there is no unsafe block here")]

use std::cell::RefCell;

use crate::api::{Api, Fault, Request, error_json};
use crate::engine::Scratch;
use crate::policy::config::Config;

#[derive(Default)]
struct Room {
    input: Vec<u8>,
    output: Vec<u8>,
    api: Option<Api>,
    scratch: Scratch,
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

/// Makes room for a request of `len` bytes and says where it is.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn ombud_input(len: usize) -> *mut u8 {
    ROOM.with_borrow_mut(|room| {
        room.input = vec![0; len];
        room.input.as_mut_ptr()
    })
}

/// Where the last answer is.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn ombud_output() -> *const u8 {
    ROOM.with_borrow(|room| room.output.as_ptr())
}

/// Takes the room's text as an `ombud.toml`. Gives the length of the answer.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn ombud_configure() -> usize {
    answer(|room| {
        let text = std::str::from_utf8(&room.input)?;
        room.api = Some(Api::from_toml(text)?);
        Ok(b"{}".to_vec())
    })
}

/// Checks: the first `header` bytes of the room are the request in JSON, the rest a file's bytes; without a rest, the
/// request's text is checked. Gives the length of the answer.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn ombud_check(header: usize) -> usize {
    answer(|room| {
        let (header, bytes) = room.input.split_at_checked(header).ok_or_else(|| Fault("no request".to_owned()))?;
        let request: Request = serde_json::from_slice(header)?;
        let bytes = request.text.is_none().then_some(bytes);
        room.api.as_ref().ok_or_else(|| Fault("no policy".to_owned()))?.check(&request, bytes, &mut room.scratch)
    })
}

/// All rules, channels and packs. Gives the length of the answer.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn ombud_rules() -> usize {
    answer(|room| room.api.as_ref().ok_or_else(|| Fault("no policy".to_owned()))?.rules())
}

fn answer(call: impl FnOnce(&mut Room) -> Result<Vec<u8>, Fault>) -> usize {
    ROOM.with_borrow_mut(|room| {
        if room.api.is_none() {
            room.api = Api::new(Config::default(), None).ok();
        }
        room.output = call(room).unwrap_or_else(|fault| error_json(&fault));
        room.input = Vec::new();
        room.output.len()
    })
}
