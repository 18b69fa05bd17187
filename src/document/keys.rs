//! What a key, heading or field name says of the value below it: its role, and whether it speaks for a kind of data.
//!
//! One table for JSON, YAML, TOML, CSV, XML, vCard and the fields of a planning board.

use super::Role;

/// A key as it is compared: lower case, only letters and digits.
fn bare(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(40).collect()
}

/// What a key says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The role that it gives the values below it.
    pub(super) role: Option<Role>,
    /// The cue word that it amounts to: a cell under "Pnr" is read as if the word stood before it.
    pub(super) cue: Option<&'static str>,
    /// Whether it names the channel of what it stands beside.
    pub(super) is_channel: bool,
}

/// What `key` says of the value below it.
#[must_use]
pub(super) fn meaning(key: &str) -> Meaning {
    let bare = bare(key);
    Meaning { role: role_of(&bare), cue: cue_of(&bare).filter(|_| key.len() <= 60), is_channel: names_channel(&bare) }
}

fn role_of(bare: &str) -> Option<Role> {
    Some(match bare {
        "alt"
        | "alttext"
        | "alttexts"
        | "imagealt"
        | "alternativtext"
        | "textalternativ"
        | "bildtextalt"
        | "bildbeskrivning"
        | "accessibilitycaption"
        | "imagedescription"
        | "alternatetext"
        | "arialabel" => Role::Alt,
        "caption" | "captions" | "bildtext" | "bildtexter" | "figcaption" | "credit" | "byline" | "fotograf" => Role::Caption,
        "title" | "titel" | "rubrik" | "headline" | "heading" | "subtitle" | "underrubrik" | "name" | "ämnesrad" | "subject"
        | "sharetitle" => Role::Title,
        "url" | "href" | "link" | "links" | "länk" | "src" | "permalink" | "guid" | "website" | "homepage" => Role::Url,
        "text" | "body" | "desc" | "description" | "content" | "contents" | "message" | "post" | "inlägg" | "brödtext" | "ingress"
        | "summary" | "excerpt" | "sharecommentary" | "copy" => Role::Body,
        "comment" | "comments" | "kommentar" | "kommentarer" => Role::Comment,
        _ => return None,
    })
}

fn cue_of(bare: &str) -> Option<&'static str> {
    Some(match bare {
        "personnummer"
        | "personnr"
        | "persnr"
        | "pnr"
        | "pnummer"
        | "ssn"
        | "personid"
        | "personalnumber"
        | "personalidentitynumber"
        | "socialsecuritynumber"
        | "födelsenummer"
        | "barnetspersonnummer"
        | "elevenspersonnummer" => "personnummer",
        "samordningsnummer" | "samordningsnr" => "samordningsnummer",
        "telefon" | "telefonnummer" | "telefonnr" | "tel" | "tfn" | "phone" | "phonenumber" | "telephone" | "mobil" | "mobilnummer"
        | "mobilnr" | "mobiltelefon" | "mobile" | "cell" | "cellphone" => "telefon",
        "född" | "fodd" | "födelsedatum" | "fodelsedatum" | "födelsedag" | "birthdate" | "birthday" | "dateofbirth" | "dob" | "bday" => {
            "född"
        }
        "organisationsnummer" | "orgnr" | "orgnummer" => "organisationsnummer",
        "bankgiro" | "bg" => "bankgiro",
        "plusgiro" | "pg" => "plusgiro",
        "kontonummer" | "kontonr" | "bankkonto" => "kontonummer",
        "clearing" | "clearingnummer" | "clearingnr" => "clearing",
        "riktnummer" => "telefon",
        "swish" | "swishnummer" => "swish",
        "fastighet" | "fastighetsbeteckning" => "fastighet",
        "regnr" | "registreringsnummer" | "regnummer" => "regnr",
        "passnummer" | "passnr" => "passnummer",
        "dnr" | "diarienummer" | "diarienr" => "dnr",
        _ => return None,
    })
}

fn names_channel(bare: &str) -> bool {
    matches!(bare, "channel" | "kanal" | "kanaler" | "channels" | "plattform" | "platform" | "network")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_compared_by_their_letters() {
        assert_eq!(meaning("Alt-text").role, Some(Role::Alt));
        assert_eq!(meaning("image_alt").role, Some(Role::Alt));
        assert_eq!(meaning("id").role, None);
        assert_eq!(meaning("Pers.nr").cue, Some("personnummer"));
        assert_eq!(meaning("Telefon:").cue, Some("telefon"));
        assert_eq!(meaning("telefoner").cue, None);
        assert!(meaning("Kanal").is_channel && !meaning("kanalbåt").is_channel);
    }
}
