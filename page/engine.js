// The engine: WebAssembly inside this file or beside it, or the program behind `ombud serve`. All answer alike.
"use strict";

class Engine {
  /** Starts whichever engine is there. */
  static async start() {
    const engine = new Engine();
    const inside = document.getElementById("engine");
    const beside = document.documentElement.dataset.wasm;
    if (inside) await engine.load(await unpack(inside.textContent));
    else if (beside) await engine.load(await (await fetch(beside)).arrayBuffer());
    else if (location.protocol.startsWith("http")) engine.token = takeToken();
    else throw new Error(say("noEngine"));
    return engine;
  }

  get isLocal() {
    return Boolean(this.module);
  }

  async load(bytes) {
    this.module = await WebAssembly.compile(bytes);
    await this.instantiate();
  }

  async instantiate() {
    this.wasm = (await WebAssembly.instantiate(this.module, {})).exports;
    if (this.toml) this.call("ombud_configure", new TextEncoder().encode(this.toml));
  }

  /** Writes `input` into the engine, calls, and reads the answer. */
  call(name, input, ...numbers) {
    const { wasm } = this;
    if (input) {
      const at = wasm.ombud_input(input.length);
      new Uint8Array(wasm.memory.buffer, at, input.length).set(input);
    }
    const length = wasm[name](...numbers);
    return JSON.parse(new TextDecoder().decode(new Uint8Array(wasm.memory.buffer, wasm.ombud_output(), length)));
  }

  /** Checks a request's text, or a file's bytes. */
  async check(request, bytes) {
    if (!this.isLocal) {
      return this.ask("v1/check", JSON.stringify(bytes ? { ...request, content: base64(bytes) } : request));
    }
    const header = new TextEncoder().encode(JSON.stringify(request));
    const input = new Uint8Array(header.length + (bytes?.length ?? 0));
    input.set(header);
    if (bytes) input.set(bytes, header.length);
    try {
      return this.answered(this.call("ombud_check", input, header.length));
    } catch (fault) {
      // A trap leaves the instance unfit for use; the next check gets a new one.
      if (fault instanceof WebAssembly.RuntimeError) await this.instantiate();
      throw fault;
    }
  }

  async rules() {
    return this.isLocal ? this.answered(this.call("ombud_rules")) : this.ask("v1/rules");
  }

  /** Takes the text of an `ombud.toml`; the program behind `ombud serve` has its own. */
  configure(toml) {
    this.answered(this.call("ombud_configure", new TextEncoder().encode(toml)));
    this.toml = toml;
  }

  async ask(path, body) {
    const headers = { Authorization: `Bearer ${this.token}` };
    if (body) headers["Content-Type"] = "application/json";
    const response = await fetch(path, { method: body ? "POST" : "GET", headers, body, cache: "no-store" });
    return this.answered(await response.json());
  }

  answered(answer) {
    if (answer.error) throw new Error(answer.error);
    return answer;
  }
}

/** Base64 and gzip undone. */
async function unpack(text) {
  const raw = atob(text.trim());
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

function base64(bytes) {
  let raw = "";
  for (let i = 0; i < bytes.length; i += 0x8000) raw += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(raw);
}

/** The token from the address, which is then tidied; kept while the tab is open. */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) {
    sessionStorage.setItem("token", token);
    history.replaceState(null, "", location.pathname);
  }
  return token ?? sessionStorage.getItem("token") ?? "";
}
