//! What stands behind the figures: exceptions, what was not read, how it was done and how far it can be trusted.

use maud::{Markup, html};

use super::Frame;
use super::words::{number, per_cent};
use crate::Kind;
use crate::audit::reviewed::{Verdicts, interval};
use crate::policy::Day;
use crate::report::Lang;

/// The accuracy table as it was measured; it stands in README.
const README: &str = include_str!("../../../README.md");

pub(super) fn accepted(f: &Frame<'_>) -> Markup {
    let lang = f.lang;
    if f.tally.accepted.is_empty() {
        return html! { p { (lang.of("Inga fynd är godtagna genom undantag i texterna, i inställningarna eller i en baslinje.",
        "No findings are accepted by exceptions in the texts, in the configuration or in a baseline.")) } };
    }
    let today = Day::parse(f.started.get(..10).unwrap_or(""));
    let ended = |until: &str| Day::parse(until).zip(today).is_some_and(|(until, today)| until < today);
    let age = |since: &str| {
        let (then, now) = (crate::audit::month_of(since)?, crate::audit::month_of(f.started)?);
        let months = u64::from(now.saturating_sub(then));
        Some(format!("{} {}", number(months, lang), lang.of("mån", "months")))
    };
    let caption = lang.of("Fynd som någon har godtagit", "Findings that somebody has accepted");
    html! {
        div.wide tabindex="0" role="region" aria-label=(caption) { table {
            caption { (caption) }
            thead { tr {
                th scope="col" { (lang.of("Skäl", "Reason")) } th scope="col" { (lang.of("Var", "Where")) } th.num scope="col" { (lang.of("fynd", "findings")) }
                th scope="col" { (lang.of("Ålder", "Age")) } th scope="col" { (lang.of("Till och med", "Until")) }
            } }
            tbody { @for (accepted, count) in &f.tally.accepted { tr {
                th scope="row" { @if accepted.reason.is_empty() { (lang.of("(inget skäl)", "(no reason)")) } @else { (accepted.reason) } }
                td { (match accepted.by.as_str() { "author" => lang.of("i texten", "in the text"), "configuration" => lang.of("inställningarna", "configuration"), _ => lang.of("baslinje", "baseline") }) }
                td.num { (number(*count, lang)) @if *count == 0 { " " (lang.of("(behövs inte)", "(not needed)")) } }
                td { (age(&accepted.since).unwrap_or_else(|| "–".to_owned())) }
                td { @if accepted.until.is_empty() { (lang.of("utan slut", "no end")) } @else { (accepted.until) } @if ended(&accepted.until) { " " span.level.error { (lang.of("har gått ut", "has ended")) } } }
            } } }
        } }
    }
}

pub(super) fn unread(f: &Frame<'_>) -> Markup {
    let (lang, s) = (f.lang, f.summary);
    let caption = lang.of("Utelämnat och oläst", "Left out and not read");
    html! {
        p { (match lang {
            Lang::Sv => format!("Hittade källor: {}. Lästa: {}. Utelämnade: {}, varav {} i format som inte läses. Misslyckade: {}.",
                number(s.scanned + s.skipped + s.failed, lang), number(s.scanned, lang), number(s.skipped, lang), number(s.unsupported, lang), number(s.failed, lang)),
            Lang::En => format!("Sources found: {}. Read: {}. Left out: {}, {} of them in formats that are not read. Failed: {}.",
                number(s.scanned + s.skipped + s.failed, lang), number(s.scanned, lang), number(s.skipped, lang), number(s.unsupported, lang), number(s.failed, lang)),
        }) }
        @if !f.tally.unread.is_empty() {
            div.wide tabindex="0" role="region" aria-label=(caption) { table {
                caption { (caption) }
                thead { tr { th scope="col" { (lang.of("Varför", "Why")) } th.num scope="col" { (lang.of("antal", "count")) } th scope="col" { (lang.of("De första", "The first")) } } }
                tbody { @for ((status, reason), unread) in &f.tally.unread { tr {
                    th scope="row" { @if status == "failed" { span.level.error { (lang.of("misslyckades: ", "failed: ")) } } (reason) }
                    td.num { (number(unread.count, lang)) }
                    td.place { (unread.names.iter().take(if status == "failed" { 20 } else { 5 }).cloned().collect::<Vec<_>>().join(", ")) @if unread.count > 5 { " …" } }
                } } }
            } }
        }
        p.small { (lang.of("Vad en bild visar och vad som sägs i ljud och film läses inte.", "What a picture shows and what is said in sound and film is not read.")) }
    }
}

pub(super) fn method(f: &Frame<'_>) -> Markup {
    let lang = f.lang;
    let policy = f.policy;
    let sensitivity = match policy.sensitivity() {
        crate::Sensitivity::High => lang.of("hög", "high"),
        crate::Sensitivity::Normal => lang.of("normal", "normal"),
    };
    html! {
        p { (match lang {
            Lang::Sv => format!("Källorna lästes av ombud {} med reglerna i paketet ”{}”, senast genomgånget {}, med {sensitivity} känslighet. \
                Kommentarer, äldre versioner och interna fält granskades också när paketet är ”granskning”. Bedömningarna är hjälp, inte juridiska utlåtanden: en överföring ”kan innebära” ett brott mot reglerna.",
                env!("CARGO_PKG_VERSION"), policy.pack(), policy.reviewed()),
            Lang::En => format!("The sources were read by ombud {} with the rules of the pack “{}”, last reviewed {}, at {sensitivity} sensitivity. \
                Comments, older versions and internal fields were judged too where the pack is “granskning”. What is said is help, no legal opinion: a transfer “may amount to” a breach of the rules.",
                env!("CARGO_PKG_VERSION"), policy.pack(), policy.reviewed()),
        }) }
        @if let Some(reviewed) = f.reviewed {
            h3 { (lang.of("Stickprov: hur ofta stämmer fynden?", "Sample: how often are the findings right?")) }
            @let caption = lang.of("Granskade av människor, med 95 procents konfidensintervall (Wilson)", "Reviewed by people, with 95 per cent confidence intervals (Wilson)");
            div.wide tabindex="0" role="region" aria-label=(caption) { table {
                caption { (caption) }
                thead { tr { th scope="col" { (lang.of("Regel", "Rule")) } th.num scope="col" { (lang.of("rätt", "right")) } th.num scope="col" { (lang.of("fel", "wrong")) } th.num scope="col" { (lang.of("oklart", "unsure")) } th.num scope="col" { (lang.of("precision", "precision")) } th.num scope="col" { (lang.of("intervall", "interval")) } } }
                tbody {
                    @for (rule, v) in &reviewed.rules { (verdicts(rule, *v, lang)) }
                    (verdicts(lang.of("alla i stickprovet", "all of the sample"), reviewed.all(), lang))
                }
            } }
            p.small { (lang.of("Sällsynta regler är fler i stickprovet än i verkligheten: sista raden är stickprovets, inte hela granskningens. Stickprovet säger inget om vad som missades.",
                "Rare rules are more in the sample than in truth: the last row is the sample's, not the whole audit's. A sample says nothing of what was missed.")) }
        } @else {
            p { (lang.of("Inget stickprov har granskats av människor. Gör ett med --sample och läs in svaret med --reviewed.", "No sample has been reviewed by people. Make one with --sample and read the answer with --reviewed.")) }
        }
        h3 { (lang.of("Uppmätt träffsäkerhet", "Measured accuracy")) }
        p { (lang.of(
            "Siffrorna gäller programmets egna uppmärkta dokument, som reglerna skrevs mot: på andra texter är de lägre. På text som var ny för programmet låg måttet F1 för namn på 88–93 procent.",
            "The figures are of the program's own marked documents, which the rules were written against: on other texts they are lower. On text that was new to the program, F1 for names was 88–93 per cent.",
        )) }
        (accuracy(lang))
        h3 { (lang.of("Vad granskningen inte ser", "What the audit does not see")) }
        ul {
            li { (lang.of("personer som beskrivs utan att nämnas", "people who are described but not named")) }
            li { (lang.of("namn som bara är ett vanligt ord med liten bokstav", "names that are only a common word in small letters")) }
            li { (lang.of("bilder, ljud och film", "pictures, sound and film")) }
        }
    }
}

fn verdicts(rule: &str, v: Verdicts, lang: Lang) -> Markup {
    let share = interval(v.right, v.judged());
    html! { tr {
        th scope="row" { (rule) }
        @for n in [v.right, v.wrong, v.unsure] { td.num { (number(n, lang)) } }
        td.num { (share.map_or_else(|| "–".to_owned(), |(p, ..)| per_cent(p, lang))) }
        td.num { (share.map_or_else(|| "–".to_owned(), |(_, low, high)| format!("{}–{}", per_cent(low, lang), per_cent(high, lang)))) }
    } }
}

/// Rows of the accuracy table: a kind, how many were marked, precision and recall.
fn measured() -> Vec<[&'static str; 4]> {
    let table = README.split("<!-- accuracy -->").nth(1).and_then(|t| t.split("<!-- /accuracy -->").next()).unwrap_or("");
    let row = |line: &'static str| {
        let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
        let row = [cells.next()?, cells.next()?, cells.next()?, cells.next()?];
        Kind::from_name(row[0]).map(|_| row)
    };
    table.lines().filter_map(row).collect()
}

fn accuracy(lang: Lang) -> Markup {
    let caption = lang.of("Träffsäkerhet per sort, i procent", "Accuracy by kind, in per cent");
    html! {
        div.wide tabindex="0" role="region" aria-label=(caption) { table {
            caption { (caption) }
            thead { tr { th scope="col" { (lang.of("Sort", "Kind")) } th.num scope="col" { (lang.of("uppmärkta", "marked")) } th.num scope="col" { (lang.of("precision", "precision")) } th.num scope="col" { (lang.of("täckning", "recall")) } } }
            tbody { @for [kind, rest @ ..] in measured() { tr { th scope="row" { (kind) } @for cell in rest { td.num { (cell) } } } } }
        } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measured_table_is_found() {
        let rows = measured();
        assert!(rows.len() > 10 && rows.iter().any(|r| r[0] == "personnummer" && r[2].parse::<f64>().is_ok()), "{rows:?}");
    }
}
