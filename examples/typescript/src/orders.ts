/** Reading orders whose numbers are known, by the fewest calls. */

import { getOrders, type Order, type OrderId } from "baselinker-client";

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
    const { orders } = await session.call(request);
    // Whatever lies up to the last order of a full reply and is not in it does not exist, and behind a short one there is
    // nothing at all.
    const isFull = orders.length >= (request.method.paging.size ?? Infinity);
    const last = isFull ? Math.max(...orders.map((order) => order.orderId)) : Infinity;
    const asked = new Set(left);
    found.push(...orders.filter((order) => asked.has(order.orderId)));
    left = left.filter((order) => order > last);
  }
  return found.sort((one, other) => one.orderId - other.orderId);
}
