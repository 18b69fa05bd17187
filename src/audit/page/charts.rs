//! Charts as inline SVG. Each says in words what it shows; the tables beside them hold the same figures.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::words::number;
use crate::audit::store::Run;
use crate::audit::tally::By;
use crate::report::Lang;

/// A bar across a cell, in parts by severity. The numbers stand beside it.
#[expect(clippy::cast_precision_loss, reason = "a bar is drawn in per cent")]
pub(super) fn bar(by: &By, most: u64) -> Markup {
    let part = |n: u64| n as f64 * 100.0 / most.max(1) as f64;
    let [errors, warnings, notes] = by.0.map(part);
    html! {
        svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect class="fe" x="0" y="0" width=(cut(errors)) height="10" {}
            rect class="fw" x=(cut(errors)) y="0" width=(cut(warnings)) height="10" {}
            rect class="fn" x=(cut(errors + warnings)) y="0" width=(cut(notes)) height="10" {}
        }
    }
}

fn cut(n: f64) -> String {
    format!("{n:.2}")
}

/// Channels across, rules down: the darker, the more findings. Columns have a fixed width, so that words stay readable.
pub(super) fn heat(cells: &BTreeMap<(String, String), By>, rules: &[&str], lang: Lang) -> Markup {
    const LEFT: usize = 84;
    const WIDE: usize = 108;
    const HIGH: usize = 24;
    const TOP: usize = 28;
    let mut channels: Vec<&str> = cells.keys().map(|(channel, _)| channel.as_str()).collect();
    channels.dedup();
    let most = cells.values().map(By::all).max().unwrap_or(1);
    let (width, height) = (LEFT + WIDE * channels.len(), TOP + HIGH * rules.len());
    let says = lang.of(
        "Värmekarta: antal fynd per regel och kanal. Ju mörkare ruta, desto fler fynd. Talen står i rutorna.",
        "Heat map: findings by rule and channel. The darker a field, the more findings. The numbers stand in the fields.",
    );
    html! {
        svg width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } role="img" aria-label=(says) {
            @for (i, channel) in channels.iter().enumerate() {
                text x=(LEFT + WIDE * i + WIDE / 2) y="18" text-anchor="middle" { (channel) }
            }
            @for (j, rule) in rules.iter().enumerate() {
                text x="0" y=(TOP + HIGH * j + 16) { (rule) }
                @for (i, channel) in channels.iter().enumerate() {
                    @let count = cells.get(&((*channel).to_owned(), (*rule).to_owned())).map_or(0, By::all);
                    @let depth = depth(count, most);
                    rect x=(LEFT + WIDE * i + 1) y=(TOP + HIGH * j + 1) width=(WIDE - 2) height=(HIGH - 2) fill="#a3123a" fill-opacity=(format!("{depth:.2}")) {
                        title { (channel) ", " (rule) ": " (number(count, lang)) }
                    }
                    @if count > 0 {
                        text x=(LEFT + WIDE * i + WIDE / 2) y=(TOP + HIGH * j + 16) text-anchor="middle" style=[(depth > 0.55).then_some("fill:#fff")] { (number(count, lang)) }
                    }
                }
            }
        }
    }
}

/// How dark a field is: by the order of magnitude, since one rule may have a thousand times another's findings.
#[expect(clippy::cast_precision_loss, reason = "a shade is drawn")]
fn depth(count: u64, most: u64) -> f64 {
    if count == 0 {
        return 0.03;
    }
    0.12 + 0.78 * ((count + 1) as f64).ln() / ((most + 1) as f64).ln()
}

/// Bars side by side, one a month or year.
pub(super) fn columns(bars: &[(String, By)], says: &str, lang: Lang) -> Markup {
    const WIDE: usize = 26;
    const HIGH: usize = 150;
    let most = bars.iter().map(|(_, by)| by.all()).max().unwrap_or(1).max(1);
    let width = 8 + WIDE * bars.len().max(4);
    let tall = |n: u64| usize::try_from(u128::from(n) * (HIGH as u128) / u128::from(most)).unwrap_or(HIGH);
    html! {
        svg width=(width) height=(HIGH + 62) viewBox={ "0 0 " (width) " " (HIGH + 62) } role="img" aria-label=(says) {
            @for (i, (name, by)) in bars.iter().enumerate() {
                @let [errors, warnings, notes] = by.0.map(tall);
                @let x = 4 + WIDE * i;
                g {
                    title { (name) ": " (number(by.all(), lang)) }
                    rect class="fe" x=(x) y=(14 + HIGH - errors) width=(WIDE - 6) height=(errors) {}
                    rect class="fw" x=(x) y=(14 + HIGH - errors - warnings) width=(WIDE - 6) height=(warnings) {}
                    rect class="fn" x=(x) y=(14 + HIGH - (errors + warnings + notes).min(HIGH)) width=(WIDE - 6) height=(notes.min(HIGH - (errors + warnings).min(HIGH))) {}
                }
                text transform={ "translate(" (x + 14) "," (HIGH + 60) ") rotate(-90)" } { (name) }
            }
        }
    }
}

/// Runs over time: a line for errors, warnings and people.
#[expect(clippy::cast_precision_loss, reason = "points are drawn")]
pub(super) fn trend(runs: &[Run], lang: Lang) -> Markup {
    const WIDE: f64 = 640.0;
    const HIGH: f64 = 190.0;
    let lines: [(&str, &str, Vec<u64>); 3] = [
        (lang.of("fel", "errors"), "se", runs.iter().map(|r| r.errors).collect()),
        (lang.of("varningar", "warnings"), "sw", runs.iter().map(|r| r.warnings).collect()),
        (lang.of("personer", "people"), "sn", runs.iter().map(|r| r.people).collect()),
    ];
    let most = lines.iter().flat_map(|(.., values)| values).copied().max().unwrap_or(1).max(1);
    let x = |i: usize| 40.0 + (WIDE - 160.0) * i as f64 / (runs.len().max(2) - 1) as f64;
    let y = |n: u64| 16.0 + (HIGH - 50.0) * (1.0 - n as f64 / most as f64);
    let says = lang.of(
        "Linjediagram: fel, varningar och personer vid varje granskning. Talen står i tabellen nedanför.",
        "Line chart: errors, warnings and people at each audit. The numbers stand in the table below.",
    );
    // Names at the ends of lines keep a distance from each other.
    let mut ends: Vec<(usize, f64)> = lines.iter().enumerate().map(|(i, (.., v))| (i, v.last().map_or(0.0, |n| y(*n)))).collect();
    ends.sort_by(|a, b| a.1.total_cmp(&b.1));
    for i in 1..ends.len() {
        ends[i].1 = ends[i].1.max(ends[i - 1].1 + 15.0);
    }
    html! {
        svg width=(WIDE) height=(HIGH) viewBox={ "0 0 " (WIDE) " " (HIGH) } role="img" aria-label=(says) {
            line x1="40" y1=(HIGH - 34.0) x2=(WIDE - 120.0) y2=(HIGH - 34.0) stroke="#8a8b93" {}
            text x="0" y="20" { (number(most, lang)) }
            text x="0" y=(HIGH - 30.0) { "0" }
            @for (i, run) in runs.iter().enumerate() {
                @if i == 0 || i + 1 == runs.len() || runs.len() <= 6 {
                    text x=(cut(x(i))) y=(HIGH - 12.0) text-anchor="middle" { (run.at.get(..10).unwrap_or("")) }
                }
            }
            @for (_, class, values) in &lines {
                polyline class=(class) fill="none" stroke-width="2.5" points=(values.iter().enumerate().map(|(i, n)| format!("{:.1},{:.1}", x(i), y(*n))).collect::<Vec<_>>().join(" ")) {}
                @for (i, n) in values.iter().enumerate() {
                    circle class=(class) cx=(cut(x(i))) cy=(cut(y(*n))) r="3.5" fill="#fff" stroke-width="2" {}
                }
            }
            @for (i, at) in &ends {
                text x=(WIDE - 108.0) y=(cut(at + 4.0)) { (lines[*i].0) " " (number(lines[*i].2.last().copied().unwrap_or(0), lang)) }
            }
        }
    }
}
