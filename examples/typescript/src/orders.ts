/** Reading orders whose numbers are known, by the fewest calls. */

import { getOrders, type Order, type OrderId, pageSize } from "baselinker-client";

import type { Session } from "./session.js";

/**
 * Reads orders by their numbers. Those that are gone are missing in the result, which is sorted by number.
 *
 * A call gives the hundred orders from a number on, so the next call begins at the least number that is still wanted. No
 * other way needs fewer calls: every call answers all wanted orders that any call beginning there could answer.
 */
export async function readOrders(session: Session, numbers: Iterable<OrderId>): Promise<Order[]> {
  let left = [...new Set(numbers)].sort((one, other) => one - other);
  const found: Order[] = [];
  for (let least = left[0]; least !== undefined; least = left[0]) {
    const request = getOrders({ idFrom: least, getUnconfirmedOrders: true });
    const { value, mismatches } = await session.client.call(request);
    session.showMismatches(request, mismatches);
    const { orders } = value;
    // Whatever lies up to the last order of a full reply and is not in it does not exist, and behind a short one there is
    // nothing at all. A reply is not short if something in it could not be read, which may have been an order.
    const isShort = mismatches.length === 0 && orders.length < (pageSize(getOrders) ?? Infinity);
    // Should the API give other orders than those from this number on, this one is not asked for again and again.
    const last = isShort ? Infinity : Math.max(least, ...orders.map((order) => order.orderId));
    const asked = new Set(left);
    found.push(...orders.filter((order) => asked.has(order.orderId)));
    left = left.filter((order) => order > last);
  }
  return found.sort((one, other) => one.orderId - other.orderId);
}
