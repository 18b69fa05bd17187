//! In HTML.

use super::*;

pub fn in_html(all: &mut Vec<Class>) {
    const P: &str = "<p>{b}{v}{a}</p>\n";
    let mut html = |name, value| framed(all, name, "html", P, value);
    html("HTML plain", as_is());
    html("HTML decimal references", each(|c| format!("&#{};", c as u32)));
    html("HTML hexadecimal references", each(|c| format!("&#x{:X};", c as u32)));
    html("HTML references with zeros", each(|c| format!("&#{:07};", c as u32)));
    html("HTML references without semicolon", each(|c| format!("&#{}", c as u32)));
    html("HTML references escaped twice", each(|c| format!("&amp;#{};", c as u32)));
    html("HTML references escaped three times", each(|c| format!("&amp;amp;#{};", c as u32)));
    html(
        "HTML named references",
        signs(&[
            ("å", "&aring;"),
            ("ä", "&auml;"),
            ("Å", "&Aring;"),
            ("@", "&commat;"),
            (".", "&period;"),
            ("-", "&hyphen;"),
            (" ", "&nbsp;"),
        ]),
    );
    html("HTML named without semicolon", signs(&[("å", "&aring"), ("ä", "&auml"), ("Å", "&Aring"), (" ", "&nbsp")]));
    html(
        "HTML named escaped twice",
        signs(&[
            ("å", "&amp;aring;"),
            ("ä", "&amp;auml;"),
            ("Å", "&amp;Aring;"),
            ("@", "&amp;commat;"),
            ("-", "&amp;ndash;"),
            (" ", "&amp;nbsp;"),
        ]),
    );
    html("HTML tag inside", wrapped("<b>", "</b>"));
    html("HTML nested tags inside", wrapped("<span class=\"a\"><i>", "</i></span>"));
    html("HTML span a sign", each(|c| format!("<span>{c}</span>")));
    html("HTML unknown element inside", wrapped("<x-y>", "</x-y>"));
    html("HTML link inside", wrapped("<a href=\"#\">", "</a>"));
    html("HTML comment inside", inside("<!-- x -->"));
    html("HTML long comment inside", inside("<!-- x\n y > z -->"));
    html("HTML empty comment inside", inside("<!---->"));
    html("HTML wbr inside", inside("<wbr>"));
    html("HTML shy inside", inside("&shy;"));
    html("HTML zero-width reference inside", inside("&#8203;"));
    html("HTML zwnj inside", inside("&zwnj;"));
    html("HTML line break for blank", signs(&[(" ", "<br>"), ("-", "-<br>")]));
    html("HTML source lines for blank", signs(&[(" ", "\n   ")]));
    html("HTML paragraphs for blank", signs(&[(" ", "</p><p>"), ("-", "-</p><p>")]));
    html("HTML divs for blank", signs(&[(" ", "</div><div>"), ("-", "-</div><div>")]));
    html("HTML processing instruction inside", inside("<?x y?>"));
    html("HTML image inside", inside("<img src=x>"));
    html("HTML sup inside", wrapped("<sup>", "</sup>"));
    html("HTML bdo inside", wrapped("<bdo dir=ltr>", "</bdo>"));
    html("HTML hidden element", around("<span style=\"display:none\">", "</span>"));
    html("HTML unfinished tag", around("", "<b"));
    html("HTML CDATA", around("<![CDATA[", "]]>"));
    html("HTML cells", Box::new(|v| format!("<table><tr><td>{OPEN}{}{CLOSE}</td></tr></table>", v.replace([' ', '-'], "</td><td>"))));
    html("HTML list", Box::new(|v| format!("<ul><li>{OPEN}{}{CLOSE}</li></ul>", v.replace([' ', '-'], "</li><li>"))));
    for (name, frame) in [
        ("HTML alt", "<img src=\"x.jpg\" alt=\"{b}{v}{a}\">"),
        ("HTML alt in one quote", "<img src='x.jpg' alt='{b}{v}{a}'>"),
        ("HTML title", "<a href=\"#\" title=\"{b}{v}{a}\">x</a>"),
        ("HTML aria-label", "<button aria-label=\"{b}{v}{a}\">x</button>"),
        ("HTML aria-description", "<button aria-description=\"{b}{v}{a}\">x</button>"),
        ("HTML placeholder", "<input placeholder=\"{b}{v}{a}\">"),
        ("HTML value", "<input value=\"{b}{v}{a}\">"),
        ("HTML hidden value", "<input type=hidden name=x value=\"{b}{v}{a}\">"),
        ("HTML option value", "<select><option value=\"{b}{v}{a}\">x</option></select>"),
        ("HTML data value", "<data value=\"{b}{v}{a}\">x</data>"),
        ("HTML data attribute", "<div data-x=\"{b}{v}{a}\">x</div>"),
        ("HTML data-info", "<div data-info=\"{b}{v}{a}\">x</div>"),
        ("HTML meta description", "<meta name=\"description\" content=\"{b}{v}{a}\">"),
        ("HTML meta of any name", "<meta name=\"x\" content=\"{b}{v}{a}\">"),
        ("HTML og:description", "<meta property=\"og:description\" content=\"{b}{v}{a}\">"),
        ("HTML title element", "<title>{b}{v}{a}</title>"),
        ("HTML comment", "<!-- {b}{v}{a} --><p>x</p>"),
        ("HTML conditional comment", "<!--[if IE]><p>{b}{v}{a}</p><![endif]-->"),
        ("HTML noscript", "<noscript>{b}{v}{a}</noscript>"),
        ("HTML template", "<template><p>{b}{v}{a}</p></template>"),
        ("HTML textarea", "<textarea>{b}{v}{a}</textarea>"),
        ("HTML svg text", "<svg><text>{b}{v}{a}</text></svg>"),
        ("HTML svg title", "<svg><title>{b}{v}{a}</title></svg>"),
        ("HTML svg desc", "<svg><desc>{b}{v}{a}</desc></svg>"),
        ("HTML math", "<math><mtext>{b}{v}{a}</mtext></math>"),
        ("HTML JSON-LD", "<script type=\"application/ld+json\">{\"description\": \"{b}{v}{a}\"}</script>"),
        ("HTML srcdoc", "<iframe srcdoc=\"&lt;p&gt;{b}{v}{a}&lt;/p&gt;\"></iframe>"),
        ("HTML iframe content", "<iframe>{b}{v}{a}</iframe>"),
        ("HTML object content", "<object>{b}{v}{a}</object>"),
        ("HTML video content", "<video>{b}{v}{a}</video>"),
        ("HTML summary", "<details><summary>{b}{v}{a}</summary></details>"),
        ("HTML figcaption", "<figure><figcaption>{b}{v}{a}</figcaption></figure>"),
        ("HTML marquee", "<marquee>{b}{v}{a}</marquee>"),
        ("HTML xmp", "<xmp>{b}{v}{a}</xmp>"),
        ("HTML label attribute", "<track label=\"{b}{v}{a}\">"),
        ("HTML itemprop content", "<span itemprop=\"telephone\" content=\"{b}{v}{a}\">x</span>"),
        ("HTML download name", "<a href=\"x\" download=\"{b}{v}{a}\">x</a>"),
        ("HTML onclick", "<button onclick=\"alert('{b}{v}{a}')\">x</button>"),
        ("HTML CSS content", "<style>p::after { content: \"{b}{v}{a}\"; }</style>"),
        ("HTML script string", "<script>var x = \"{b}{v}{a}\";</script>"),
        ("HTML script JSON", "<script type=\"application/json\">{\"text\": \"{b}{v}{a}\"}</script>"),
        ("HTML in capitals", "<P>{b}<B>{v}</B>{a}</P>"),
        ("HTML without closing tags", "<p>{b}{v}{a}<p>x"),
        ("HTML unquoted attribute", "<p class=a>{b}<b id=b>{v}</b>{a}</p>"),
        ("HTML data address", "<a href=\"data:text/plain,{b}{v}{a}\">x</a>"),
    ] {
        framed(all, name, "html", frame, as_is());
    }
    for (name, frame) in [
        ("HTML link query", "<a href=\"https://example.se/?text={v}\">x</a>"),
        ("HTML link path", "<a href=\"https://example.se/{v}\">x</a>"),
        ("HTML picture file", "<img src=\"/bilder/{v}.jpg\" alt=\"\">"),
        ("HTML picture srcset", "<img srcset=\"/bilder/{v}.jpg 2x\" alt=\"\">"),
        ("HTML form action", "<form action=\"/x?id={v}\"></form>"),
        ("HTML source file", "<source src=\"/ljud/{v}.mp3\">"),
    ] {
        framed(all, name, "html", frame, percent(false));
    }
    framed(all, "HTML mailto", "html", "<a href=\"mailto:{v}\">x</a>", only_mail("@", "@"));
    framed(all, "HTML mailto encoded", "html", "<a href=\"mailto:{v}\">x</a>", only_mail("@", "%40"));
    framed(
        all,
        "HTML mailto referenced",
        "html",
        "<a href=\"{v}\">x</a>",
        Box::new(|v| {
            if v.contains('@') {
                format!("&#109;&#97;ilto:{OPEN}{}", v.chars().map(|c| format!("&#{};", c as u32)).collect::<String>())
            } else {
                String::new()
            }
        }),
    );
    framed(all, "HTML mailto with subject", "html", "<a href=\"mailto:{v}?subject=Hej\">x</a>", only_mail("@", "@"));
    framed(all, "HTML mailto copy", "html", "<a href=\"mailto:info@example.org?cc={v}\">x</a>", only_mail("@", "@"));
    let call = |form: &'static str| -> Write { Box::new(move |v| if v.starts_with("070") { form.to_owned() } else { String::new() }) };
    framed(all, "HTML tel", "html", "<a href=\"tel:{v}\">x</a>", call("+46701740605"));
    framed(all, "HTML tel national", "html", "<a href=\"tel:{v}\">x</a>", call("0701740605"));
    framed(all, "HTML tel encoded", "html", "<a href=\"tel:{v}\">x</a>", call("%2B46701740605"));
    framed(all, "HTML sms", "html", "<a href=\"sms:{v}\">x</a>", call("+46701740605"));
    framed(all, "HTML callto", "html", "<a href=\"callto:{v}\">x</a>", call("0701740605"));
    framed(all, "HTML wa.me", "html", "<a href=\"https://wa.me/{v}\">x</a>", call("46701740605"));
    framed(all, "HTML whatsapp", "html", "<a href=\"https://api.whatsapp.com/send?phone={v}\">x</a>", call("46701740605"));
    framed(all, "HTML whatsapp scheme", "html", "<a href=\"whatsapp://send?phone={v}\">x</a>", call("+46701740605"));
    framed(all, "HTML viber", "html", "<a href=\"viber://chat?number=%2B{v}\">x</a>", call("46701740605"));
    framed(all, "HTML signal", "html", "<a href=\"https://signal.me/#p/{v}\">x</a>", call("+46701740605"));
    framed(all, "HTML t.me", "html", "<a href=\"https://t.me/{v}\">x</a>", call("+46701740605"));
    framed(all, "wa.me in text", "txt", "Skriv på https://wa.me/{v} i kväll.\n", call("46701740605"));
    framed(all, "tel in text", "txt", "Se tel:{v} i kväll.\n", call("0701740605"));
}
