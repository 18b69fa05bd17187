//! The query: who is asked for. It is held for the time of the search and never written anywhere.

use super::contact;
use super::name::Name;

/// A person, by names and numbers.
#[derive(Default)]
pub struct Subject {
    pub(super) names: Vec<Name>,
    pub(super) personnummer: Vec<String>,
    pub(super) phones: Vec<String>,
    pub(super) emails: Vec<String>,
}

impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [names, numbers, phones, emails] = [self.names.len(), self.personnummer.len(), self.phones.len(), self.emails.len()];
        write!(f, "Subject({names} names, {numbers} personnummer, {phones} phones, {emails} addresses)")
    }
}

/// What a query can say of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// A name: `Anna Berg`, `Berg, Anna`.
    Name,
    /// A personnummer or samordningsnummer, with or without the century.
    Personnummer,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Name, Self::Personnummer, Self::Phone, Self::Email];

    /// The names it has in a file: the first is the English one.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["name", "namn"],
            Self::Personnummer => &["personnummer", "pnr", "samordningsnummer"],
            Self::Phone => &["phone", "telefon", "mobil", "tel"],
            Self::Email => &["email", "e-mail", "e-post", "epost", "mejl"],
        }
    }
}

/// What is wrong with a query; it never quotes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryError {
    /// A value of this field, with the line of its file, is none.
    Bad(Field, usize),
    /// A line has an unknown word before its colon.
    Unknown(usize),
    /// Nothing is asked for.
    Empty,
}

impl Subject {
    /// Adds what is known of the person.
    ///
    /// # Errors
    /// `value` is no such thing.
    pub fn add(&mut self, field: Field, value: &str) -> Result<(), QueryError> {
        let value = value.trim();
        let bad = QueryError::Bad(field, 0);
        match field {
            Field::Name => self.names.push(Name::new(value).ok_or(bad)?),
            Field::Personnummer => self.personnummer.push(contact::personnummer(value).ok_or(bad)?),
            Field::Phone => self.phones.push(contact::phone(value).ok_or(bad)?),
            Field::Email => {
                let is_one = value.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
                self.emails.push(is_one.then(|| value.to_lowercase()).ok_or(bad)?);
            }
        }
        Ok(())
    }

    /// Adds the lines of a file: `name: Anna Berg`, `personnummer: …`; a line without a colon is a name, `#` starts a comment.
    ///
    /// # Errors
    /// A line is none of these.
    pub fn read(&mut self, text: &str) -> Result<(), QueryError> {
        for (number, line) in text.lines().enumerate().map(|(i, line)| (i + 1, line.trim())) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (field, value) = match line.split_once([':', '=']) {
                None => (Field::Name, line),
                Some((key, value)) => {
                    let key = key.trim().to_lowercase();
                    let field = Field::ALL.into_iter().find(|f| f.names().contains(&key.as_str()));
                    (field.ok_or(QueryError::Unknown(number))?, value)
                }
            };
            self.add(field, value.trim().trim_matches('"')).map_err(|_| QueryError::Bad(field, number))?;
        }
        Ok(())
    }

    /// The person, if anything was said of one.
    ///
    /// # Errors
    /// Nothing was.
    pub fn complete(self) -> Result<Self, QueryError> {
        if self.names.is_empty() && self.personnummer.is_empty() && self.phones.is_empty() && self.emails.is_empty() {
            return Err(QueryError::Empty);
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_who_in_either_language() {
        let mut subject = Subject::default();
        subject
            .read("# begäran 12\nAnna Berg\nnamn: Lund, Anna\npnr = 19800102-2386\ntelefon: 070-174 06 12\nemail: Anna@example.se\n")
            .unwrap();
        assert_eq!(format!("{subject:?}"), "Subject(2 names, 1 personnummer, 1 phones, 1 addresses)");
    }

    #[test]
    fn faults_name_the_line_and_not_the_value() {
        let fault = |text: &str| Subject::default().read(text).unwrap_err();
        assert_eq!(fault("Anna Berg\npnr: 123"), QueryError::Bad(Field::Personnummer, 2));
        assert_eq!(fault("adress: Gatan 1"), QueryError::Unknown(1));
        assert_eq!(fault("e-post: anna"), QueryError::Bad(Field::Email, 1));
        assert_eq!(Subject::default().complete().unwrap_err(), QueryError::Empty);
    }
}
