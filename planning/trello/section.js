// The section on a card's back: the verdict, and each finding with what to write or use instead. Values are masked.
"use strict";

const t = TrelloPowerUp.iframe();

t.render(async () => {
  speakAs(t);
  try {
    const answer = await checkCard(t);
    const rules = (await (await starting).rules()).rules;
    const { state, words } = verdictOf(answer);
    $("verdict-box").dataset.state = state;
    $("verdict").textContent = words;
    const channel = answer.findings[0]?.channel;
    $("verdict-line").textContent = channel ? `${say("where").replace("?", "")}: ${channel}` : "";
    $("findings").replaceChildren(...answer.findings.map((finding) => {
      const rule = rules.find((one) => one.id === finding.rule);
      return make("li", { class: "finding" },
        make("div", { class: "finding-head" }, make("span", { class: `badge ${finding.severity}` }, say(finding.severity)), make("h3", {}, rule.title[lang])),
        make("p", { class: "where" }, finding.masked),
        make("p", {}, finding.remedy),
        make("details", { ontoggle: () => t.sizeTo(document.body) }, make("summary", {}, say("why")), make("p", {}, rule.why[lang])));
    }));
  } catch (fault) {
    $("verdict-box").dataset.state = "stop";
    $("verdict").textContent = say("unread");
    $("verdict-line").textContent = say("engineFault", { why: fault.message });
    $("findings").replaceChildren();
  }
  return t.sizeTo(document.body).catch(() => {});
});
