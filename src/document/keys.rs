//! What a key, heading or field name says of the value below it: its role, and whether it speaks for a kind of data.
//!
//! One table for JSON, YAML, TOML, CSV, XML, vCard and the fields of a planning board.

use super::Role;

/// A key as it is compared: lower case, only letters and digits.
fn bare(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(40).collect()
}

/// The role that a key gives the values below it.
#[must_use]
pub(super) fn role_of(key: &str) -> Option<Role> {
    Some(match bare(key).as_str() {
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

/// The cue word that a key amounts to: a cell under "Pnr" is read as if the word stood before it.
#[must_use]
pub(super) fn cue_of(key: &str) -> Option<&'static str> {
    if key.len() > 60 {
        return None;
    }
    Some(match bare(key).as_str() {
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
        "swish" | "swishnummer" => "swish",
        "fastighet" | "fastighetsbeteckning" => "fastighet",
        "regnr" | "registreringsnummer" | "regnummer" => "regnr",
        "passnummer" | "passnr" => "passnummer",
        "dnr" | "diarienummer" | "diarienr" => "dnr",
        _ => return None,
    })
}

/// Whether a key names the channel of what it stands beside.
#[must_use]
pub(super) fn names_channel(key: &str) -> bool {
    matches!(bare(key).as_str(), "channel" | "kanal" | "kanaler" | "channels" | "plattform" | "platform" | "network")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_compared_by_their_letters() {
        assert_eq!(role_of("Alt-text"), Some(Role::Alt));
        assert_eq!(role_of("image_alt"), Some(Role::Alt));
        assert_eq!(role_of("id"), None);
        assert_eq!(cue_of("Pers.nr"), Some("personnummer"));
        assert_eq!(cue_of("Telefon:"), Some("telefon"));
        assert_eq!(cue_of("telefoner"), None);
        assert!(names_channel("Kanal") && !names_channel("kanalbåt"));
    }
}
