//! Packs, services, dates and what a configuration knows: the policy as somebody sees it who runs the program.

#[path = "common/program.rs"]
mod program;

use program::{folder, ombud};
use serde_json::Value;

/// `rule severity state` of each finding in order.
fn check(files: &[(&str, &str)], args: &[&str]) -> Vec<String> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let dir = folder(&files);
    let run = ombud(dir.path(), &[&["check", "--format", "json", "."], args].concat(), b"");
    let answer: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {} {}", run.stdout, run.stderr));
    let word = |f: &Value, key: &str| f[key].as_str().expect("a word").to_owned();
    let rows = answer["findings"].as_array().expect("findings");
    rows.iter().map(|f| format!("{} {} {}", word(f, "rule"), word(f, "severity"), word(f, "state"))).collect()
}

fn one(text: &str, args: &[&str]) -> String {
    check(&[("a.md", text)], &[&["--no-config"], args].concat()).join(", ").replace(" new", "")
}

#[test]
fn packs_differ_where_their_purpose_does() {
    let child = "![Två barn bygger en koja](a.jpg)";
    let name = "Tack Linnea Ek för i sommar!";
    let embed = "<iframe src=\"https://www.youtube.com/embed/a\"></iframe>";
    let number = "Personnummer 800102-2386.";
    for (pack, channel, text, want) in [
        ("kommun", "web", child, "OMB404 warning"),
        ("skola", "web", child, "OMB404 error"),
        ("kommun", "web", name, "OMB301 note"),
        ("skola", "web", name, "OMB301 warning"),
        ("region", "web", name, "OMB301 warning"),
        ("forening", "facebook", name, "OMB301 warning"),
        ("kommun", "facebook", name, "OMB301 error"),
        ("strikt", "facebook", name, "OMB301 error"),
        ("kommun", "web", embed, "OMB701 warning"),
        ("skola", "web", embed, "OMB701 error"),
        ("region", "web", embed, "OMB701 error"),
        ("kommun", "intranat", number, "OMB101 warning"),
        ("intern", "intranat", number, "OMB101 error"),
        ("forening", "web", "![](badet.jpg)", "OMB602 note"),
        ("kommun", "web", "![](badet.jpg)", "OMB602 warning"),
        ("intern", "intranat", "Bibliotekarien Linnea Ek hälsar välkommen.", ""),
    ] {
        assert_eq!(one(text, &["--policy", pack, "--channel", channel]), want, "{pack} {channel} {text}");
    }
    // A pack's own channel counts where nobody says another.
    assert_eq!(one(number, &["--policy", "intern"]), "OMB101 error");
}

/// Embeds of services in third countries, and what only looks like them.
const EMBEDS: [&str; 30] = [
    "<iframe src='https://www.youtube.com/embed/a'></iframe>",
    "<iframe src=\"https://www.youtube-nocookie.com/embed/a\"></iframe>",
    "<iframe src=https://player.vimeo.com/video/1></iframe>",
    "<script src='https://www.googletagmanager.com/gtag/js?id=G'></script>",
    "<script async src='//www.google-analytics.com/analytics.js'></script>",
    "<script>var s='https://www.googletagmanager.com/gtm.js?id=';</script>",
    "<script>!function(){t.src=\"https://connect.facebook.net/en_US/fbevents.js\"}()</script>",
    "<script>j('//static.hotjar.example/x');k('https://cdn.amplitude.com/libs/a.js')</script>",
    "<link rel='stylesheet' href='https://fonts.googleapis.com/css?family=Lato'>",
    "<link rel=preconnect href=https://fonts.gstatic.com>",
    "<style>@import url('https://use.typekit.net/a.css');</style>",
    "<style>@import \"https://fonts.googleapis.com/css2\";</style>",
    "<p style=\"background:url(https://a.cloudfront.net/b.png)\">Text</p>",
    "<img alt='' src='https://scontent.fbcdn.net/a.jpg'>",
    "<img alt='' src='/a.jpg' srcset='https://i.ytimg.com/vi/a.jpg 2x'>",
    "<picture><source srcset='//live.staticflickr.com/a.webp'></picture>",
    "<video src='https://a.s3.amazonaws.com/film.mp4'></video>",
    "<video poster='https://i.ytimg.com/vi/a.jpg'></video>",
    "<object data='https://www.slideshare.net/a'></object>",
    "<embed src='https://www.scribd.com/embeds/1'>",
    "<form action='https://exempel.us1.list-manage.com/subscribe/post'></form>",
    "<form><button formaction=\"https://formspree.io/f/1\">Skicka</button></form>",
    "<iframe src='https://docs.google.com/forms/d/e/1/viewform'></iframe>",
    "<iframe src='https://WWW.FACEBOOK.COM/plugins/page.php'></iframe>",
    "<script src='https://platform.twitter.com/widgets.js'></script>",
    "<script src='https://www.tiktok.com/embed.js'></script>",
    "<script src='https://mc.yandex.ru/metrika/tag.js'></script>",
    "<script src='https://code.jquery.com/jquery.js'></script>",
    "<svg><image href='https://a.azureedge.net/b.png'></image></svg>",
    "<iframe src='https://www.google.com/maps/embed?pb=1'></iframe>",
];

const LOOKALIKES: [&str; 30] = [
    "<iframe src='https://youtube.exempel.example/embed/a'></iframe>",
    "<iframe src='https://www.notyoutube.com/embed/a'></iframe>",
    "<iframe src='https://exempel.example/www.youtube.com/embed'></iframe>",
    "<iframe src='/www.youtube.com/embed/a'></iframe>",
    "<iframe src='https://exempel.example/?u=https://www.youtube.com/embed'></iframe>",
    "<iframe data-src='https://www.youtube.com/embed/a'></iframe>",
    "<p>www.youtube.com och https://www.youtube.com/embed/a</p>",
    "<pre>&lt;iframe src='https://www.youtube.com/embed/a'&gt;</pre>",
    "<code>https://fonts.googleapis.com/css</code>",
    "<!-- <script src='https://www.google-analytics.com/analytics.js'></script> -->",
    "<script src='/js/googletagmanager.com/gtag.js'></script>",
    "<script src='https://matomo.exempel.example/matomo.js'></script>",
    "<script src='https://plausible.io/js/script.js'></script>",
    "<script>var link='https://www.facebook.com/exempelkommun';</script>",
    "<script>// https://www.googletagmanager.com/gtm.js</script>",
    "<script type='application/ld+json'>{\"sameAs\": \"https://www.instagram.com/p/1\"}</script>",
    "<link rel='canonical' href='https://www.youtube.com/watch?v=a'>",
    "<link rel='me' href='https://twitter.com/share'>",
    "<link rel='stylesheet' href='https://fonts.bunny.net/css?family=lato'>",
    "<style>p::after { content: 'https://use.typekit.net/a.css' }</style>",
    "<style>@font-face { src: url('/typsnitt/lato.woff2') }</style>",
    "<p style='color: red' title='https://a.cloudfront.net/b.png'>Text</p>",
    "<img alt='' src='https://bilder.exempel.example/ytimg.com.jpg'>",
    "<img alt='' data-src='https://i.ytimg.com/vi/a.jpg' src='/a.jpg'>",
    "<video src='/film/amazonaws.com.mp4'></video>",
    "<form action='/skicka?till=list-manage.com'></form>",
    "<form action='https://exempel.webropolsurveys.com/s/1'></form>",
    "<iframe src='https://www.openstreetmap.org/export/embed.html'></iframe>",
    "<iframe src='https://play.quickchannel.com/a'></iframe>",
    "<meta property='og:video' content='https://www.youtube.com/v/a'>",
];

#[test]
fn embeds_are_told_from_what_looks_like_them() {
    let page = |pieces: &[&str]| pieces.iter().map(|p| format!("<div>{p}</div>\n")).collect::<String>();
    let found = check(&[("a.html", &page(&EMBEDS))], &["--no-config"]);
    assert_eq!(found.len(), 30, "{found:#?}");
    assert!(found.iter().all(|f| f.starts_with("OMB70")), "{found:#?}");
    let found = check(&[("a.html", &page(&LOOKALIKES))], &["--no-config"]);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_remedy_says_what_to_use_in_place_of_the_service() {
    let remedies = |file: &str, text: &str, lang: &str| -> Vec<String> {
        let dir = folder(&[(file, text.as_bytes())]);
        let run = ombud(dir.path(), &["check", "--no-config", "--format", "json", "--lang", lang, "."], b"");
        let answer: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {} {}", run.stdout, run.stderr));
        answer["findings"].as_array().expect("findings").iter().map(|f| f["remedy"].as_str().expect("a remedy").to_owned()).collect()
    };
    for (page, sv, en) in [
        ("<iframe src='https://www.youtube.com/embed/a'></iframe>", "Quickchannel (SE)", "PeerTube"),
        ("<iframe src='https://docs.google.com/forms/d/e/1/viewform'></iframe>", "Artologik (SE)", "the own e-service"),
        ("<iframe src='https://www.google.com/maps/embed?pb=1'></iframe>", "Lantmäteriets", "the municipality's map"),
        ("<script src='https://www.google.com/recaptcha/api.js'></script>", "Friendly Captcha (DE)", "ALTCHA"),
        ("<script src='//www.google-analytics.com/a.js'></script>", "Vizzit (SE)", "Matomo on the own server"),
        (
            "<link rel='stylesheet' href='https://fonts.googleapis.com/css'>",
            "Lägg typsnittsfilerna på den egna servern.",
            "Host the font files",
        ),
        ("<a href='https://bit.ly/a'>Läs mer</a>", "kort adress på den egna domänen", "on the own domain"),
        ("<script src='https://connect.facebook.net/sv_SE/sdk.js'></script>", "Byt mot en vanlig länk", "Change to a plain link"),
        ("<script src='https://mc.yandex.ru/metrika/tag.js'></script>", "Ta bort den genast", "Remove it at once"),
    ] {
        for (lang, words) in [("sv", sv), ("en", en)] {
            let said = remedies("a.html", page, lang);
            assert!(!said.is_empty() && said.iter().all(|r| r.contains(words)), "{page} {lang}: {said:#?}");
        }
    }
    // Who only links has nothing to change to a plain link.
    let said = remedies("a.html", "<p>Följ oss på <a href='https://www.facebook.com/exempelkommun'>Facebook</a>.</p>", "sv");
    assert!(!said.is_empty() && said.iter().all(|r| !r.contains("Byt mot")), "{said:#?}");
}

#[test]
fn what_a_transfer_rests_on_has_dates() {
    let page =
        [("a.html", "<p>Film:</p><iframe src='https://www.youtube.com/embed/a'></iframe>"), ("ombud.toml", "exclude = [\"ombud.toml\"]\n")];
    assert_eq!(check(&page, &[]), ["OMB701 warning new"]);
    // Before the decision on the framework, the USA was a third country as any.
    assert_eq!(check(&page, &["--as-of", "2022-01-01"]), ["OMB702 error new"]);
    let switched = [page[0], ("ombud.toml", "exclude = [\"ombud.toml\"]\n[transfer]\ndpf-invalid-from = 2026-06-01\n")];
    assert_eq!(check(&switched, &["--as-of", "2026-05-31"]), ["OMB701 warning new"]);
    assert_eq!(check(&switched, &["--as-of", "2026-06-01"]), ["OMB702 error new"]);
    // The same for a channel: first names are a warning on a platform that relies on it, and errors elsewhere by OMB710.
    let post = |config| [("a.txt", "Tack Kerstin i receptionen för alla glada skratt!"), ("ombud.toml", config)];
    let switched = post("exclude = [\"ombud.toml\"]\n[transfer]\ndpf-invalid-from = 2026-06-01\n");
    assert_eq!(check(&switched, &["--channel", "facebook", "--as-of", "2026-05-31"]), ["OMB304 warning new"]);
    assert_eq!(check(&switched, &["--channel", "facebook", "--as-of", "2026-06-01"]), ["OMB710 error new"]);
}

#[test]
fn a_pack_grows_old() {
    let post = [("a.txt", "Badet öppnar klockan nio.\n")];
    assert!(check(&post, &["--no-config", "--as-of", "2027-11-23"]).is_empty());
    assert_eq!(check(&post, &["--no-config", "--as-of", "2027-11-24"]), ["OMB905 warning new"]);
}

#[test]
fn agreements_accept_and_end() {
    let page = "<iframe src='https://www.youtube.com/embed/a'></iframe><script src='https://code.jquery.com/j.js'></script>";
    let config = "exclude = [\"ombud.toml\"]\n[[agreements]]\nservice = \"youtube.com\"\nreason = \"dnr 1, bedömt\"\nwho = \"dataskyddsombudet\"\ntill = 2026-06-30\n";
    let files = [("a.html", page), ("ombud.toml", config)];
    assert_eq!(check(&files, &["--as-of", "2026-06-30"]), ["OMB701 warning suppressed", "OMB701 warning new"]);
    assert_eq!(check(&files, &["--as-of", "2026-07-01"]), ["OMB701 warning new", "OMB701 warning new", "OMB904 warning new"]);
    // One for a service that a page does not use hides nothing, and says nothing of another's.
    let files = [("a.html", page), ("ombud.toml", &config.replace("youtube.com", "vimeo.com"))];
    assert_eq!(check(&files, &["--as-of", "2026-06-30"]), ["OMB701 warning new", "OMB701 warning new"]);
}

#[test]
fn office_holders_are_officials_for_their_term() {
    let config = "exclude = [\"ombud.toml\"]\n[[own.office-holders]]\nname = \"Linnea Ek\"\nrole = \"nämndledamot\"\ntill = 2026-12-31\n";
    let files = [("a.txt", "Linnea Ek hälsar välkommen."), ("ombud.toml", config)];
    let facebook = |day| check(&files, &["--channel", "facebook", "--as-of", day]);
    assert_eq!(facebook("2026-12-31"), ["OMB302 warning new"]);
    assert_eq!(facebook("2027-01-01"), ["OMB301 error new"]);
}

#[test]
fn a_confirmed_platform_is_not_unconfirmed() {
    let also = |config: &str, day: &str| {
        let dir = folder(&[("a.txt", "Ring Kerstin.".as_bytes()), ("ombud.toml", config.as_bytes())]);
        let run = ombud(dir.path(), &["check", "--format", "json", "--channel", "facebook", "--as-of", day, "a.txt"], b"");
        run.stdout.contains("OMB711")
    };
    assert!(also("", "2026-11-23"));
    let config = "[transfer.confirmed]\nfacebook = { on = 2026-11-01, who = \"dataskyddsombudet\" }\n";
    assert!(!also(config, "2026-11-23"));
    assert!(also(config, "2026-10-31") && also(config, "2027-11-02"));
}
