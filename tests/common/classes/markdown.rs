//! In Markdown.

use super::*;

pub fn in_markdown(all: &mut Vec<Class>) {
    let mut md = |name, value| framed(all, name, "md", "{b}{v}{a}\n", value);
    md("Markdown strong around", around("**", "**"));
    md("Markdown strong inside", wrapped("**", "**"));
    md("Markdown emphasis inside", wrapped("*", "*"));
    md("Markdown low lines inside", wrapped("_", "_"));
    md("Markdown double low lines inside", wrapped("__", "__"));
    md("Markdown strike inside", wrapped("~~", "~~"));
    md("Markdown code around", around("`", "`"));
    md("Markdown code inside", wrapped("`", "`"));
    md("Markdown escapes", each(|c| if c.is_ascii_punctuation() { format!("\\{c}") } else { c.to_string() }));
    md("Markdown references", each(|c| format!("&#{};", c as u32)));
    md("Markdown tag inside", wrapped("<span>", "</span>"));
    md("Markdown comment inside", inside("<!-- x -->"));
    md("Markdown link around", around("[", "](https://example.se/)"));
    md("Markdown link inside", wrapped("[", "](https://example.se/)"));
    md("Markdown reference link inside", wrapped("[", "][x]"));
    md("Markdown image alternative", around("![", "](a.jpg)"));
    md("Markdown picture title", around("![](a.jpg \"", "\")"));
    md("Markdown link title", around("[x](/a \"", "\")"));
    md("Markdown hard break", signs(&[(" ", "  \n"), ("-", "-  \n")]));
    md("Markdown hard break by sign", signs(&[(" ", "\\\n")]));
    md("Markdown soft break", signs(&[(" ", "\n")]));
    md("Markdown footnote", around("x[^1].\n\n[^1]: ", ""));
    md("Markdown highlight inside", wrapped("==", "=="));
    md("Markdown autolink", Box::new(|v| if v.contains('@') { format!("<{OPEN}{v}{CLOSE}>") } else { String::new() }));
    md("Markdown shortcode", around("{{< figure caption=\"", "\" >}}"));
    md("Markdown attribute", around("x{title=\"", "\"}"));
    md("Markdown maths", around("$", "$"));
    for (name, frame) in [
        ("Markdown heading", "# {b}{v}{a}\n"),
        ("Markdown heading below", "{b}{v}{a}\n=====\n"),
        ("Markdown quotation", "> {b}{v}{a}\n"),
        ("Markdown list", "- {b}{v}{a}\n"),
        ("Markdown nested list", "- x\n  - y\n    - {b}{v}{a}\n"),
        ("Markdown task", "- [x] {b}{v}{a}\n"),
        ("Markdown table", "| x | y |\n|---|---|\n| {b} | {v} |\n"),
        ("Markdown code block", "```\n{b}{v}{a}\n```\n"),
        ("Markdown indented code", "x\n\n    {b}{v}{a}\n"),
        ("Markdown comment", "x\n\n<!-- {b}{v}{a} -->\n"),
        ("Markdown link definition as comment", "x\n\n[//]: # ({b}{v}{a})\n"),
        ("Markdown front matter", "---\nsummary: \"{b}{v}{a}\"\n---\nx\n"),
        ("Markdown front matter of TOML", "+++\nsummary = \"{b}{v}{a}\"\n+++\nx\n"),
        ("Markdown front matter of JSON", "{\"summary\": \"{b}{v}{a}\"}\n\nx\n"),
        ("Markdown HTML block", "<div>\n{b}{v}{a}\n</div>\n"),
        ("Markdown definition list", "Ord\n: {b}{v}{a}\n"),
        ("Markdown with carriage returns", "x\r{b}{v}{a}\r"),
        ("MDX expression", "<Card text={\"{b}{v}{a}\"} />\n"),
        ("Markdown Liquid comment", "{% comment %}{b}{v}{a}{% endcomment %}\n"),
    ] {
        framed(all, name, "md", frame, as_is());
    }
    framed(all, "Markdown mailto", "md", "[x](mailto:{v})\n", only_mail("@", "@"));
    framed(all, "Markdown mailto encoded", "md", "[x](mailto:{v})\n", only_mail("@", "%40"));
    let call = |form: &'static str| -> Write { Box::new(move |v| if v.starts_with("070") { form.to_owned() } else { String::new() }) };
    framed(all, "Markdown tel", "md", "[x](tel:{v})\n", call("+46701740605"));
    framed(all, "Markdown sms", "md", "[x](sms:{v})\n", call("+46701740605"));
    framed(all, "Markdown wa.me", "md", "[x](https://wa.me/{v})\n", call("46701740605"));
    framed(all, "Markdown link query", "md", "[x](https://example.se/?q={v})\n", percent(false));
    framed(all, "Markdown picture file", "md", "![](/bilder/{v}.jpg)\n", percent(false));
    framed(all, "Markdown data address", "md", "[x](data:text/plain,{v})\n", percent(false));
}
