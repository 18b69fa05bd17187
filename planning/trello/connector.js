// The connector: tells Trello what the Power-Up can do. It shows nothing itself.
"use strict";

const NOT_CHECKED = { sv: "Ej granskat", en: "Not checked" };

async function badge(t) {
  speakAs(t);
  try {
    const { words, color } = verdictOf(await checkCard(t));
    return { text: words, color };
  } catch {
    // What could not be checked must not look clean.
    return { text: NOT_CHECKED[lang], color: "light-gray" };
  }
}

/** A new look every ten seconds at most: a card's text changes under the badge. */
const dynamic = (t, title) => ({ dynamic: async () => ({ ...(title && { title }), ...(await badge(t)), refresh: 10 }) });

TrelloPowerUp.initialize({
  "card-badges": (t) => [dynamic(t)],
  "card-detail-badges": (t) => [dynamic(t, "ombud")],
  "card-back-section": (t) => ({
    title: "ombud",
    icon: new URL("icon.svg", location.href).href,
    content: { type: "iframe", url: t.signUrl("./section.html"), height: 200 },
  }),
  "show-settings": (t) => t.popup({ title: "ombud", url: "./settings.html", height: 420 }),
});
