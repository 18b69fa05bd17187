//! What a hostile client sends. Each probe has the statuses that are a refusal; 0 is a closed connection without an answer.

use super::running::Running;

pub(crate) struct Probe {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) expected: &'static [u16],
}

const BODY: &str = r#"{"text":"Hej"}"#;

pub(crate) fn all(s: &Running) -> Vec<Probe> {
    let mut all = Vec::new();
    let mut probe = |name, bytes: Vec<u8>, expected| all.push(Probe { name, bytes, expected });
    let (port, token) = (s.port(), s.token());
    let good = |more: &[(&str, &str)]| s.request("POST", "/v1/check", &[&[("Connection", "close")], more].concat(), BODY);
    let text = |head: String, body: &str| (head + "\r\n" + body).into_bytes();
    let auth = format!("Authorization: Bearer {token}\r\nConnection: close\r\n");
    let json = "Content-Type: application/json\r\n";
    let host = format!("Host: 127.0.0.1:{port}\r\n");
    let to = |host: &str| text(format!("POST /v1/check HTTP/1.1\r\nHost: {host}\r\n{auth}{json}Content-Length: {}\r\n", BODY.len()), BODY);
    let framed = |fields: &str, body: &str| text(format!("POST /v1/check HTTP/1.1\r\n{host}{auth}{json}{fields}"), body);

    // The probes themselves are sound: the plain request passes.
    probe("plain", good(&[]), &[200]);
    probe("plain by path", s.request_without_token("POST", &format!("/{token}/v1/check"), &[("Connection", "close")], BODY), &[200]);
    probe("own origin", good(&[("Origin", &format!("http://127.0.0.1:{port}")), ("Sec-Fetch-Site", "same-origin")]), &[200]);
    probe(
        "charset",
        text(
            format!("POST /v1/check HTTP/1.1\r\n{host}{auth}Content-Type: application/json; charset=utf-8\r\nContent-Length: 14\r\n"),
            BODY,
        ),
        &[200],
    );

    // Names bound to this machine.
    probe("rebound name", to("evil.example"), &[403]);
    probe("rebound name with port", to(&format!("evil.example:{port}")), &[403]);
    probe("name that starts as ours", to(&format!("127.0.0.1.evil.example:{port}")), &[403]);
    probe("localhost as part", to(&format!("localhost.evil.example:{port}")), &[403]);
    probe("another port", to(&format!("127.0.0.1:{}", port ^ 1)), &[403]);
    probe("no port", to("127.0.0.1"), &[403]);
    probe("any address", to(&format!("0.0.0.0:{port}")), &[403]);
    probe("another loopback", to(&format!("127.0.0.2:{port}")), &[403]);
    probe("number as host", to(&format!("2130706433:{port}")), &[403]);
    probe("user before host", to(&format!("a@127.0.0.1:{port}")), &[403]);
    probe("two names", to(&format!("127.0.0.1:{port}, evil.example")), &[403]);
    probe("trailing dot", to(&format!("localhost.:{port}")), &[403]);
    probe("no host", text(format!("GET /v1/health HTTP/1.1\r\n{auth}"), ""), &[400]);
    probe("empty host", to(""), &[400]);
    probe("host twice", text(format!("GET /v1/health HTTP/1.1\r\n{host}{host}{auth}"), ""), &[400]);
    probe("another host second", text(format!("GET /v1/health HTTP/1.1\r\n{host}Host: evil.example\r\n{auth}"), ""), &[400]);
    probe("page by a rebound name", text(format!("GET / HTTP/1.1\r\nHost: evil.example:{port}\r\nConnection: close\r\n"), ""), &[403]);
    probe(
        "health by a rebound name",
        text(format!("GET /health HTTP/1.1\r\nHost: evil.example:{port}\r\nConnection: close\r\n"), ""),
        &[403],
    );

    // Pages of other sites.
    probe("another origin", good(&[("Origin", "http://evil.example")]), &[403]);
    probe("no origin at all", good(&[("Origin", "null")]), &[403]);
    probe("another port's origin", good(&[("Origin", "http://127.0.0.1:1")]), &[403]);
    probe("a file's origin", good(&[("Origin", "file://")]), &[403]);
    probe("origin that starts as ours", good(&[("Origin", &format!("http://127.0.0.1:{port}.evil.example"))]), &[403]);
    probe("fetch from another site", good(&[("Sec-Fetch-Site", "cross-site")]), &[403]);
    probe("fetch from the same site", good(&[("Sec-Fetch-Site", "same-site")]), &[403]);
    probe("fetch without cors", good(&[("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")]), &[403]);
    let preflight = [("Origin", "http://evil.example"), ("Access-Control-Request-Method", "POST"), ("Connection", "close")];
    probe("asked beforehand", s.request_without_token("OPTIONS", "/v1/check", &preflight, ""), &[403]);
    let form = |kind: &str| text(format!("POST /v1/check HTTP/1.1\r\n{host}{auth}Content-Type: {kind}\r\nContent-Length: 14\r\n"), BODY);
    probe("form", form("application/x-www-form-urlencoded"), &[415]);
    probe("form in parts", form("multipart/form-data; boundary=a"), &[415]);
    probe("plain text", form("text/plain"), &[415]);
    probe("text that says json", form("text/plain; application/json"), &[415]);
    probe("two types", form("text/plain, application/json"), &[415]);
    probe("no type", text(format!("POST /v1/check HTTP/1.1\r\n{host}{auth}Content-Length: 14\r\n"), BODY), &[415]);

    // The token.
    let without = |more: &[(&str, &str)]| s.request_without_token("POST", "/v1/check", &[&[("Connection", "close")], more].concat(), BODY);
    probe("no token", without(&[]), &[401]);
    probe("wrong token", without(&[("Authorization", "Bearer 00000000000000000000000000000000")]), &[401]);
    probe("empty token", without(&[("Authorization", "Bearer ")]), &[401]);
    probe("part of the token", without(&[("Authorization", &format!("Bearer {}", &token[..31]))]), &[401]);
    probe("another scheme", without(&[("Authorization", &format!("Basic {token}"))]), &[401]);
    probe("token twice", good(&[("Authorization", "Bearer x")]), &[400]);
    probe(
        "token in the query",
        s.request_without_token("POST", &format!("/v1/check?token={token}"), &[("Connection", "close")], BODY),
        &[401],
    );
    probe("rules without token", s.request_without_token("GET", "/v1/rules", &[("Connection", "close")], ""), &[401]);
    probe("analyze without token", s.request_without_token("POST", "/analyze", &[("Connection", "close")], BODY), &[401]);

    // Framing.
    probe("length twice", framed("Content-Length: 14\r\nContent-Length: 14\r\n", BODY), &[400]);
    probe("two lengths", framed("Content-Length: 14\r\nContent-Length: 15\r\n", BODY), &[400]);
    probe("lengths in a list", framed("Content-Length: 14, 14\r\n", BODY), &[400]);
    probe("length with a sign", framed("Content-Length: +14\r\n", BODY), &[400]);
    probe("length below nothing", framed("Content-Length: -1\r\n", BODY), &[400]);
    probe("length in hexadecimal", framed("Content-Length: 0xe\r\n", BODY), &[400]);
    probe("length that overflows", framed("Content-Length: 18446744073709551630\r\n", BODY), &[413]);
    probe("length and coding", framed("Content-Length: 14\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), &[400]);
    probe("coding and length", framed("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), &[400]);
    probe("coding", framed("Transfer-Encoding: chunked\r\n", "e\r\n{\"text\":\"Hej\"}\r\n0\r\n\r\n"), &[411]);
    probe("coding in disguise", framed("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), &[411]);
    probe("coding with a space", framed("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), &[400]);
    probe("no length", framed("", BODY), &[411]);
    probe("packed body", framed("Content-Length: 14\r\nContent-Encoding: gzip\r\n", BODY), &[415]);
    probe("folded field", framed("Content-Length: 14\r\nX-A: b\r\n c: d\r\n", BODY), &[400]);
    probe("field without colon", framed("Content-Length: 14\r\nnonsense\r\n", BODY), &[400]);
    probe("field without name", framed("Content-Length: 14\r\n: nonsense\r\n", BODY), &[400]);
    probe("zero byte in a field", framed("Content-Length: 14\r\nX-A: b\0c\r\n", BODY), &[400]);
    probe("bare line feeds", format!("GET /v1/health HTTP/1.1\n{}\n\n", host.trim_end()).into_bytes(), &[400]);
    probe("bare carriage return", framed("Content-Length: 14\r\nX-A: b\rX-B: c\r\n", BODY), &[400]);
    probe("body with GET", text(format!("GET /v1/rules HTTP/1.1\r\n{host}{auth}Content-Length: 4\r\n"), "abcd"), &[400]);
    probe("body cut short", framed("Content-Length: 400\r\n", BODY), &[0]);
    let smuggled = format!("POST /v1/check HTTP/1.1\r\n{host}{auth}{json}Content-Length: 0\r\n\r\nGET /v1/rules HTTP/1.1\r\n\r\n");
    probe("a request behind", smuggled.into_bytes(), &[400]);

    // The request line.
    probe("version 0.9", b"GET /\r\n\r\n".to_vec(), &[400]);
    probe("version 2", text(format!("GET / HTTP/2.0\r\n{host}"), ""), &[400]);
    probe("preface of version 2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), &[400]);
    probe("no version", text(format!("GET /\r\n{host}"), ""), &[400]);
    probe("whole address", text(format!("GET http://evil.example/v1/health HTTP/1.1\r\n{host}"), ""), &[400]);
    probe("tunnel", text(format!("CONNECT evil.example:443 HTTP/1.1\r\n{host}"), ""), &[400]);
    probe("trace", s.request("TRACE", "/", &[("Connection", "close")], ""), &[405]);
    probe("delete", s.request("DELETE", "/v1/check", &[("Connection", "close")], ""), &[405]);
    probe("encrypted greeting", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec(), &[400]);
    probe("zeros", vec![0; 4096], &[400]);
    probe("letters without end", vec![b'A'; 40_000], &[400, 431]);
    probe("long target", text(format!("GET /{} HTTP/1.1\r\n{host}", "a".repeat(60_000)), ""), &[431]);
    probe("long field", framed(&format!("Content-Length: 14\r\nX-A: {}\r\n", "a".repeat(60_000)), BODY), &[431]);
    probe("many fields", framed(&format!("Content-Length: 14\r\n{}", "X-A: b\r\n".repeat(1000)), BODY), &[431]);

    // Size and content.
    probe("ten gigabytes", framed("Content-Length: 10737418240\r\n", BODY), &[413]);
    probe("ten gigabytes, after asking", framed("Content-Length: 10737418240\r\nExpect: 100-continue\r\n", ""), &[413]);
    probe("unknown expectation", framed("Content-Length: 14\r\nExpect: tea\r\n", BODY), &[417]);
    let body = |body: &str| s.request("POST", "/v1/check", &[("Connection", "close")], body);
    probe("no body", body(""), &[400]);
    probe("not json", body("text=Hej"), &[400]);
    probe("json cut short", body(r#"{"text":"800102-2386"#), &[400]);
    probe("unknown key", body(r#"{"text":"a","path":"/etc/passwd"}"#), &[400]);
    probe("a list", body("[1,2]"), &[400]);
    probe("deep", body(&"[".repeat(200_000)), &[400]);
    probe("deep inside", body(&format!("{{\"text\":{}", "[".repeat(200_000))), &[400]);
    probe("deep draft", body(&format!(r#"{{"text":"{}","format":"json"}}"#, "[".repeat(100_000))), &[200, 400]);
    probe("half a surrogate", body(r#"{"text":"\ud83d"}"#), &[400]);
    probe("unknown channel", body(r#"{"text":"a","channel":"../../x"}"#), &[400]);
    probe("unknown policy", body(r#"{"text":"a","policy":"/etc/passwd"}"#), &[400]);
    probe("not base64", body(r#"{"content":"%%%"}"#), &[400]);
    probe("a way out of the folder", s.request("GET", "/../../etc/passwd", &[("Connection", "close")], ""), &[404]);
    probe("a way out, written otherwise", s.request("GET", "/%2e%2e/%2e%2e/etc/passwd", &[("Connection", "close")], ""), &[404]);
    all
}
