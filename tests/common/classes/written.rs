//! Values written in other ways: set apart, in words, in other notations.

use super::*;

pub fn written_otherwise(all: &mut Vec<Class>) {
    for (name, sign) in [
        ("digits apart by blanks", " "),
        ("digits apart by stops", "."),
        ("digits apart by hyphens", "-"),
        ("digits apart by low lines", "_"),
        ("digits apart by commas", ","),
        ("digits apart by commas and blanks", ", "),
        ("digits apart by slashes", "/"),
        ("digits apart by middle dots", "·"),
        ("digits apart by two blanks", "  "),
        ("digits apart by no-break blanks", "\u{a0}"),
        ("digits apart by line feeds", "\n"),
        ("digits apart by bars", "|"),
        ("digits apart by asterisks", "*"),
        ("digits apart by dashes with blanks", " - "),
        ("digits apart by stops and blanks", ". "),
    ] {
        text(all, name, apart(sign));
    }
    for (name, sign) in [
        ("groups by stops", "."),
        ("groups by slashes", "/"),
        ("groups by low lines", "_"),
        ("groups by bars", " | "),
        ("groups by commas", ", "),
        ("groups by semicolons", "; "),
        ("groups by line feeds", "\n"),
        ("groups by quotation marks", "\" \""),
        ("groups in parentheses", ") ("),
        ("groups in brackets", "] ["),
        ("groups by ellipses", "…"),
        ("groups by three stops", "..."),
        ("groups by colons", ":"),
        ("groups by tabs", "\t"),
        ("groups by blanks", " "),
        ("groups by words", " och sedan "),
        ("groups by plus signs", " + "),
        ("groups by emoji", "🙂"),
        ("groups by a list", "\n- "),
        ("nothing between", ""),
    ] {
        text(all, name, joined(sign));
    }
    text(all, "digits as Swedish words", words_for(&SWEDISH, " "));
    text(all, "digits as Swedish words with hyphens", words_for(&SWEDISH, "-"));
    text(all, "digits as Swedish words with commas", words_for(&SWEDISH, ", "));
    text(all, "digits as Swedish words in one", words_for(&SWEDISH, ""));
    text(all, "digits as English words", words_for(&ENGLISH, " "));
    text(
        all,
        "letters apart by blanks",
        Box::new(|v| {
            if v.contains(char::is_alphabetic) && !v.contains(char::is_numeric) && !v.contains('@') {
                v.split(' ').map(|w| w.chars().map(String::from).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("  ")
            } else {
                String::new()
            }
        }),
    );
    text(
        all,
        "letters apart by hyphens",
        Box::new(|v| {
            if v.contains(char::is_alphabetic) && !v.contains(char::is_numeric) && !v.contains('@') {
                v.split(' ').map(|w| w.chars().map(String::from).collect::<Vec<_>>().join("-")).collect::<Vec<_>>().join(" ")
            } else {
                String::new()
            }
        }),
    );
    text(
        all,
        "letters apart by stops",
        Box::new(|v| {
            if v.contains(char::is_alphabetic) && !v.contains(char::is_numeric) && !v.contains('@') {
                v.split(' ').map(|w| w.chars().map(String::from).collect::<Vec<_>>().join(".")).collect::<Vec<_>>().join(" ")
            } else {
                String::new()
            }
        }),
    );
    text(all, "capitals", Box::new(|v| if v.contains(char::is_alphabetic) { v.to_uppercase() } else { String::new() }));
    text(all, "small letters", Box::new(|v| if v.contains(char::is_alphabetic) { v.to_lowercase() } else { String::new() }));
    text(all, "hyphenated over a line", Box::new(|v| if v.contains(char::is_alphabetic) { inside("-\n")(v) } else { String::new() }));
    text(all, "in quotation marks", around("”", "”"));
    text(all, "in asterisks", around("*", "*"));
    text(all, "in low lines", around("_", "_"));
    text(all, "after a hash sign", around("#", ""));
    for (name, sign) in [
        ("(at)", "(at)"),
        ("[at]", "[at]"),
        ("{at}", "{at}"),
        ("<at>", "<at>"),
        ("-at-", "-at-"),
        ("_at_", "_at_"),
        ("at in capitals", " AT "),
        ("at with blanks", " at "),
        ("sign with blanks", " @ "),
        ("sign in parentheses", "(@)"),
        ("sign in brackets", "[@]"),
        ("snabel-a", " snabel-a "),
        ("snabela", " snabela "),
        ("snabel a", " snabel a "),
        ("(snabel-a)", "(snabel-a)"),
        ("[snabel-a]", " [snabel-a] "),
        ("{snabel-a}", "{snabel-a}"),
        ("SNABEL-A", " SNABEL-A "),
        ("kanelbulle", " kanelbulle "),
        ("(a)", "(a)"),
        ("[a]", "[a]"),
        ("full-width sign", "＠"),
        ("small sign", "﹫"),
        ("(at) with blanks", " (at) "),
        ("( at )", " ( at ) "),
        ("(AT)", "(AT)"),
        ("(ät)", "(ät)"),
        ("doubled sign", "@@"),
    ] {
        text(all, name, only_mail("@", sign));
    }
    for (name, sign) in [
        ("(dot)", "(dot)"),
        ("[dot]", "[dot]"),
        ("{dot}", "{dot}"),
        (" dot ", " dot "),
        (" punkt ", " punkt "),
        ("(punkt)", "(punkt)"),
        ("[punkt]", "[punkt]"),
        ("[.]", "[.]"),
        ("(.)", "(.)"),
        ("blank after stop", ". "),
        ("blanks around stop", " . "),
        ("ideographic stop", "。"),
        ("one dot leader", "․"),
    ] {
        text(all, name, only_mail(".", sign));
    }
    text(
        all,
        "all of it in words",
        Box::new(|v| if v.contains('@') { v.replace('@', " snabel-a ").replace('.', " punkt ") } else { String::new() }),
    );
    text(
        all,
        "all of it in English words",
        Box::new(|v| if v.contains('@') { v.replace('@', " at ").replace('.', " dot ") } else { String::new() }),
    );
    text(
        all,
        "all of it in brackets",
        Box::new(|v| if v.contains('@') { v.replace('@', "[at]").replace('.', "[dot]") } else { String::new() }),
    );
    text(
        all,
        "all of it in braces",
        Box::new(|v| if v.contains('@') { v.replace('@', " {at} ").replace('.', " {dot} ") } else { String::new() }),
    );
    text(all, "told not to be sent", Box::new(|v| if v.contains('@') { v.replace("@", "@TABORT") } else { String::new() }));
    text(all, "century in words", Box::new(|v| if v.starts_with('8') { format!("nittonhundra {OPEN}{v}") } else { String::new() }));
    text(all, "century apart", Box::new(|v| if v.starts_with('8') { format!("19 {v}") } else { String::new() }));
    text(all, "date and number apart", Box::new(|v| if v.starts_with('8') { "1980-01-02, 2386".to_owned() } else { String::new() }));
    text(all, "date in words", Box::new(|v| if v.starts_with('8') { "2 januari 1980 - 2386".to_owned() } else { String::new() }));
    text(all, "date turned", Box::new(|v| if v.starts_with('8') { "02/01/1980-2386".to_owned() } else { String::new() }));
    text(all, "country code", Box::new(|v| if v.starts_with("070") { "+46 70 174 06 05".to_owned() } else { String::new() }));
    text(all, "country code with zero", Box::new(|v| if v.starts_with("070") { "+46(0)70-1740605".to_owned() } else { String::new() }));
    text(
        all,
        "country code after two zeros",
        Box::new(|v| if v.starts_with("070") { "0046 70 174 06 05".to_owned() } else { String::new() }),
    );
    text(all, "country code without plus", Box::new(|v| if v.starts_with("070") { "46701740605".to_owned() } else { String::new() }));
    text(all, "full-width plus", Box::new(|v| if v.starts_with("070") { "＋46 70 174 06 05".to_owned() } else { String::new() }));
    text(all, "plus in words", Box::new(|v| if v.starts_with("070") { "plus 46 70 174 06 05".to_owned() } else { String::new() }));
    text(all, "code in parentheses", Box::new(|v| if v.starts_with("070") { "(070) 174 06 05".to_owned() } else { String::new() }));
    text(all, "code by words", Box::new(|v| if v.starts_with("070") { "noll sjuttio 174 06 05".to_owned() } else { String::new() }));
    text(all, "groups of one and two", Box::new(|v| if v.starts_with("070") { "07 01 74 06 05".to_owned() } else { String::new() }));
    text(all, "groups of three", Box::new(|v| if v.starts_with("070") { "070 174 060 5".to_owned() } else { String::new() }));
    text(all, "surname first", Box::new(|v| if v.starts_with('Å') { "Lindqvist, Åsa".to_owned() } else { String::new() }));
    text(all, "initial and surname", Box::new(|v| if v.starts_with('Å') { "Å. Lindqvist".to_owned() } else { String::new() }));
    text(all, "name in one word", Box::new(|v| if v.starts_with('Å') { "ÅsaLindqvist".to_owned() } else { String::new() }));
    text(all, "name with low line", Box::new(|v| if v.starts_with('Å') { "Åsa_Lindqvist".to_owned() } else { String::new() }));
    text(all, "name with stop", Box::new(|v| if v.starts_with('Å') { "Åsa.Lindqvist".to_owned() } else { String::new() }));
    text(all, "name without dots and rings", Box::new(|v| if v.starts_with('Å') { "Asa Lindqvist".to_owned() } else { String::new() }));
    text(all, "leet letters", Box::new(|v| if v.starts_with('Å') { "Ås4 L1ndqv1st".to_owned() } else { String::new() }));
    text(all, "percent-encoded where needed", percent(false));
    text(all, "percent-encoded throughout", percent(true));
    text(all, "base64", Box::new(base64));
    text(all, "escapes of JSON in text", each(|c| format!("\\u{:04x}", c as u32)));
    text(all, "escapes of C in text", Box::new(|v| v.bytes().map(|b| format!("\\x{b:02x}")).collect()));
    text(all, "references in text", each(|c| format!("&#{};", c as u32)));
    text(all, "hexadecimal references in text", each(|c| format!("&#x{:x};", c as u32)));
    text(all, "quoted-printable in text", quoted_printable(true));
    text(all, "mojibake", Box::new(mojibake));
    text(all, "mojibake twice", Box::new(|v| mojibake(&mojibake(v))));
    framed(all, "in an address", "txt", "{b}https://example.se/sok?q={v}&x=1{a}\n", percent(false));
    framed(all, "in a path", "txt", "{b}https://example.se/personer/{v}/index{a}\n", percent(false));
    framed(all, "in a file name", "txt", "{b}/bilder/{v}.jpg{a}\n", as_is());
    framed(all, "in a name of a picture", "txt", "{b}bild_{v}.jpg{a}\n", as_is());
    framed(all, "after a colon without blank", "txt", "{b}här:{v}{a}\n", as_is());
    framed(all, "beside brackets", "txt", "{b}[{v}]{a}\n", as_is());
    framed(all, "in a table of text", "txt", "| {b} | {v} | {a} |\n", as_is());
    framed(all, "value on the next line", "txt", "{b}\n{v}\n{a}\n", as_is());
    framed(all, "value two lines below", "txt", "{b}\n\n{v}\n\n{a}\n", as_is());
    framed(all, "quoted mail", "txt", "> {b}{v}{a}\n", as_is());
    framed(all, "quoted over two lines", "txt", "> {b}{v}{a}\n", inside_blank("\n> "));
    framed(all, "in code fence", "md", "```\n{b}{v}{a}\n```\n", as_is());
}
