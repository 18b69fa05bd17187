//! Figures: by channel, rule, department and month; people; the gravest places; the trend.

use maud::{Markup, html};

use super::Frame;
use super::charts;
use super::words::{count, number, severity};
use crate::audit::people::Sort;
use crate::audit::tally::{By, Tally};
use crate::audit::{month_name, month_of};
use crate::policy::Rule;
use crate::report::Lang;

/// Most rows of a table on the page; the workbook has the rest.
const MOST: usize = 40;

/// Columns of months that are told apart; of a longer time only years.
const MONTHS: usize = 36;

/// Children named in full or by a given name.
pub(super) fn children(tally: &Tally) -> u64 {
    let (named, single) = tally.people.of(Sort::Child);
    named + single
}

/// A table of names and sums with a bar each, the gravest first.
fn sums(caption: &str, head: &str, rows: &[(Markup, By)], lang: Lang) -> Markup {
    let most = rows.iter().map(|(_, by)| by.all()).max().unwrap_or(0);
    html! {
        div.wide tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr {
                    th scope="col" { (head) }
                    th.num scope="col" { (lang.of("fel", "errors")) }
                    th.num scope="col" { (lang.of("varn.", "warn.")) }
                    th.num scope="col" { (lang.of("anm.", "notes")) }
                    td.bar {}
                } }
                tbody { @for (name, by) in rows { tr {
                    th scope="row" { (name) }
                    @for n in by.0 { td.num { (number(n, lang)) } }
                    td.bar { (charts::bar(by, most)) }
                } } }
            }
        }
    }
}

fn by_weight<T>(rows: &mut [(T, By)]) {
    rows.sort_by_key(|(_, by)| std::cmp::Reverse((by.0, by.all())));
}

/// The rules with most errors, or where there are none, warnings.
pub(super) fn first_things<'a>(f: &Frame<'a>) -> Vec<(&'a Rule, u64)> {
    let level = if f.tally.all().0[0] > 0 { 0 } else { 1 };
    let mut rules: Vec<(&Rule, u64)> =
        f.tally.rules().into_iter().filter_map(|(id, by)| Some((f.policy.rule(id)?, by.0[level]))).filter(|(_, n)| *n > 0).collect();
    rules.sort_by_key(|(rule, n)| (std::cmp::Reverse(*n), rule.id));
    rules.truncate(3);
    rules
}

fn rule_name(f: &Frame<'_>, id: &str) -> Markup {
    let title = f.policy.rule(id).map_or("", |r| f.lang.pick(&r.title));
    html! { code { (id) } " " (title) }
}

pub(super) fn channels(f: &Frame<'_>) -> Markup {
    let lang = f.lang;
    let mut channels: Vec<(&str, By)> = f.tally.channels().into_iter().collect();
    by_weight(&mut channels);
    let channels: Vec<(Markup, By)> = channels.into_iter().map(|(name, by)| (html! { (name) }, by)).collect();
    let mut rules: Vec<(&str, By)> = f.tally.rules().into_iter().collect();
    by_weight(&mut rules);
    let ids: Vec<&str> = rules.iter().map(|(id, _)| *id).collect();
    let rules: Vec<(Markup, By)> = rules.iter().map(|(id, by)| (rule_name(f, id), *by)).collect();
    if rules.is_empty() {
        return html! { p { (lang.of("Inga fynd.", "No findings.")) } };
    }
    let map = lang.of("Fynd per regel och kanal", "Findings by rule and channel");
    html! {
        (sums(lang.of("Fynd per kanal", "Findings by channel"), lang.of("Kanal", "Channel"), &channels, lang))
        (sums(lang.of("Fynd per regel", "Findings by rule"), lang.of("Regel", "Rule"), &rules, lang))
        h3 { (map) }
        div.wide tabindex="0" role="region" aria-label=(map) { (charts::heat(&f.tally.cells, &ids, lang)) }
    }
}

pub(super) fn departments(f: &Frame<'_>) -> Markup {
    let lang = f.lang;
    let mut rows: Vec<(&str, By)> = f.tally.departments.iter().map(|(name, by)| (name.as_str(), *by)).collect();
    by_weight(&mut rows);
    let more = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    let nowhere = lang.of("(ingen förvaltning)", "(no department)");
    let rows: Vec<(Markup, By)> =
        rows.into_iter().map(|(name, by)| (html! { (if name.is_empty() { nowhere } else { name }) }, by)).collect();
    html! {
        p.small { (lang.of(
            "Förvaltningen är den som inställningarna anger för sökvägen eller tavlans lista, annars den första mappen.",
            "The department is the one that the configuration names for the path or the board's list; otherwise the first folder.",
        )) }
        (sums(lang.of("Fynd per förvaltning", "Findings by department"), lang.of("Förvaltning", "Department"), &rows, lang))
        @if more > 0 { p { (number(more as u64, lang)) (lang.of(" till i arbetsboken.", " more in the table of findings.")) } }
    }
}

/// By month, or by year where there are many.
fn over_time(f: &Frame<'_>) -> Vec<(String, By)> {
    let known = || f.tally.months.iter().filter(|(month, _)| month_of(month).is_some());
    let len = if known().count() > MONTHS { 4 } else { 7 };
    let mut bars: Vec<(String, By)> = Vec::new();
    for (month, by) in known() {
        let name = &month[..len];
        match bars.last_mut().filter(|(last, _)| last == name) {
            Some((_, sum)) => sum.0.iter_mut().zip(by.0).for_each(|(a, b)| *a += b),
            None => bars.push((name.to_owned(), *by)),
        }
    }
    bars
}

pub(super) fn age(f: &Frame<'_>) -> Markup {
    let (lang, years) = (f.lang, f.older_than);
    let now = month_of(f.started).unwrap_or(0);
    let edge = month_name(now.saturating_sub(12 * years));
    let mut steps = [("", 0_u64); 6];
    let names = match lang {
        Lang::Sv => ["under 1 år", "1–2 år", "2–3 år", "3–5 år", "5–10 år", "10 år och mer"],
        Lang::En => ["under 1 year", "1–2 years", "2–3 years", "3–5 years", "5–10 years", "10 years and more"],
    };
    steps.iter_mut().zip(names).for_each(|(step, name)| step.0 = name);
    let (mut old, mut unknown) = (0, 0);
    for (month, by) in &f.tally.months {
        let Some(at) = month_of(month) else {
            unknown += by.all();
            continue;
        };
        let age = now.saturating_sub(at);
        let step = [12, 24, 36, 60, 120].iter().position(|&edge| age < edge).unwrap_or(5);
        steps[step].1 += by.all();
        old += if age >= 12 * years { by.all() } else { 0 };
    }
    let bars = over_time(f);
    let chart = lang.of("Fynd efter när inlägget publicerades", "Findings by when the post was published");
    html! {
        p { (match lang {
            Lang::Sv => format!("{} står i inlägg som är {} år eller äldre (före {edge}): pröva om de kan gallras.", count(old, lang, ("fynd", "fynd"), ("", "")), years),
            Lang::En => format!("{} in posts of {years} years or more (before {edge}): see whether they can be weeded out.", count(old, lang, ("", ""), ("finding stands", "findings stand"))),
        }) }
        div.wide tabindex="0" role="region" aria-label=(lang.of("Fynd efter inläggets ålder", "Findings by age of the post")) { table {
            caption { (lang.of("Fynd efter inläggets ålder", "Findings by age of the post")) }
            thead { tr { th scope="col" { (lang.of("Ålder", "Age")) } th.num scope="col" { (lang.of("fynd", "findings")) } } }
            tbody {
                @for (name, n) in steps { tr { th scope="row" { (name) } td.num { (number(n, lang)) } } }
                tr { th scope="row" { (lang.of("datum saknas", "no date")) } td.num { (number(unknown, lang)) } }
            }
        } }
        @if bars.len() > 1 {
            h3 { (chart) }
            @let says = bars.iter().map(|(name, by)| format!("{name}: {}", by.all())).collect::<Vec<_>>().join(", ");
            div.wide tabindex="0" role="region" aria-label=(chart) { (charts::columns(&bars, &format!("{chart}: {says}"), lang)) }
        }
        p.small { (lang.of(
            "Datum tas ur inlägget självt (metadata, exportens fält) eller ur sökvägen. Filernas egna tider används inte: de är kopians.",
            "Dates are the post's own (metadata, fields of the export) or its path's. The times of files are not used: they are the copy's.",
        )) }
    }
}

pub(super) fn people(f: &Frame<'_>) -> Markup {
    let (lang, people) = (f.lang, &f.tally.people);
    let name = |sort| match sort {
        Sort::Child => lang.of("barn", "children"),
        Sort::Dead => lang.of("avlidna", "dead"),
        Sort::Official => lang.of("i offentlig roll", "in a public role"),
        Sort::Private => lang.of("övriga", "others"),
    };
    let caption = lang.of("Personer", "People");
    html! {
        p { (match lang {
            Lang::Sv => format!(
                "{} nämns med fullt namn, {} av dem i mer än fem inlägg. Utöver dem nämns {} bara med förnamn, räknade i varje inlägg för sig. {} förekommer.",
                count(people.named(), lang, ("person", "personer"), ("", "")), number(people.in_more_than(5), lang),
                number(people.single(), lang), count(f.tally.numbers.named(), lang, ("personnummer", "olika personnummer"), ("", ""))),
            Lang::En => format!(
                "{} named in full, {} of them in more than five posts. Besides, {} are known by a given name alone, counted in each post by itself. {} found.",
                count(people.named(), lang, ("", ""), ("person is", "people are")), number(people.in_more_than(5), lang),
                number(people.single(), lang), count(f.tally.numbers.named(), lang, ("", ""), ("identity number was", "different identity numbers were"))),
        }) }
        div.wide tabindex="0" role="region" aria-label=(caption) { table {
            caption { (caption) }
            thead { tr {
                th scope="col" { (lang.of("Vilka", "Who")) }
                th.num scope="col" { (lang.of("fullt namn", "named in full")) }
                th.num scope="col" { (lang.of("bara förnamn", "given name alone")) }
            } }
            tbody { @for sort in Sort::ALL { @let (full, single) = people.of(sort); tr {
                th scope="row" { (name(sort)) } td.num { (number(full, lang)) } td.num { (number(single, lang)) }
            } } }
        } }
        p.small { (lang.of(
            "Människor räknas utan att namnges: varje namn blir ett märke med en nyckel som ligger utanför rapporten. Två som heter lika räknas som en, \
             och den som skrivs på två sätt som två. Namn och personnummer knyts inte ihop.",
            "People are counted without being named: each name becomes a mark made with a key that lies outside the report. Two of one name count as one, \
             and one who is written in two ways as two. Names and identity numbers are not tied together.",
        )) }
    }
}

pub(super) fn gravest(f: &Frame<'_>) -> Markup {
    let lang = f.lang;
    let rules = f.tally.gravest.rules();
    html! {
        p { (lang.of("Högst tio ställen per regel, de allvarligaste reglerna först. Alla fynd finns i filerna bredvid: ",
            "At most ten places a rule, the gravest rules first. All findings are in the files beside: ")) (f.files.join(", ")) "." }
        @for (id, rows) in rules.into_iter().take(15) {
            @let rule = f.policy.rule(id);
            h3 { (rule_name(f, id)) }
            @if let Some(rule) = rule {
                div.do {
                    p { strong { (lang.of("Varför: ", "Why: ")) } (lang.pick(&rule.why)) }
                    p { strong { (lang.of("Gör så här: ", "Do: ")) } (lang.pick(&rule.remedy)) }
                }
            }
            div.wide tabindex="0" role="region" aria-label=(format!("{} {id}", lang.of("Ställen", "Places"))) { table {
                thead { tr {
                    th scope="col" { (lang.of("Allvar", "Severity")) }
                    th scope="col" { (lang.of("Var", "Where")) }
                    th scope="col" { (lang.of("Kanal", "Channel")) }
                    th scope="col" { (lang.of("Maskerat", "Masked")) }
                } }
                tbody { @for row in rows { tr {
                    td { span class={ "level " (row.severity.name()) } { (severity(row.severity, lang)) } }
                    td.place { (row.path) ":" (row.line) ":" (row.column) @if !row.place.is_empty() { br; span.small { (row.place) } } @if !row.month.is_empty() { " " span.small { "(" (row.month) ")" } } }
                    td { (row.channel) }
                    td { span.masked { (row.masked) } }
                } } }
            } }
        }
    }
}

pub(super) fn trend(f: &Frame<'_>) -> Option<Markup> {
    let lang = f.lang;
    if f.runs.len() < 2 && f.change.is_none() {
        return None;
    }
    let name = lang.of("Granskningar över tid", "Audits over time");
    let other = f.change.filter(|c| f.runs.last().is_some_and(|now| c.since.version != now.version || c.since.pack != now.pack));
    Some(html! {
        @if let Some(change) = f.change {
            @let [new, fixed, remaining] = change.all();
            @let since = change.since.at.get(..10).unwrap_or("");
            p.lead { (match lang {
                Lang::Sv => format!("Sedan {since}: {} nya fynd, {} åtgärdade, {} kvar.", number(new, lang), number(fixed, lang), number(remaining, lang)),
                Lang::En => format!("Since {since}: {} new findings, {} fixed, {} remaining.", number(new, lang), number(fixed, lang), number(remaining, lang)),
            }) }
            @if other.is_some() { p.alarm { (lang.of(
                "Den förra granskningen gjordes med en annan version eller andra regler: en del av skillnaden beror på det.",
                "The earlier audit was made with another version or other rules: some of the difference comes of that.",
            )) } }
            @let caption = lang.of("Förändring per regel", "Change by rule");
            div.wide tabindex="0" role="region" aria-label=(caption) { table {
                caption { (caption) }
                thead { tr { th scope="col" { (lang.of("Regel", "Rule")) } th.num scope="col" { (lang.of("nya", "new")) } th.num scope="col" { (lang.of("åtgärdade", "fixed")) } th.num scope="col" { (lang.of("kvar", "remaining")) } } }
                tbody { @for (rule, by) in &change.rules { tr { th scope="row" { (rule_name(f, rule)) } @for n in by { td.num { (number(*n, lang)) } } } } }
            } }
        }
        @if f.runs.len() > 1 {
            h3 { (name) }
            div.wide tabindex="0" role="region" aria-label=(name) {
                (charts::trend(f.runs, lang))
                table {
                    thead { tr { th scope="col" { (lang.of("Dag", "Day")) } th.num scope="col" { (lang.of("källor", "sources")) } th.num scope="col" { (lang.of("fel", "errors")) } th.num scope="col" { (lang.of("varningar", "warnings")) } th.num scope="col" { (lang.of("personer", "people")) } th.num scope="col" { (lang.of("barn", "children")) } } }
                    tbody { @for run in f.runs { tr { th scope="row" { (run.at.get(..10).unwrap_or("")) } @for n in [run.scanned, run.errors, run.warnings, run.people, run.children] { td.num { (number(n, lang)) } } } } }
                }
            }
        }
    })
}
