//! The network of a mock: a thread of its own, so that tests may use any runtime, none, or one whose time stands still.

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread::JoinHandle;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, Response, StatusCode, header};
use axum::routing::{any, get};
use http_body::Frame;
use hyper_util::rt::TokioIo;
use tokio::sync::oneshot;
use tower_service::Service;

use crate::mock::{Answer, Ending, Mock};
use crate::report;
use crate::request::Request;

/// How many bytes a body may have.
pub(crate) const MOST: usize = 64 << 20;

/// A server that ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(mock: Arc<Mock>) -> io::Result<Self> {
        let address = mock.settings.address;
        let listener = TcpListener::bind(address)
            .map_err(|why| io::Error::new(why.kind(), format!("cannot listen on {address}: {why}")))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new().name("baselinker-mock".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::spawn(serve(listener, router(mock)));
                // An error means that the other end is gone, which is the same word.
                let _ = stopped.await;
            });
        })?;
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }

    /// Waits until the server ends, which it does only when its thread dies.
    pub(crate) fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // A panic has been printed already.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // A server that ended already needs no word.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn router(mock: Arc<Mock>) -> Router {
    Router::new()
        .route("/connector.php", any(connector))
        .route("/mock/report", get(show_report))
        .layer(DefaultBodyLimit::max(MOST))
        .with_state(mock)
}

async fn show_report(State(mock): State<Arc<Mock>>) -> Response<Body> {
    let body = report::report(&mock).to_string();
    let answer = Answer { status: 200, body, ..Answer::default() };
    respond(answer)
}

async fn connector(State(mock): State<Arc<Mock>>, verb: Method, headers: HeaderMap, body: Bytes) -> Response<Body> {
    if let Some(proxy) = &mock.proxy {
        return proxy.answer(&mock, &verb, &headers, body).await;
    }
    let answer = mock.answer(&Request::read(&verb, &headers, &body));
    if !answer.delay.is_zero() {
        tokio::time::sleep(answer.delay).await;
    }
    respond(answer)
}

fn respond(answer: Answer) -> Response<Body> {
    let kind = if answer.html { "text/html; charset=utf-8" } else { "application/json; charset=utf-8" };
    let length = answer.body.len();
    let mut response = match answer.ending {
        Ending::Truncated => Response::new(Body::new(Cut::half(answer.body))),
        _ => Response::new(Body::from(answer.body)),
    };
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    response.headers_mut().insert(header::CONTENT_LENGTH, header::HeaderValue::from(length));
    if answer.ending == Ending::Dropped {
        response.extensions_mut().insert(Dropped);
    }
    response
}

async fn serve(listener: TcpListener, router: Router) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    loop {
        // What fails here is one connection, such as one that was gone before it was taken.
        let Ok((stream, _)) = listener.accept().await else { continue };
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let service = hyper::service::service_fn(move |request| {
            let mut router = router.clone();
            async move {
                let response: Result<Response<Body>, Infallible> = router.call(request).await;
                match response {
                    Ok(response) if response.extensions().get::<Dropped>().is_some() => Err(Dropped),
                    Ok(response) => Ok(response),
                    Err(never) => match never {},
                }
            }
        });
        tokio::spawn(async move {
            // An error here is a client that left, or a connection that was dropped on purpose.
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

/// Marks an answer that must never be sent, and is the error that makes hyper close the connection instead.
#[derive(Debug, Clone, Copy)]
struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("the connection is dropped on purpose")
    }
}

impl std::error::Error for Dropped {}

/// A body that ends in the middle.
struct Cut {
    part: Option<Bytes>,
    waited: bool,
}

impl Cut {
    fn half(mut body: String) -> Self {
        body.truncate(body.len() / 2);
        Self { part: Some(Bytes::from(body)), waited: false }
    }
}

impl http_body::Body for Cut {
    type Data = Bytes;
    type Error = Dropped;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Dropped>>> {
        if let Some(part) = self.part.take() {
            return Poll::Ready(Some(Ok(Frame::data(part))));
        }
        // The part above must be on its way before the connection ends, so one turn goes by.
        if !self.waited {
            self.waited = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(Dropped)))
    }
}
