//! Readers of labelled text.

use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What a span names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Name {
    Person,
    Place,
    Organisation,
    Other,
}

/// A text with its names.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) text: String,
    /// First byte, byte after the last, what.
    pub(crate) spans: Vec<(usize, usize, Name)>,
    /// Everything that is not marked is no name at all; otherwise it is only no person.
    pub(crate) complete: bool,
    /// How much the item counts in training.
    pub(crate) weight: f32,
}

impl Item {
    pub(crate) fn persons(&self) -> impl Iterator<Item = (usize, usize)> {
        self.spans.iter().filter(|s| s.2 == Name::Person).map(|s| (s.0, s.1))
    }
}

type Read_<T> = Result<T, Box<dyn Error>>;

/// Every `.txt` of a folder, in the order of their names.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    paths
}

/// Posts with `[[type:attr|text]]` marks.
pub(crate) fn posts(path: &Path) -> Read_<Vec<Item>> {
    let all = fs::read_to_string(path)?.replace("\r\n", "\n");
    let mut items = Vec::new();
    let mut head: Option<String> = None;
    let mut body: Vec<&str> = Vec::new();
    for line in all.lines().chain(std::iter::once("=== end")) {
        if let Some(h) = line.strip_prefix("=== ") {
            if let Some(id) = head.replace(h.split_whitespace().next().unwrap_or("").to_owned()) {
                let marked = body.join("\n");
                match unmark(&marked) {
                    Some((text, spans)) => items.push(Item { id, text, spans, complete: false, weight: 1.0 }),
                    None => eprintln!("{}: {id}: stray mark-up, left out", path.display()),
                }
            }
            body.clear();
        } else if head.is_some() {
            body.push(line);
        }
    }
    Ok(items)
}

fn unmark(marked: &str) -> Option<(String, Vec<(usize, usize, Name)>)> {
    let marked = marked.trim_matches('\n');
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find("[[") {
        let close = rest[at..].find("]]")? + at;
        let (kind, inner) = rest[at + 2..close].split_once('|')?;
        text.push_str(&rest[..at]);
        let start = text.len();
        text.push_str(inner);
        let name = match kind.split(':').next()? {
            "person" => Some(Name::Person),
            "place" => Some(Name::Place),
            "organisation" => Some(Name::Organisation),
            _ => None,
        };
        if let Some(name) = name {
            spans.push((start, text.len(), name));
        }
        rest = &rest[close + 2..];
    }
    text.push_str(rest);
    if text.contains("[[") || text.contains("]]") { None } else { Some((text, spans)) }
}

/// The Swedish web news.
pub(crate) fn news(path: &Path) -> Read_<Vec<Item>> {
    let mut items = Vec::new();
    for line in fs::read_to_string(path)?.lines() {
        let v: serde_json::Value = serde_json::from_str(line)?;
        let text = v["text"].as_str().ok_or("no text")?.to_owned();
        let at: Vec<usize> = text.char_indices().map(|(i, _)| i).chain(std::iter::once(text.len())).collect();
        let mut spans = Vec::new();
        for (key, name) in
            [("persons", Name::Person), ("locations", Name::Place), ("organisations", Name::Organisation), ("misc", Name::Other)]
        {
            for s in v[key].as_array().into_iter().flatten() {
                let n = |i: usize| s[i].as_u64().and_then(|n| at.get(n as usize).copied());
                if let (Some(a), Some(b)) = (n(0), n(1)) {
                    spans.push((a, b, name));
                }
            }
        }
        spans.sort_by_key(|s| s.0);
        items.push(Item { id: v["id"].as_str().unwrap_or("").to_owned(), text, spans, complete: true, weight: 1.0 });
    }
    Ok(items)
}

/// The Norwegian treebank, with its commonest words turned Swedish.
pub(crate) fn norwegian(path: &Path) -> Read_<Vec<Item>> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(fs::File::open(path)?).read_to_string(&mut text)?;
    let mut items = Vec::new();
    let mut out = Item { id: String::new(), text: String::new(), spans: Vec::new(), complete: true, weight: 0.5 };
    let mut open_quote = false;
    let mut no_space = true;
    for line in text.lines() {
        let f: Vec<&str> = line.split('\t').collect();
        if f.len() < 10 {
            if !out.text.is_empty() {
                out.id = format!("nb-{}", items.len());
                items.push(std::mem::replace(
                    &mut out,
                    Item { id: String::new(), text: String::new(), spans: Vec::new(), complete: true, weight: 0.5 },
                ));
            }
            open_quote = false;
            no_space = true;
            continue;
        }
        let (form, pos) = (f[1], f[3]);
        if form == "|" {
            continue;
        }
        let name = f[9].strip_prefix("name=").unwrap_or("O");
        let closing = matches!(form, "," | "." | "!" | "?" | ":" | ";" | ")" | "..." | "»") || (form == "\"" && open_quote);
        if !no_space && !closing {
            out.text.push(' ');
        }
        no_space = matches!(form, "(" | "«") || (form == "\"" && !open_quote);
        if form == "\"" {
            open_quote = !open_quote;
        }
        let word = if pos == "subst" && name != "O" { form.to_owned() } else { swedish(form) };
        let start = out.text.len();
        out.text.push_str(&word);
        let end = out.text.len();
        let what = match name.split_once('-').map(|n| n.1) {
            Some("PER") => Some(Name::Person),
            Some("LOC" | "GPE_LOC") => Some(Name::Place),
            Some("ORG" | "GPE_ORG") => Some(Name::Organisation),
            Some("PROD" | "EVT" | "MISC") => Some(Name::Other),
            _ => None,
        };
        match what {
            Some(n) if name.starts_with("B-") || out.spans.is_empty() => out.spans.push((start, end, n)),
            Some(_) => {
                if let Some(last) = out.spans.last_mut() {
                    last.1 = end;
                }
            }
            None => {}
        }
    }
    Ok(items)
}

const TURN: &str = "og och|jeg jag|ikke inte|hun hon|fra från|sier säger|sa sade|til till|ble blev|at att|også också|etter efter|mellom mellan|statsminister statsminister|leder ledare|lederen ledaren|sjef chef|sjefen chefen|nå nu|mye mycket|mange många|bare bara|noe något|noen några|hva vad|hvor var|hvis om|når när|hvem vem|dette detta|disse dessa|denne denna|være vara|blir blir|skal ska|skulle skulle|kunne kunde|ville ville|må måste|måtte måste|får får|fikk fick|gjør gör|gjorde gjorde|går går|gikk gick|kommer kommer|kom kom|ser ser|så såg|tror tror|mener menar|mente menade|forteller berättar|fortalte berättade|skriver skriver|skrev skrev|spør frågar|svarer svarar|svarte svarade|heter heter|mener anser|første första|andre andra|siste sista|nye nya|ny ny|år år|dag dag|uke vecka|kvinne kvinna|kvinnen kvinnan|mann man|mannen mannen|gutt pojke|jente flicka|barn barn|sønn son|sønnen sonen|datter dotter|datteren dottern|mor mor|far far|bror bror|søster syster|kone fru|kona frun|ektemann make|professor professor|forsker forskare|forskeren forskaren|politi polis|politiet polisen|regjeringen regeringen|skuespiller skådespelare|forfatter författare|forfatteren författaren|kunstner konstnär|direktør direktör|direktøren direktören|rådgiver rådgivare|talsmann talesman|nestleder vice|generalsekretær generalsekreterare|utenriksminister utrikesminister|finansminister finansminister|kommunen kommunen|kommune kommun|fylke län|universitetet universitetet|høgskole högskola|skole skola|avdeling avdelning|gate gata|vei väg|by stad|byen staden|landet landet|verden världen|hos hos|ved vid|hans hans|hennes hennes|deres deras|vår vår|vårt vårt|våre våra|min min|mitt mitt|mine mina|sin sin|sitt sitt|sine sina|meg mig|deg dig|seg sig|oss oss|dem dem|de de|vi vi|dere ni|du du|en en|et ett|to två|tre tre|fire fyra|fem fem|seks sex|sju sju|åtte åtta|ni nio|ti tio|samme samma|selv själv|alle alla|alt allt|annet annat|flere flera|fleste flesta|svært mycket|veldig väldigt|enn än|eller eller|men men|fordi därför|mens medan|derfor därför|under under|over över|mot mot|gjennom genom|uten utan|innen inom|blant bland|siden sedan|igjen igen|kanskje kanske|hver varje|hele hela|stor stor|store stora|stort stort|liten liten|lille lilla|gammel gammal|gamle gamla|unge unga|god god|gode goda|norske norska|norsk norsk|svenske svenska|danske danska|kjent känd|født född|bor bor|jobber jobbar|leter letar|leste läste|viser visar|viste visade|tok tog|tar tar|ga gav|gir ger|satt satt|sitter sitter|sto stod|står står|ligger ligger|lå låg|begynte började|fortsatte fortsatte|kalt kallad|kalles kallas|sammen tillsammans|ønsker önskar|håper hoppas|synes tycker|syntes tyckte|legger lägger|påpeker påpekar|understreker understryker|opplyser uppger|fastslår fastslår|hevder hävdar|kaller kallar|møte möte|møtte mötte|møter möter|venn vän|vennen vännen|kjære kära|takk tack|hei hej|herr herr|fru fru|dronning drottning|kong kung|prins prins|kronprins kronprins|kronprinsesse kronprinsessa|president president|presidenten presidenten|trener tränare|treneren tränaren|spiller spelare|spilleren spelaren|spilte spelade|vant vann|vinner vinner|tapte förlorade";

fn swedish(word: &str) -> String {
    let low = word.to_lowercase();
    let turned = TURN.split('|').find_map(|p| p.split_once(' ').filter(|(n, _)| *n == low).map(|(_, s)| s.to_owned()));
    let turned = turned.unwrap_or_else(|| low.replace('æ', "ä").replace('ø', "ö"));
    if word.starts_with(char::is_uppercase) {
        let mut c = turned.chars();
        c.next().map(|f| f.to_uppercase().chain(c).collect()).unwrap_or_default()
    } else {
        turned
    }
}
