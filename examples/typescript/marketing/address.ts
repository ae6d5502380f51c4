/**
 * The e-mail address of a buyer: that of the order, or, where a marketplace hides it, that of an earlier order with the same
 * phone number.
 */

import { getOrders, getOrdersByPhone, type Order, type OrderId } from "baselinker-client";

import type { Session } from "../src/session.js";

/** Earlier orders that are read for an address, the latest first. Each costs a call. */
const MOST_READ = 5;

/** Finds addresses, and remembers what it asked for. */
export class Finder {
  readonly #session: Session;
  /** Domains behind which a marketplace hides its buyers. */
  readonly #masked: ReadonlySet<string>;
  readonly #byPhone = new Map<string, OrderId[]>();
  readonly #byOrder = new Map<OrderId, string | undefined>();

  constructor(session: Session, masked: readonly string[]) {
    this.#session = session;
    this.#masked = new Set(masked.map((domain) => domain.toLowerCase()));
  }

  /** The address of an order's buyer, if there is one. */
  async find(order: Order): Promise<string | undefined> {
    const own = this.#usable(order);
    if (own !== undefined || order.phone === undefined || order.phone === "") {
      return own;
    }
    const orders = await this.#ordersOf(order.phone);
    for (const earlier of orders.filter((found) => found < order.orderId).slice(0, MOST_READ)) {
      const email = await this.#addressOf(earlier);
      if (email !== undefined) {
        return email;
      }
    }
    return undefined;
  }

  /** The order's own address in lower case, unless it is hidden behind one of a marketplace. */
  #usable(order: Order | undefined): string | undefined {
    const email = order?.email?.trim().toLowerCase() ?? "";
    const at = email.lastIndexOf("@");
    const domain = email.slice(at + 1);
    return at > 0 && domain !== "" && !this.#masked.has(domain) ? email : undefined;
  }

  /** The orders with a phone number, the latest first. */
  async #ordersOf(phone: string): Promise<OrderId[]> {
    let found = this.#byPhone.get(phone);
    if (found === undefined) {
      const { orders } = await this.#session.call(getOrdersByPhone({ phone }));
      found = orders.map((order) => order.orderId).sort((one, other) => other - one);
      this.#byPhone.set(phone, found);
    }
    return found;
  }

  async #addressOf(orderId: OrderId): Promise<string | undefined> {
    if (!this.#byOrder.has(orderId)) {
      const { orders } = await this.#session.call(getOrders({ orderId }));
      this.#byOrder.set(orderId, this.#usable(orders[0]));
    }
    return this.#byOrder.get(orderId);
  }
}
