// The settings of a board: which labels and lists stand for which channel, and which policy holds.
"use strict";

const t = TrelloPowerUp.iframe();

async function fill() {
  speakAs(t);
  const kept = (await t.get("board", "shared", "ombud")) ?? {};
  starting ??= Engine.start();
  const book = await (await starting).rules();
  $("policy").replaceChildren(...book.policies.map((name) => make("option", { value: name }, name)));
  $("policy").value = kept.policy ?? book.policy;
  $("labels").value = kept.labels ?? "";
  $("known").textContent = book.channels.map((channel) => channel.id).join(", ");
  document.documentElement.dataset.ready = "";
}

$("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const settings = { policy: $("policy").value, labels: $("labels").value };
  try {
    // The engine reads it before it is kept: a channel that is none is told at once.
    (await starting).configure(toToml(settings));
    await t.set("board", "shared", "ombud", settings);
    $("said").textContent = lang === "sv" ? "Sparat." : "Saved.";
  } catch (fault) {
    $("said").textContent = fault.message;
  }
});

fill();
