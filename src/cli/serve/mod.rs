//! `ombud serve`: the page and an interface for other programs, on loopback only. The one place with a socket: it listens,
//! and connects to nothing. Drafts are held in memory while they are checked, and are written nowhere.

mod body;
mod connection;
mod guard;
mod head;
mod limits;
mod presidio;
mod routes;

use std::io::Write;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::settings::Settings;
use super::{CLEAN, SettingsArgs, Stop, locale};
use crate::api::Api;
use crate::report::Lang;
use guard::Guard;
use limits::Limits;

#[derive(Debug, clap::Args)]
pub(super) struct ServeArgs {
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 7310)]
    port: u16,
    /// Listen on IPv6 loopback (::1) in place of 127.0.0.1.
    #[arg(long)]
    ipv6: bool,
    /// Further names that the Host header may have: the name of a proxy of your own, say.
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Ask for no token: every program on this machine may ask. Pages of other sites still may not.
    #[arg(long)]
    no_token: bool,
    /// The largest request that is taken, in MiB.
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=256))]
    max_body: u32,
    #[command(flatten)]
    settings: SettingsArgs,
}

/// What all connections share.
struct Service {
    api: Api,
    guard: Guard,
    limits: Limits,
    stopping: AtomicBool,
}

/// How long requests that are being answered get when the service ends.
const GRACE: Duration = Duration::from_secs(5);

pub(super) fn run(args: &ServeArgs, lang: Option<Lang>) -> Result<u8, Stop> {
    let settings = Settings::load(&args.settings)?;
    let lang = lang.or(settings.lang()).unwrap_or_else(locale);
    let pack = settings.policy.pack();
    let api = Api::new(settings.config, Some(pack)).map_err(|fault| Stop::Message(fault.0))?;
    // Made before the first request asks for it.
    api.engine(api.policy(None).map_err(|fault| Stop::Message(fault.0))?.sensitivity());
    let ip = if args.ipv6 { Ipv6Addr::LOCALHOST.into() } else { Ipv4Addr::LOCALHOST.into() };
    let listener = TcpListener::bind(SocketAddr::new(ip, args.port)).map_err(|e| {
        let cannot = lang.of("kan inte lyssna på port", "cannot listen on port");
        Stop::Message(format!("{cannot} {}: {e}", args.port))
    })?;
    let address = listener.local_addr()?;
    let token = if args.no_token { None } else { Some(guard::token().map_err(Stop::Message)?) };
    let service = Arc::new(Service {
        api,
        guard: Guard::new(address.port(), &args.host, token.clone()),
        limits: Limits::new(args.max_body as usize * (1 << 20)),
        stopping: AtomicBool::new(false),
    });
    let at_signal = Arc::clone(&service);
    ctrlc::set_handler(move || {
        at_signal.stopping.store(true, Ordering::SeqCst);
        // Wakes the listener, which then sees that it is to stop.
        drop(TcpStream::connect(address));
    })
    .map_err(|e| Stop::Message(e.to_string()))?;
    // Last: who reads this may ask, and may end it.
    announce(address, token.as_deref(), lang)?;
    accept(&listener, &service);
    drop(listener);
    let until = Instant::now() + GRACE;
    while service.limits.busy() > 0 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(CLEAN)
}

fn accept(listener: &TcpListener, service: &Arc<Service>) {
    loop {
        let accepted = listener.accept();
        if service.stopping.load(Ordering::SeqCst) {
            return;
        }
        let Ok((stream, _)) = accepted else {
            // Out of descriptors, say: what is open now ends soon.
            std::thread::sleep(Duration::from_millis(20));
            continue;
        };
        let Some(seat) = limits::Seat::take(service) else {
            connection::turn_away(stream);
            continue;
        };
        // A thread that cannot be made closes the connection: the stream is dropped with the closure.
        let _ = std::thread::Builder::new().name("request".to_owned()).spawn(move || connection::serve(stream, &seat));
    }
}

/// Where the page is, for people and for programs that start the service.
fn announce(address: SocketAddr, token: Option<&str>, lang: Lang) -> Result<(), Stop> {
    let mut out = std::io::stdout().lock();
    let fragment = token.map_or_else(String::new, |t| format!("#token={t}"));
    writeln!(out, "{} http://{address}/{fragment}", lang.of("öppna", "open"))?;
    if let Some(token) = token {
        writeln!(out, "token: {token}")?;
    }
    writeln!(out, "{}", lang.of("avsluta med Ctrl-C", "end with Ctrl-C"))?;
    Ok(out.flush()?)
}
