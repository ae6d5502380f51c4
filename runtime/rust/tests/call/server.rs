//! A server that records every byte of its requests, and gives the same answer to each.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What is sent in answer to a request, byte by byte, and what happens then.
#[derive(Debug, Clone)]
pub struct Answer {
    bytes: Vec<u8>,
    then: Then,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Then {
    /// Wait for the next request, as well-behaved servers do.
    Keep,
    /// Close the connection.
    Close,
    /// Say nothing more, and wait for the other side to close.
    Hang,
    /// Send the bytes again and again.
    Repeat,
}

pub fn raw(bytes: impl Into<Vec<u8>>, then: Then) -> Answer {
    let bytes = bytes.into();
    Answer { bytes, then }
}

pub fn status(status: &str, body: &str) -> Answer {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n");
    raw(head + body, Then::Keep)
}

pub fn ok(body: &str) -> Answer {
    status("200 OK", body)
}

/// What has happened so far.
#[derive(Debug, Default)]
pub struct Seen {
    pub connections: usize,
    pub requests: Vec<String>,
    pub closed: usize,
    pub sent: usize,
}

pub struct Server {
    pub port: u16,
    seen: watch::Receiver<Seen>,
    task: JoinHandle<()>,
    connections: Arc<Mutex<Vec<JoinHandle<()>>>>,
}

impl Server {
    pub async fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let (tell, seen) = watch::channel(Seen::default());
        let tell = Arc::new(tell);
        let connections = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&connections);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tell.send_modify(|seen| seen.connections += 1);
                let served = serve(stream, answer.clone(), Arc::clone(&tell));
                all.lock().expect("no panic").push(tokio::spawn(served));
            }
        });
        Self { port, seen, task, connections }
    }

    /// The requests so far, heads and bodies.
    pub fn requests(&self) -> Vec<String> {
        self.seen.borrow().requests.clone()
    }

    pub fn connections(&self) -> usize {
        self.seen.borrow().connections
    }

    /// How many bytes of answers have left.
    pub fn sent(&self) -> usize {
        self.seen.borrow().sent
    }

    /// Waits for something to happen; tests fail if it does not.
    pub async fn until(&self, happened: impl FnMut(&Seen) -> bool) {
        let mut seen = self.seen.clone();
        let wait = seen.wait_for(happened);
        let waited = tokio::time::timeout(Duration::from_secs(10), wait).await;
        waited.expect("it happens").expect("the server runs");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
        for connection in self.connections.lock().expect("no panic").drain(..) {
            connection.abort();
        }
    }
}

async fn serve(mut stream: TcpStream, answer: Answer, tell: Arc<watch::Sender<Seen>>) {
    while let Some(request) = request(&mut stream).await {
        tell.send_modify(|seen| seen.requests.push(request));
        while stream.write_all(&answer.bytes).await.is_ok() {
            tell.send_modify(|seen| seen.sent += answer.bytes.len());
            if answer.then != Then::Repeat {
                break;
            }
        }
        if answer.then == Then::Hang {
            // Returns once the other side has closed.
            let _ = stream.read(&mut [0]).await;
        }
        if answer.then != Then::Keep {
            break;
        }
    }
    tell.send_modify(|seen| seen.closed += 1);
}

/// Reads one request; `None` if the connection ends before it does.
async fn request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut wanted = usize::MAX;
    while bytes.len() < wanted {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?;
            wanted = head.len() + 4 + length.parse::<usize>().ok()?;
        }
    }
    String::from_utf8(bytes).ok()
}
