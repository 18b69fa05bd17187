//! Guard: who may ask. Against pages of other sites (Host, Origin, Sec-Fetch) and against other programs (the token).

use super::head::Head;

/// What a request must show.
#[derive(Debug)]
pub(super) struct Guard {
    hosts: Vec<String>,
    token: Option<String>,
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The Host header names another place: a name that was bound to this machine, say.
    Host,
    /// A page of another site asks.
    Site,
    /// The token is missing or wrong.
    Token,
}

/// A fresh token: 128 bits in hexadecimal.
pub(super) fn token() -> Result<String, String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|e| e.to_string())?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

impl Guard {
    /// A guard for a service at `port`.
    pub(super) fn new(port: u16, more: &[String], token: Option<String>) -> Self {
        let own = ["127.0.0.1", "localhost", "[::1]"].into_iter().map(|name| format!("{name}:{port}"));
        let bare = ["127.0.0.1", "localhost", "[::1]"].into_iter().filter(|_| port == 80).map(str::to_owned);
        Self { hosts: own.chain(bare).chain(more.iter().map(|name| name.to_ascii_lowercase())).collect(), token }
    }

    /// Whether the request comes from where it may.
    pub(super) fn place(&self, head: &Head) -> Result<(), Refusal> {
        let host = head.host.to_ascii_lowercase();
        if !self.hosts.contains(&host) {
            return Err(Refusal::Host);
        }
        let own = |origin: &str| {
            let name = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            name.is_some_and(|name| name.eq_ignore_ascii_case(&host))
        };
        if head.origin.as_deref().is_some_and(|origin| !own(origin)) {
            return Err(Refusal::Site);
        }
        match head.fetch_site.as_deref() {
            None | Some("same-origin" | "none") => Ok(()),
            Some(_) => Err(Refusal::Site),
        }
    }

    /// Whether the request has the token, in its header or as the first step of its path; the path without it.
    pub(super) fn token<'h>(&self, head: &'h Head) -> Result<&'h str, Refusal> {
        let path = head.path.as_str();
        let Some(token) = &self.token else { return Ok(path) };
        if head.bearer.as_deref().is_some_and(|given| same(given, token)) {
            return Ok(path);
        }
        let (first, rest) = path[1..].split_at(path[1..].find('/').unwrap_or(path.len() - 1));
        if same(first, token) { Ok(rest) } else { Err(Refusal::Token) }
    }
}

/// Compares in a time that does not tell how much was right.
fn same(given: &str, token: &str) -> bool {
    given.len() == token.len() && given.bytes().zip(token.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(host: &str, origin: Option<&str>, site: Option<&str>, path: &str) -> Head {
        Head {
            host: host.to_owned(),
            origin: origin.map(str::to_owned),
            fetch_site: site.map(str::to_owned),
            path: path.to_owned(),
            ..Head::default()
        }
    }

    #[test]
    fn only_its_own_pages_may_ask() {
        let guard = Guard::new(7310, &[], None);
        let rows = [
            ("127.0.0.1:7310", None, None, Ok(())),
            ("LocalHost:7310", Some("http://localhost:7310"), Some("same-origin"), Ok(())),
            ("[::1]:7310", None, Some("none"), Ok(())),
            ("127.0.0.1:7311", None, None, Err(Refusal::Host)),
            ("127.0.0.1", None, None, Err(Refusal::Host)),
            ("evil.example:7310", None, None, Err(Refusal::Host)),
            ("localhost.evil.example:7310", None, None, Err(Refusal::Host)),
            ("127.0.0.1:7310", Some("http://evil.example"), None, Err(Refusal::Site)),
            ("127.0.0.1:7310", Some("null"), None, Err(Refusal::Site)),
            ("127.0.0.1:7310", Some("http://localhost:7310"), None, Err(Refusal::Site)),
            ("127.0.0.1:7310", None, Some("cross-site"), Err(Refusal::Site)),
            ("127.0.0.1:7310", None, Some("same-site"), Err(Refusal::Site)),
        ];
        for (host, origin, site, expected) in rows {
            assert_eq!(guard.place(&head(host, origin, site, "/")), expected, "{host} {origin:?} {site:?}");
        }
    }

    #[test]
    fn the_token_may_lead_the_path() {
        let guard = Guard::new(1, &[], Some("abc".to_owned()));
        assert_eq!(guard.token(&head("", None, None, "/abc/analyze")), Ok("/analyze"));
        for path in ["/analyze", "/", "/abd/analyze", "/abcd/analyze", "//abc/analyze"] {
            assert_eq!(guard.token(&head("", None, None, path)), Err(Refusal::Token), "{path}");
        }
        let with = Head { bearer: Some("abc".to_owned()), path: "/analyze".to_owned(), ..Head::default() };
        assert_eq!(guard.token(&with), Ok("/analyze"));
        assert!(token().unwrap().len() == 32 && token().unwrap() != token().unwrap());
    }
}
