//! The program of the README: lists orders, without changing anything.

use baselinker_client::methods::GetOrders;
use baselinker_client::{Error, client};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let token = std::env::var("BASELINKER_TOKEN").unwrap_or_default();
    let mut settings = client(token).read_only();
    // A stand-in for the API on this machine, for a first try without an account.
    if let Ok(endpoint) = std::env::var("BASELINKER_ENDPOINT") {
        settings = settings.endpoint(endpoint);
    }
    let client = settings.build()?;

    // All pages, each fetched when it is wanted. `client.call(&call).await?` gives one reply.
    let call = GetOrders { include_commissions: Some(true), ..GetOrders::default() };
    let mut orders = client.items(call);
    while let Some(order) = orders.next().await {
        let order = order?;
        let email = order.email.as_deref().unwrap_or("no e-mail");
        println!("order {} of {email}, {} lines", order.order_id, order.products.len());
    }
    for mismatch in orders.take_mismatches() {
        eprintln!("not as documented: {mismatch}");
    }
    Ok(())
}
