/** What a program does with the package, on every platform alike: it uses the package, and what all of them have. */

import {
  ApiError,
  BaseLinkerError,
  createClient,
  FileContent,
  getInventoryProductsList,
  getOrders,
  items,
  NO_RETRY,
  type Order,
  setOrderFields,
  SlidingWindow,
  Timestamp,
} from "baselinker-client";

/** Sends again what was lost on the way, if that can do no harm. */
const PATIENT = { firstDelayMs: 1, attempts: 20, repeat: "idempotent" } as const;

/** Where the program calls. */
export interface Addresses {
  /** The API. */
  readonly api: string;
  /** Where nobody listens. */
  readonly nowhere: string;
  /** Where somebody listens and never answers. */
  readonly silent: string;
}

/** Uses the API, and tells what came of it. */
export async function program({ api, nowhere, silent }: Addresses): Promise<Record<string, unknown>> {
  const settings = { token: "1-2-3", rateLimiter: new SlidingWindow(1e6) };
  const client = createClient({ ...settings, endpoint: api, retry: PATIENT });
  const orders: Order[] = [];
  for await (const order of items(client, getOrders())) {
    orders.push(order);
  }
  const orderId = orders[0]?.orderId ?? 0;
  await client.call(setOrderFields({ orderId, adminComments: "Łódź & ☕ + 100 %", deliveryPrice: "12.50" }));
  const { value } = await client.call(getOrders({ orderId }));
  const lost = createClient({ ...settings, endpoint: nowhere, retry: NO_RETRY });
  const late = createClient({ ...settings, endpoint: silent, retry: NO_RETRY, timeoutMs: 50 });
  return {
    orders: new Set(orders.map((order) => order.orderId)).size,
    comments: value.orders[0]?.adminComments,
    price: value.orders[0]?.deliveryPrice,
    refusedByTheApi: await thrown(client.call(getInventoryProductsList({ inventoryId: 999 }))),
    nobodyThere: await thrown(lost.call(getOrders())),
    givenUp: await thrown(client.call(getOrders(), { signal: AbortSignal.abort() })),
    tooLate: await thrown(late.call(getOrders())),
    file: FileContent.fromBytes(Uint8Array.from([0, 127, 255])).base64,
    time: Timestamp.toDate(1_774_859_100).toISOString(),
  };
}

/** What a call throws, in a word. */
async function thrown(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "nothing";
  } catch (error) {
    if (error instanceof ApiError) {
      return error.code;
    }
    if (error instanceof BaseLinkerError) {
      return error.isTimeout ? `${error.kind}, too late` : error.kind;
    }
    return error instanceof Error || error instanceof DOMException ? error.name : typeof error;
  }
}
