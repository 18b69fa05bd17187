//! `ombud init`: writes a commented `ombud.toml` from what lies in the folder. Asks nothing.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::check::print;
use super::{CLEAN, Stop};
use crate::policy::Policy;
use crate::policy::config::Config;
use crate::report::Lang;

#[derive(Debug, clap::Args)]
pub(super) struct InitArgs {
    /// The folder of the drafts.
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Whose drafts they are.
    #[arg(long, value_name = "NAME")]
    organisation: Option<String>,
    /// The pack: kommun, skola, region, forening, intern, strikt …
    #[arg(long, default_value = "kommun")]
    policy: String,
    /// The organisation's own mail and web domain; more than once.
    #[arg(long = "domain", value_name = "DOMAIN")]
    domains: Vec<String>,
    /// A number that reaches the organisation, not one person; more than once.
    #[arg(long = "switchboard", value_name = "NUMBER")]
    switchboards: Vec<String>,
    /// Write over an ombud.toml that is there.
    #[arg(long)]
    force: bool,
    /// Print the file instead of writing it.
    #[arg(long)]
    print: bool,
}

/// How deep folders are looked at.
const DEPTH: usize = 3;
/// The most folders that are looked at: a draft folder has few, a disk many.
const MOST: usize = 5_000;
/// Folders whose names say nothing of a channel.
const SKIPPED: [&str; 8] = ["node_modules", "target", "vendor", "dist", "build", "public", "_site", "themes"];
/// Where generators of web sites keep what is published, and the file that tells such a site.
const SITES: [(&str, &str); 12] = [
    ("hugo.toml", "content"),
    ("hugo.yaml", "content"),
    ("config.toml", "content"),
    ("_config.yml", "_posts"),
    ("astro.config.mjs", "src/content"),
    ("astro.config.ts", "src/content"),
    (".eleventy.js", "src"),
    ("eleventy.config.js", "src"),
    ("mkdocs.yml", "docs"),
    ("gatsby-config.js", "content"),
    ("docusaurus.config.js", "docs"),
    ("antora.yml", "modules"),
];

pub(super) fn run(args: &InitArgs, lang: Lang) -> Result<u8, Stop> {
    let target = args.folder.join("ombud.toml");
    if target.exists() && !args.force && !args.print {
        let said = lang.of("finns redan: --force skriver över den", "is there already: --force writes over it");
        return Err(Stop::Message(format!("{}: {said}", target.display())));
    }
    let pack = Policy::new(&args.policy, &Config::default()).map_err(|e| Stop::Message(e.message))?;
    let paths = found(&args.folder, &pack)?;
    let text = written(args, &paths, &pack, lang);
    // What is written can be read back.
    let config = Config::parse(&text).map_err(|e| Stop::Message(e.message))?;
    Policy::new(&args.policy, &config).map_err(|e| Stop::Message(e.message))?;
    if args.print {
        print(&text)?;
        return Ok(CLEAN);
    }
    std::fs::write(&target, &text).map_err(|e| Stop::Message(format!("{}: {e}", target.display())))?;
    let mut said = format!("{}\n", target.display());
    for (glob, channel) in &paths {
        let _ = writeln!(said, "  {glob} → {channel}");
    }
    let next = lang.of("Nästa: ombud config --show, sedan ombud check", "Next: ombud config --show, then ombud check");
    let _ = writeln!(said, "{next}");
    print(&said)?;
    Ok(CLEAN)
}

/// Globs of folders whose names are channels, and of a generator's content, the deepest first.
fn found(folder: &Path, policy: &Policy) -> Result<Vec<(String, &'static str)>, Stop> {
    let mut globs: BTreeMap<String, &'static str> = BTreeMap::new();
    let mut open = vec![(folder.to_owned(), String::new(), 0)];
    let mut seen = 0;
    while let Some((path, name, depth)) = open.pop() {
        let entries = std::fs::read_dir(&path).map_err(|e| Stop::Message(format!("{}: {e}", path.display())))?;
        for entry in entries.flatten().filter(|e| e.file_type().is_ok_and(|t| t.is_dir())) {
            let own = entry.file_name().to_string_lossy().into_owned();
            seen += 1;
            if own.starts_with('.') || SKIPPED.contains(&own.as_str()) || seen > MOST || own.contains(['"', '\\', '*', '?', '[', '{']) {
                continue;
            }
            let below = if name.is_empty() { own.clone() } else { format!("{name}/{own}") };
            if let Some(channel) = policy.channels().find(&own) {
                globs.insert(format!("{below}/**"), policy.channels().at(channel).id);
            } else if depth + 1 < DEPTH {
                open.push((entry.path(), below, depth + 1));
            }
        }
    }
    for (file, content) in SITES {
        if folder.join(file).is_file() && folder.join(content).is_dir() {
            globs.entry(format!("{content}/**")).or_insert("web");
        }
    }
    let mut globs: Vec<_> = globs.into_iter().collect();
    globs.sort_by_key(|(glob, _)| (std::cmp::Reverse(glob.matches('/').count()), glob.clone()));
    Ok(globs)
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn list(values: &[String]) -> String {
    format!("[{}]", values.iter().map(|v| quoted(v)).collect::<Vec<_>>().join(", "))
}

fn written(args: &InitArgs, paths: &[(String, &'static str)], policy: &Policy, lang: Lang) -> String {
    let mut out = String::new();
    let mut say = |sv: &'static str, en: &'static str| {
        for line in lang.of(sv, en).lines() {
            let _ = writeln!(out, "{}{line}", if line.is_empty() { "" } else { "# " });
        }
    };
    say(
        "Inställningar för ombud. Okända nycklar är fel. `ombud config --show SÖKVÄG` visar vad som gäller och varifrån.",
        "Settings for ombud. Unknown keys are errors. `ombud config --show PATH` shows what applies and from where.",
    );
    let _ = writeln!(out, "language = {}", quoted(lang.of("sv", "en")));
    match &args.organisation {
        Some(name) => drop(writeln!(out, "organisation = {}", quoted(name))),
        None => drop(writeln!(out, "# organisation = {}", quoted(lang.of("Exempelkommunen", "The municipality")))),
    }
    let packs = crate::policy::pack_names().join(", ");
    let _ = writeln!(out, "\n# {}: {packs}.", lang.of("Regelpaketet som gäller", "The pack that applies"));
    let _ = writeln!(out, "extends = {}", quoted(&args.policy));
    let _ = writeln!(out, "\n# {}", lang.of("Utelämnas, utöver det som paketet utelämnar.", "Left out, besides what the pack leaves out."));
    let _ = writeln!(out, "exclude = [\"ombud.toml\"]");
    let _ = writeln!(
        out,
        "\n# {}\n# rules = [{}]",
        lang.of("Egna regler och ordlistor, se docs/rules.md.", "Own rules and lists of words, see docs/rules.md."),
        quoted(lang.of("egna-regler/", "own-rules/"))
    );
    let _ = writeln!(
        out,
        "\n# {}\n[paths]",
        lang.of(
            "Vilken kanal ett utkast är för. Den första som stämmer gäller.",
            "Which channel a draft is for. The first that fits counts."
        )
    );
    for (glob, channel) in paths {
        let _ = writeln!(out, "{} = {}", quoted(glob), quoted(channel));
    }
    if paths.is_empty() {
        let _ = writeln!(out, "# \"facebook/**\" = \"facebook\"");
    }
    let default = policy.channels().at(policy.default_channel()).id;
    let _ = writeln!(out, "\"**\" = {}", quoted(default));
    let own = lang.of(
        "Det egna: växlar, domäner och lokaler är ingens personuppgifter.",
        "What is our own: switchboards, domains and premises are nobody's personal data.",
    );
    let _ = writeln!(out, "\n# {own}\n[own]");
    let _ = writeln!(
        out,
        "{}domains      = {}",
        if args.domains.is_empty() { "# " } else { "" },
        if args.domains.is_empty() { list(&["exempelkommun.example".to_owned()]) } else { list(&args.domains) }
    );
    let _ = writeln!(
        out,
        "{}switchboards = {}",
        if args.switchboards.is_empty() { "# " } else { "" },
        if args.switchboards.is_empty() { list(&["031-390 06 00".to_owned()]) } else { list(&args.switchboards) }
    );
    let _ = writeln!(out, "# premises     = {}", list(&["Storgatan 1".to_owned()]));
    out.push_str(lang.of(
        "\n# Förtroendevalda och andra i offentlig tjänst, så länge uppdraget varar.\n# [[own.office-holders]]\n# name = \"Linnea Ek\"\n# role = \"nämndledamot\"\n# till = 2026-12-31\n\
         \n# Vad överföringar till USA vilar på. En rad byter allt den dag beslutet faller.\n[transfer]\ndpf = \"accepted\"\n# dpf-invalid-from = 2027-01-01\n# [transfer.confirmed]\n# facebook = { on = 2026-11-01, who = \"dataskyddsombudet\" }\n\
         \n# Tjänster som det finns avtal och beslut om.\n# [[agreements]]\n# service = \"youtube.com\"\n# reason  = \"dnr 2026-1, bedömd överföring\"\n# who     = \"dataskyddsombudet\"\n# till    = 2027-06-30\n\
         \n# Andra allvarligheter: regel, sedan kanal eller klass (own-web, us-dpf, third-country, internal).\n# [severity]\n# OMB710 = { us-dpf = \"error\" }\n\
         \n# Undantag med skäl och slutdatum; de som gått ut eller inte behövs rapporteras (OMB904).\n# [[suppress]]\n# paths  = [\"arkiv/**\"]\n# rules  = [\"OMB301\"]\n# reason = \"historiskt material\"\n# who    = \"dataskyddsombudet\"\n# till   = 2027-06-30\n\
",
        "\n# Elected and other public officers, for their term.\n# [[own.office-holders]]\n# name = \"Linnea Ek\"\n# role = \"member of the board\"\n# till = 2026-12-31\n\
         \n# What transfers to the USA rest on. One line changes it all on the day the decision falls.\n[transfer]\ndpf = \"accepted\"\n# dpf-invalid-from = 2027-01-01\n# [transfer.confirmed]\n# facebook = { on = 2026-11-01, who = \"the data protection officer\" }\n\
         \n# Services with an agreement and a decision.\n# [[agreements]]\n# service = \"youtube.com\"\n# reason  = \"ref. 2026-1, transfer assessed\"\n# who     = \"the data protection officer\"\n# till    = 2027-06-30\n\
         \n# Other severities: rule, then channel or class (own-web, us-dpf, third-country, internal).\n# [severity]\n# OMB710 = { us-dpf = \"error\" }\n\
         \n# Exceptions with reason and end; those that ended or hide nothing are reported (OMB904).\n# [[suppress]]\n# paths  = [\"archive/**\"]\n# rules  = [\"OMB301\"]\n# reason = \"historical material\"\n# who    = \"the data protection officer\"\n# till   = 2027-06-30\n\
",
    ));
    out
}
