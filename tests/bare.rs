//! A number with nothing around it: the whole text is the number, in each of its written forms. What looks like it and
//! is not stands beside it. And numbers made at random that must not be called what they are not.

use ombud::detect::confidence;
use ombud::detect::validators::luhn;
use ombud::engine::{Engine, Scratch};
use ombud::{Confidence, Entity, Kind, Rulebook, Sensitivity};

struct Bare {
    engine: Engine,
    rules: Rulebook,
    scratch: Scratch,
}

impl Bare {
    fn new() -> Self {
        Self { engine: Engine::new(Rulebook::built_in(), Sensitivity::Normal), rules: Rulebook::built_in(), scratch: Scratch::default() }
    }

    fn found(&mut self, text: &str) -> Vec<Entity> {
        self.engine.detect(text, &mut self.scratch)
    }

    /// The texts that are not wholly one entity of `kind`.
    fn missed<S: AsRef<str>>(&mut self, kind: Kind, texts: &[S]) -> Vec<String> {
        let is_whole = |e: &Entity, text: &str| e.kind == kind && e.span.range() == (0..text.len());
        texts.iter().map(AsRef::as_ref).filter(|text| !self.found(text).iter().any(|e| is_whole(e, text))).map(str::to_owned).collect()
    }

    /// The texts in which some entity of `kind` is found.
    fn called<S: AsRef<str>>(&mut self, kind: Kind, texts: &[S]) -> Vec<String> {
        texts.iter().map(AsRef::as_ref).filter(|text| self.found(text).iter().any(|e| e.kind == kind)).map(str::to_owned).collect()
    }

    fn above_low(&mut self, text: &str, kind: Kind) -> bool {
        let found = self.found(text);
        found.iter().any(|e| e.kind == kind && confidence(e.kind, &e.evidence, &self.rules).is_some_and(|c| c > Confidence::Low))
    }
}

/// Test numbers of the tax agency: born in four centuries' forms, and samordningsnummer, also with a day or month that
/// is not established.
const NUMBERS: [&str; 16] = [
    "199905282381",
    "200006172381",
    "199808062393",
    "200102172384",
    "200010152395",
    "199512242380",
    "199601022388",
    "200101062396",
    "197500752386",
    "198706602391",
    "200000862391",
    "197800882396",
    "202306872397",
    "195408642394",
    "192007752385",
    "202210822389",
];

/// The written forms of twelve digits.
fn forms(number: &str) -> Vec<String> {
    let (date, serial) = number.split_at(8);
    let short = &date[2..];
    let mut forms = vec![format!("{date}{serial}"), format!("{short}{serial}")];
    for sign in ["-", "\u{2013}", "\u{2011}", "\u{2212}", " - ", "\u{a0}"] {
        forms.extend([format!("{date}{sign}{serial}"), format!("{short}{sign}{serial}")]);
    }
    forms.extend([
        format!("{date} {serial}"),
        format!("{short} {serial}"),
        format!("{}-{}-{}-{serial}", &date[..4], &date[4..6], &date[6..]),
    ]);
    forms
}

#[test]
fn personnummer_are_found_in_every_form() {
    let mut bare = Bare::new();
    let all: Vec<String> = NUMBERS.iter().flat_map(|number| forms(number)).collect();
    let missed = bare.missed(Kind::Personnummer, &all);
    assert!(missed.is_empty(), "{} of {}: {missed:?}", missed.len(), all.len());
    // With a word for it, before and after, and beside a word for calls where nobody can call twelve digits.
    for frame in ["Personnummer: #", "pnr #", "# är hennes personnummer", "Ring # i dag", "Mobil #, alltså personnumret"] {
        let framed: Vec<String> = NUMBERS.iter().map(|number| frame.replace('#', number)).collect();
        let called = bare.called(Kind::Personnummer, &framed);
        assert_eq!(called.len(), framed.len(), "{frame}");
    }
}

#[test]
fn over_a_hundred_years_is_a_plus() {
    let mut bare = Bare::new();
    let missed = bare.missed(Kind::Personnummer, &["900101+9802", "18900101+9802", "900102+9819", "18900102+9819", "900103+9800"]);
    assert!(missed.is_empty(), "{missed:?}");
}

/// A date and birth number with the check digit they would have.
fn with_check_digit(date: &str, birth: &str) -> String {
    let short: Vec<u8> = date[date.len() - 6..].bytes().chain(birth.bytes()).map(|b| b - b'0').collect();
    let digit = (0..10).find(|&d| luhn(&[&short[..], &[d]].concat())).unwrap_or_default();
    format!("{date}-{birth}{digit}")
}

#[test]
fn what_cannot_be_a_personnummer_is_none() {
    let mut bare = Bare::new();
    // No such month, no such day, no birth number; the check digit is right.
    let dates = [
        "991328", "990532", "990230", "990229", "990592", "990500", "990400", "992528", "19991328", "19990229", "20250230", "17990528",
        "21990528",
    ];
    let mut texts: Vec<String> =
        dates.iter().map(|date| with_check_digit(date, "238")).chain([with_check_digit("990528", "000")]).collect();
    // A wrong check digit, too short, too long, in a word, a date.
    texts.extend(
        ["990528-2382", "19990528-2380", "990528-238", "9905282-381", "990528-23811", "119990528-2381", "000000-0000"].map(str::to_owned),
    );
    texts.extend(
        ["99-05-28", "1999-05-28", "990528", "1234567890", "0000000000", "99052823812", "1999052823811", "x990528-2381", "990528-2381x"]
            .map(str::to_owned),
    );
    let called = bare.called(Kind::Personnummer, &texts);
    assert!(called.is_empty(), "{called:?}");
}

#[test]
fn telephone_numbers_are_found_in_every_form() {
    let mut bare = Bare::new();
    let texts = [
        "070-174 06 12",
        "0701740612",
        "070 174 06 12",
        "070-1740612",
        "070-17 40 612",
        "0701-740612",
        "0701-74 06 12",
        "070.174.06.12",
        "070/174 06 12",
        "070 1740612",
        "(070) 174 06 12",
        "+46701740612",
        "+46 70 174 06 12",
        "+46 (0)70 174 06 12",
        "+46(0)701740612",
        "+46-70-174 06 12",
        "0046701740612",
        "0046 70 174 06 12",
        "+46 70-174 06 12",
        "031-390 06 12",
        "031-3900612",
        "0313900612",
        "031 390 06 12",
        "+46 31 390 06 12",
        "+46313900612",
        "08-465 004 12",
        "08-46500412",
        "0846500412",
        "08 465 004 12",
        "+46 8 465 004 12",
        "040-628 04 12",
        "0980-31 92 12",
        "0980-319 212",
        "0980319212",
        "0771-00 00 00",
        "020-00 00 00",
        "+47 22 00 00 00",
        "+358 40 000 0000",
        "tel:+46701740612",
    ];
    let missed = bare.missed(Kind::Phone, &texts[..texts.len() - 1]);
    assert!(missed.is_empty(), "{} of {}: {missed:?}", missed.len(), texts.len());
    assert_eq!(bare.called(Kind::Phone, &texts[texts.len() - 1..]).len(), 1);
    let not = [
        "08.00-10.00",
        "08 00-16 30",
        "08:00",
        "2026-05-12",
        "12 031 390",
        "0,701740612",
        "070",
        "0701",
        "978-91-7845-112-6",
        "19990528-2381",
        "10 000 000",
    ];
    let called = bare.called(Kind::Phone, &not);
    assert!(called.is_empty(), "{called:?}");
}

#[test]
fn mail_addresses_are_found_in_every_form() {
    let mut bare = Bare::new();
    let texts = [
        "anna@example.se",
        "anna.ek@example.com",
        "anna+lista@example.org",
        "a@example.se",
        "ANNA.EK@EXAMPLE.SE",
        "anna_ek-88@mail.example.com",
        "åsa@exempel.example",
        "anna.ek@a.b.c.example",
        "anna(at)example.se",
        "anna [at] example.com",
        "o'neil@example.com",
        "1234@example.org",
        "x.y.z@example.se",
    ];
    let missed = bare.missed(Kind::Email, &texts);
    assert!(missed.is_empty(), "{missed:?}");
    let called = bare.called(Kind::Email, &["anna@", "@example.se", "anna@example", "anna example.se", "a@b@", "bild@2x.png", "@anna"]);
    assert!(called.is_empty(), "{called:?}");
}

#[test]
fn accounts_and_cards_are_found_in_every_form() {
    let mut bare = Bare::new();
    let texts = [
        "SE4550000000058398257466",
        "SE45 5000 0000 0583 9825 7466",
        "se4550000000058398257466",
        "DE89370400440532013000",
        "DE89 3704 0044 0532 0130 00",
        "NO9386011117947",
        "FI2112345600000785",
        "DK5000400440116243",
        "GB29 NWBK 6016 1331 9268 19",
        "FR14 2004 1010 0505 0001 3M02 606",
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "5555555555554444",
        "378282246310005",
        "3782 822463 10005",
        "30569309025904",
        "6011111111111117",
        "3530111333300000",
        "4012888888881881",
        "5544-8120",
        "501-2778",
        "5918-3400",
    ];
    let missed = bare.missed(Kind::Account, &texts);
    assert!(missed.is_empty(), "{missed:?}");
    // Wrong check digits, no issuer, a country without IBAN.
    let not = [
        "SE4550000000058398257467",
        "DE89370400440532013001",
        "XX4550000000058398257466",
        "4111111111111112",
        "1234567812345670",
        "5501-2779",
        "411111111111",
    ];
    let called = bare.called(Kind::Account, &not);
    assert!(called.is_empty(), "{called:?}");
}

#[test]
fn organisation_numbers_are_found_in_every_form() {
    let mut bare = Bare::new();
    let texts =
        ["212000-1355", "2120001355", "16212000-1355", "162120001355", "SE212000135501", "802412-3450", "8024123450", "802412 3450"];
    let missed = bare.missed(Kind::Organisationsnummer, &texts);
    assert!(missed.is_empty(), "{missed:?}");
    let called = bare.called(Kind::Organisationsnummer, &["212000-1356", "211000-1356", "19990528-2381", "SE212000135601", "802412-345"]);
    assert!(called.is_empty(), "{called:?}");
}

/// Digits at random, the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.roll(10) as u8)).collect()
    }

    fn isbn(&mut self) -> String {
        let body = format!("{}{}", ["978", "979"][self.roll(2) as usize], self.digits(9));
        let sum: u32 = body.bytes().zip([1, 3].iter().cycle()).map(|(d, w)| u32::from(d - b'0') * w).sum();
        format!("{body}{}", (10 - sum % 10) % 10)
    }

    fn time(&mut self) -> String {
        let mut part = |least: u64, sides: u64| format!("{:02}", least + self.roll(sides));
        format!("20{}{}{}{}{}{}", part(0, 30), part(1, 12), part(1, 28), part(0, 24), part(0, 60), part(0, 60))
    }

    fn mobile(&mut self) -> (String, String) {
        (["70", "72", "73", "76", "79"][self.roll(5) as usize].to_owned(), self.digits(7))
    }
}

#[test]
fn other_numbers_are_no_personnummer() {
    let mut bare = Bare::new();
    let mut dice = Dice(7);
    for frame in ["#", "Numret är # enligt uppgift.", "Se # och #"] {
        for _ in 0..1_500 {
            let (code, rest) = dice.mobile();
            let separated = format!("0{code}-{} {} {}", &rest[..3], &rest[3..5], &rest[5..]);
            let others = [separated, format!("+46{code}{rest}"), format!("0{code} {rest}"), dice.isbn(), dice.time(), dice.digits(24)];
            for other in &others {
                let text = frame.replace('#', other);
                let called = bare.called(Kind::Personnummer, &[&text]);
                assert!(called.is_empty(), "{called:?}");
            }
        }
    }
}

#[test]
fn ten_digits_at_random_are_at_most_a_doubt() {
    let (mut bare, mut dice) = (Bare::new(), Dice(11));
    let sure = (0..20_000).filter(|_| {
        let text = format!("Paketet {} är på väg.", dice.digits(10));
        bare.above_low(&text, Kind::Personnummer)
    });
    let sure = sure.count();
    assert!(sure <= 20, "{sure} of 20000");
}
