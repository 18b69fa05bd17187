//! The report: one page without scripts or anything from outside, for a manager to read and for a data protection officer
//! to work with. Everything from sources is escaped by the template engine and masked before that.

mod charts;
mod figures;
mod method;
mod words;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::reviewed::Reviewed;
use super::store::{Change, Run};
use super::tally::Tally;
use crate::policy::Policy;
use crate::report::{Lang, Summary};
use words::{count, number};

/// Everything that the page tells.
#[derive(Debug)]
pub struct Frame<'a> {
    /// The sums of findings.
    pub tally: &'a Tally,
    /// The sums of sources.
    pub summary: &'a Summary,
    /// The rules.
    pub policy: &'a Policy,
    /// The language.
    pub lang: Lang,
    /// When the run was started, as ISO 8601.
    pub started: &'a str,
    /// Whose publishing it is.
    pub organisation: &'a str,
    /// What was asked for, masked.
    pub sources: &'a [String],
    /// Earlier runs and this one.
    pub runs: &'a [Run],
    /// What has changed since an earlier run.
    pub change: Option<&'a Change>,
    /// What people said of a sample.
    pub reviewed: Option<&'a Reviewed>,
    /// From how many years on content is called old.
    pub older_than: u16,
    /// The names of the files beside the page.
    pub files: &'a [&'a str],
}

const STYLE: &str = include_str!("style.css");

/// The report as HTML.
#[must_use]
pub fn page(f: &Frame<'_>) -> String {
    let lang = f.lang;
    let title = lang.of("Granskning av personuppgifter i det publicerade", "Audit of personal data in what is published");
    let sections = [
        ("sammanfattning", lang.of("I korthet", "In short"), Some(summary(f))),
        ("forandring", lang.of("Blir det bättre?", "Is it getting better?"), figures::trend(f)),
        ("kanaler", lang.of("Kanaler och regler", "Channels and rules"), Some(figures::channels(f))),
        ("forvaltningar", lang.of("Förvaltningar", "Departments"), Some(figures::departments(f))),
        ("alder", lang.of("Hur gammalt det är", "How old it is"), Some(figures::age(f))),
        ("personer", lang.of("Människorna", "The people"), Some(figures::people(f))),
        ("fynd", lang.of("De allvarligaste fynden", "The gravest findings"), Some(figures::gravest(f))),
        ("undantag", lang.of("Undantag", "Exceptions"), Some(method::accepted(f))),
        ("inte-last", lang.of("Vad som inte lästes", "What was not read"), Some(method::unread(f))),
        ("metod", lang.of("Metod och säkerhet", "Method and accuracy"), Some(method::method(f))),
    ];
    let sections: Vec<(&str, &str, Markup)> = sections.into_iter().filter_map(|(id, head, body)| Some((id, head, body?))).collect();
    let page = html! {
        (DOCTYPE)
        html lang=(lang.of("sv", "en")) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="referrer" content="no-referrer";
                title { (title) @if !f.organisation.is_empty() { " – " (f.organisation) } }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (title) }
                    p.by {
                        @if !f.organisation.is_empty() { (f.organisation) " · " }
                        (f.started.get(..10).unwrap_or("")) " · " (f.sources.join(", "))
                    }
                    nav aria-label=(lang.of("Innehåll", "Contents")) {
                        ul { @for (id, head, _) in &sections { li { a href={ "#" (id) } { (head) } } } }
                    }
                }
                main {
                    @for (id, head, body) in &sections {
                        section aria-labelledby=(id) { h2 id=(id) { (head) } (body) }
                    }
                }
                footer {
                    p.small { (lang.of("Gjord av ombud ", "Made by ombud ")) (env!("CARGO_PKG_VERSION")) ". " (lang.of(
                        "Inget har lämnat datorn. Uppgifterna är maskerade, men rapporten säger var de står: behandla den därefter.",
                        "Nothing has left the computer. The data are masked, but the report says where they stand: treat it so.",
                    )) }
                }
            }
        }
    };
    page.into_string()
}

/// What a manager needs to know.
fn summary(f: &Frame<'_>) -> Markup {
    let (lang, tally) = (f.lang, f.tally);
    let [errors, warnings, notes] = tally.all().0;
    let children = figures::children(tally);
    let unread = f.summary.failed + f.summary.unsupported;
    html! {
        p.lead { (lead(f)) }
        @if unread > 0 {
            p.alarm { (match lang {
                Lang::Sv => format!("Granskningen är inte fullständig: {} lästes inte, eller inte helt. ", count(unread, lang, ("källa", "källor"), ("", ""))),
                Lang::En => format!("The audit is not complete: {} not read, or not whole. ", count(unread, lang, ("", ""), ("source was", "sources were"))),
            }) a href="#inte-last" { (lang.of("Vilka och varför", "Which and why")) } }
        }
        ul.figures {
            li.e { b { (number(errors, lang)) } (lang.of("fel: ska bort eller ändras", "errors: to be removed or changed")) }
            li.w { b { (number(warnings, lang)) } (lang.of("varningar: bör ses över", "warnings: to be looked at")) }
            li.n { b { (number(notes, lang)) } (lang.of("anmärkningar: bra att känna till", "notes: good to know")) }
            li { b { (number(tally.people.named(), lang)) } (lang.of("personer med fullt namn", "people named in full")) }
            li { b { (number(children, lang)) } (lang.of("barn", "children")) }
            li { b { (number(tally.numbers.named(), lang)) } (lang.of("olika personnummer", "different identity numbers")) }
            li { b { (number(tally.people.in_more_than(5), lang)) } (lang.of("personer i mer än fem inlägg", "people in more than five posts")) }
            li { b { (number(f.summary.scanned, lang)) } (lang.of("källor lästa", "sources read")) }
        }
        @let first = figures::first_things(f);
        @if !first.is_empty() {
            h3 { (lang.of("Gör det här först", "Do this first")) }
            ol { @for (rule, count) in first {
                li { strong { (lang.pick(&rule.title)) } " (" (number(count, lang)) "): " (lang.pick(&rule.remedy)) }
            } }
        }
    }
}

/// The whole in a few sentences.
fn lead(f: &Frame<'_>) -> String {
    let (lang, tally) = (f.lang, f.tally);
    let sources = count(f.summary.scanned, lang, ("källa", "källor"), ("source", "sources"));
    let posts = count(tally.posts, lang, ("inlägg", "inlägg"), ("post", "posts"));
    let found = count(tally.all().all(), lang, ("fynd", "fynd"), ("finding", "findings"));
    let people = count(tally.people.named(), lang, ("person", "personer"), ("person", "people"));
    let children = number(figures::children(tally), lang);
    let often = number(tally.people.in_more_than(5), lang);
    if tally.all().all() == 0 {
        return match lang {
            Lang::Sv => format!("{sources} lästes. Inget hittades som reglerna talar om."),
            Lang::En => format!("{sources} read. Nothing was found that the rules speak of."),
        };
    }
    match lang {
        Lang::Sv => format!(
            "{sources} lästes. I {posts} finns {found}. Där nämns {people} med fullt namn; {children} barn pekas ut och {often} personer förekommer i mer än fem inlägg."
        ),
        Lang::En => format!(
            "{sources} read. {posts} hold {found}. They name {people} in full; {children} children are pointed out, and {often} people stand in more than five posts."
        ),
    }
}
