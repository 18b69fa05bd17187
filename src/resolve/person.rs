//! What a person is in the text: an official, a child, dead, made up. The text around the name says so, and the rest
//! of the document what it says of the same name.

mod cast;
mod class;
mod contact;
mod dead;
mod fictional;
mod gap;
mod lists;
mod minor;
mod official;
mod scene;
mod spread;

use crate::detect::{Attribute, Entity, Evidence, Passage, Reason};
use scene::Scene;

/// A sign of one attribute: why, and the word that says so.
type Sign = (Reason, Option<&'static str>);

/// Sets `official`, `minor`, `dead` and `fictional` on the persons, with the evidence.
pub(super) fn attributes(found: &mut [Entity], passage: &Passage<'_>) {
    let Some(scene) = Scene::new(found, passage) else { return };
    let mut marks = Marks(vec![None; scene.len()]);
    for i in 0..scene.len() {
        let sign = fictional::sign(&scene, i)
            .map(|s| (Attribute::Fictional, s))
            .or_else(|| dead::sign(&scene, i).map(|s| (Attribute::Dead, s)))
            .or_else(|| minor::sign(&scene, i).map(|s| (Attribute::Minor, s)))
            .or_else(|| official::sign(&scene, i).map(|s| (Attribute::Official, s)));
        marks.0[i] = sign.map(|(attribute, (reason, detail))| Mark { attribute, reason, detail });
    }
    lists::spread(&scene, &mut marks);
    spread::names(&scene, &mut marks);
    dead::kin(&scene, &mut marks);
    for (i, mark) in marks.0.iter().enumerate() {
        if let Some(mark) = mark {
            let entity = &mut found[scene.index(i)];
            entity.attributes = entity.attributes.with(mark.attribute);
            entity.evidence.push(Evidence { reason: mark.reason, detail: mark.detail });
        }
    }
    contact::mark(&scene, found, passage);
}

/// One person's attribute and why.
#[derive(Clone, Copy, Debug)]
struct Mark {
    attribute: Attribute,
    reason: Reason,
    detail: Option<&'static str>,
}

/// The attributes found so far, one a person.
#[derive(Debug)]
struct Marks(Vec<Option<Mark>>);

impl Marks {
    fn is(&self, i: usize, attribute: Attribute) -> bool {
        self.0.get(i).copied().flatten().is_some_and(|m| m.attribute == attribute)
    }

    /// Gives person `i` what is known of another, if nothing is known of it.
    fn learn(&mut self, i: usize, from: Mark, reason: Reason) {
        if let Some(slot @ None) = self.0.get_mut(i) {
            *slot = Some(Mark { reason, detail: from.detail.filter(|_| reason == from.reason), ..from });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::{Kind, Rulebook, Sensitivity};

    /// Reads `[[attribute|name]]`; an empty attribute is a person without one. Says what was got wrong.
    fn wrong(rules: &Rulebook, marked: &str) -> Option<String> {
        let (mut text, mut want, mut found) = (String::new(), Vec::new(), Vec::new());
        let mut rest = marked;
        while let Some((head, tail)) = rest.split_once("[[") {
            let (mark, tail) = tail.split_once("]]").expect("a mark is closed");
            let (attribute, name) = mark.split_once('|').expect("a mark has a bar");
            text.push_str(head);
            let start = text.len();
            text.push_str(name);
            let kind = if attribute == "work" || attribute == "phone" { Kind::Phone } else { Kind::Person };
            found.push(Entity::new(kind, start, text.len(), [Reason::Model]));
            want.push(attribute);
            rest = tail;
        }
        text.push_str(rest);
        attributes(&mut found, &Passage { text: &text, rules, sensitivity: Sensitivity::Normal });
        let got: Vec<_> = found.iter().map(|e| e.attributes.iter().map(Attribute::name).collect::<Vec<_>>().join("+")).collect();
        let want: Vec<_> = want.into_iter().map(|w| if w == "phone" { "" } else { w }).collect();
        (got != want).then(|| format!("{marked:?}: {got:?}"))
    }

    fn all_right(marked: &[&str]) {
        let rules = Rulebook::built_in();
        let all: Vec<_> = marked.iter().filter_map(|m| wrong(&rules, m)).collect();
        assert!(all.is_empty(), "{}", all.join("\n"));
    }

    #[test]
    fn officials_are_known_by_their_role() {
        all_right(&[
            "– Det blir bra, säger [[official|Ek]], rektor.",
            "Enhetschef: [[official|Siv Lo]]. [[official|Lo]] svarar på frågor.",
            "Barn- och utbildningsnämndens ordförande [[official|Mats Ek]] och läraren [[|Ida Ros]] invigde.",
            "Närvarande: [[official|Eva Sand]] (S), ordförande, [[official|Bo Ruth]] (M). Sekreterare: [[|Lo Al]].",
            "[[official|Ida Ros]] blir ny skolchef. Hon efterträder [[official|Jan Krok]].",
            "Nu börjar [[official|Per Fast]] som ny förvaltningschef.",
            "Hej till vår nya skolchef [[official|Ida Ros]]! Hon efterträder [[official|Jan Krok]], som går i pension.",
            "Vår nya vaktmästare [[|Ida Ros]] är här. Hon efterträder [[|Jan Krok]].",
            "På [[official|Krans]] i kommunstyrelsen kan man lita.",
            "Till ordförande i hembygdsföreningen valdes [[|Per Fast]].",
            "Kassör [[|Per Fast]] och ordförande [[|Siv Lo]] i klubben tackade.",
            "[[|Stina Myhr]], 80, f.d. rektor",
            "Sökande till tjänsten som kulturchef: [[|Cecilia Roth]]",
            "Frågor om tjänsten besvaras av enhetschef [[official|Siv Lo]].",
            "Tack [[official|Per Fast]] (Trafikverket) och [[|Siv Lo]] (Ikea)!",
            "**Val av ersättare i krisnämnden, dnr 4**\nNamn / ersätts av\n[[official|Sand, Eva]] / [[official|Ruth, Bo]]\n[[official|Fast, Per]] / [[official|Lo, Siv]]",
            "Val av justerare. Förslag: [[official|Mats Ek]] och [[official|Ida Ros]]. Nämnden avslår yrkandet.",
            "Tre frågor till [[official|Gabriel Ek]]\nNy stadsarkitekt vill se fler tak",
        ]);
    }

    #[test]
    fn children_are_known_by_age_class_and_lists() {
        all_right(&[
            "Grattis [[minor|Hilda Sund]] 10 år som vann!",
            "[[minor|Alvin]] och [[minor|Tuva Kind]], nio och sju år",
            "[[minor|Nour]], [[minor|Tuva]], [[minor|Bo]] och [[minor|Benji]] i årskurs 3 vann.",
            "14-åriga [[minor|Vilja]] läste, [[|Bengt-Göran]], 58, lyssnade.",
            "Tärnor: [[minor|Meya]], [[minor|Ronja]] och [[minor|Juni]]. Mentor: [[|Eva Ek]].",
            "**P15 4 km**\n\n1. [[minor|Noel Treu]], Mölndal, 13.50\n2. [[minor|Yonas Habte]], Hälle, 13.59\n\n**Herrar 10 km**\n\n1. [[|Filmon Tes]], 31.12",
            "Flickor 11 år 600 m: 1) [[minor|Tuva En]], Hov IK, 2.01,4 2) [[minor|Lykke Ar]], IF Hall, 2.03,9 3) [[minor|Zey Yil]], RSK",
            "Mamma till [[minor|Elton]] är [[|Soraya]].",
            "Elever på TE22: [[|Arlinda]] och [[|Elton]]",
            "Klassföräldrarna i 4B: [[|Emelie]], [[|Hamid]] och [[|Stina]]. Tack!",
            "[[|Rut]] har varit 12 år i styrelsen.",
            "Elevrådet: ordförande [[minor|Umberto Bo]], vice [[minor|Vilmer Ca]], sekreterare [[minor|Wanda Dra]], kassör [[minor|Yaz El]].",
            "Det är [[minor|Liam K]] som har vattkoppor i 5A. Läraren [[|Eva Ek]] undervisar i 5A.",
            "Kram från [[minor|Ängla]] o mamma Tanja",
            "Födda i veckan:\n[[|Ida]] & [[|Joel Wig]] – en son\n[[|Nadia]] och [[|Karim Man]] – en dotter",
            "Klassåterträff 9C! Anmälda: [[|Maggan]], [[|Anki]], [[|Krille]]",
        ]);
    }

    #[test]
    fn the_dead_are_known_by_years_words_and_fame() {
        all_right(&[
            "[[dead|Augusta Falk]] (1861–1938) gav marken. [[dead|Augusta]] tvekade.",
            "Minnesord: [[dead|Elsa Fryk]]\n\nNärmast sörjande är barnen [[|Håkan]] och [[|Barbro]].",
            "Avlidna i församlingen: [[dead|Gerd Ram]], 88 år, [[dead|Bertil Ham]], 79 år. Präst: [[|Siv Lo]]",
            "[[dead|Greta Lo]] avled den 4 mars. Hon var stadsbibliotekarie. \"[[dead|Greta]] var klok\", skriver [[|Eva Ek]].",
            "[[dead|Evert Matt]], Tenhult, har avlidit, 92 år.",
            "Huset byggdes 1887 av handlanden [[dead|Klas Berg]].",
            "Visor av [[dead|Nils Ferlin]] sjungs av [[|Roine Vinge]].",
            "Läraren [[|Eva Ek]] har jobbat här sedan 1990.",
            "Läraren [[|Eva Ek]] flyttade in i huset från 1912.",
            "År 1632 föll kungen. Konditor [[|Bahar Ami]] visar hur man gör.",
            "Breven är från 1712. Forskare [[|Elof Hjer]] vid universitetet läser dem nu.",
            "Här vilar [[dead|Vilhelm Brun]] (1811–1884). Turen leds av [[|Siv Lo]].",
            "[[dead|Hedda Lo]] (1801–1877), konstnär, samt [[|Siv Lo]] (född 1959)",
            "Matchhjälten hette [[|Amanda Il]], som satte 2–1.",
            "Foto från 1912 på handlaren [[dead|August Lo]] vid disken",
            "[[|Ida Palme]] vann. [[|Palme]] jublade.",
        ]);
    }

    #[test]
    fn the_made_up_are_known_by_works_and_roles() {
        all_right(&[
            "Film: \"[[fictional|Bamse]] och vulkanön\", Saga, 20 kr",
            "Först ut är *[[fictional|Hamlet]]* på Stora teatern.",
            "Skådespelarna [[|Bodil Ahl]] ([[fictional|Abbe]]) och [[|Rut Engel]] ([[fictional|Lisabet]])",
            "[[|Fatima Jar]]: \"[[|Birgitta]] är den som alltid ringer.\"",
            "Hej! [[fictional|Sopkarl-Oskar]] är kommunens maskot.",
            "[[fictional|Hans]] och [[fictional|Greta]] på teatern, [[fictional|Lotta]] på Bråkmakargatan på bio",
            "[[|Hans]] och [[|Greta Lund]] på teatern",
        ]);
    }

    #[test]
    fn numbers_beside_officials_are_of_their_work() {
        all_right(&[
            "Upplysningar lämnas av rektor [[official|Therese Bååth]], [[work|040-628 04 10]].",
            "Frågor: [[|Gunvor]], tel [[phone|0980-319 204]]",
            "Vill du ha besök? Ring diakon [[|Gun Axén]], [[work|0980-319 214]].",
        ]);
    }

    #[test]
    fn any_text_is_borne() {
        let rules = Rulebook::built_in();
        for text in
            ["", "[[|Å]]", "[[|Å]][[|Ö]]", "(\u{a0}[[|Å]]½ 1/2 år", "*[[|Å]]\"”* é [[|Ö]], 7å", "år gamla [[|Å]]s ", "-1861 [[|Å]] (1861–"]
        {
            let _ = wrong(&rules, text);
        }
        // Pieces put together at random, the same every time.
        const PIECES: [&str; 32] = [
            "[[|Å]]",
            "[[|Siv Lo]]",
            "[[|Lo]]",
            " ",
            ", ",
            "\n",
            "\n\n",
            "*",
            "\"",
            "”",
            "(",
            ")",
            " (S)",
            "| ",
            "1. ",
            "rektor",
            "GİCK BORT",
            "gick bortİ",
            " år gamla ",
            "7½",
            "nio och sju år",
            " i 5C",
            " f. 1",
            "1861",
            "–",
            "20121212-2392",
            "İ",
            "s mamma",
            "elever",
            "\u{a0}",
            "nämnden",
            "é",
        ];
        let mut seed = 1_u64;
        for _ in 0..3_000 {
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(PIECES[(seed >> 59) as usize]);
            }
            let _ = wrong(&rules, &text);
        }
    }
}
