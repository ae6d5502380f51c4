/** Orders of the shop go to BaseLinker, each once, with the shop's number in an extra field by which it is found again. */

import {
  addOrder,
  type AddOrderParams,
  type Decimal,
  getOrders,
  items,
  type OrderId,
  type OrderProductInput,
  type OrderStatusId,
  type Timestamp,
} from "baselinker-client";

import { readDecimal } from "../src/decimal.js";
import { once } from "../src/once.js";
import type { Args, ShopSession } from "./args.js";

/** Seconds by which times may differ that two sides have of one order. */
const DAY = 24 * 3600;

/** A row of the orders, as far as it is sent. */
interface OrderRow {
  number: string;
  date: number;
  currency: string;
  email: string;
  phone: string;
  name: string;
  company: string;
  address: string;
  post_code: string;
  city: string;
  country_code: string;
  vat_number: string;
  comment: string;
  delivery_method: string;
  delivery_price: string;
  payment_method: string;
}

/** A row of the lines, as far as it is sent. */
interface LineRow {
  sku: string;
  name: string;
  price: string;
  tax_rate: string | null;
  quantity: number;
}

/** Sends the orders that are not there yet. */
export async function sendOrders(session: ShopSession, args: Args): Promise<void> {
  const orders = session.store.rows<OrderRow>("SELECT * FROM orders WHERE order_id IS NULL ORDER BY date, number");
  for (const [done, order] of orders.entries()) {
    try {
      if (!session.dryRun) {
        await sendOrder(session, args, order);
      }
      session.summary.add("orders sent", 1);
    } catch (error) {
      session.refused(`order ${order.number}`, error);
    }
    session.progress.step("orders", done + 1, orders.length);
  }
}

async function sendOrder(session: ShopSession, args: Args, order: OrderRow): Promise<void> {
  const { store, client } = session;
  if (args.orderStatus === undefined) {
    throw new Error("orders need a status; choose it by --order-status");
  }
  const lines = store.rows<LineRow>("SELECT * FROM lines WHERE number = ? ORDER BY line", [order.number]);
  const products = lines.map((line) => productOf(line, args.vat));
  const request = addOrder({ ...orderOf(order, args.orderStatus, products), customSourceId: args.orderSource });
  // Orders made later have greater numbers, so the last one that is known is where a lost one may begin.
  const from = store.count("SELECT coalesce(max(order_id), 0) + 1 FROM orders");
  await once<OrderId>(
    store,
    { kind: "order", key: order.number },
    {
      look: () => find(session, from, order.date, order.number),
      send: async () => (await client.call(request)).value.orderId,
      keep: (id) => {
        store.run("UPDATE orders SET order_id = ?, synced_status = status WHERE number = ?", [id, order.number]);
      },
    },
  );
}

/** The order that carries a number of the shop. */
async function find(
  session: ShopSession,
  idFrom: OrderId,
  date: Timestamp,
  number: string,
): Promise<OrderId | undefined> {
  const request = getOrders({ idFrom, dateFrom: date - DAY, getUnconfirmedOrders: true });
  for await (const order of items(session.client, request)) {
    if (order.extraField1 === number) {
      return order.orderId;
    }
  }
  return undefined;
}

/** An order; the mapping. */
function orderOf(row: OrderRow, orderStatusId: OrderStatusId, products: OrderProductInput[]): AddOrderParams {
  return {
    orderStatusId,
    dateAdd: row.date,
    currency: row.currency,
    extraField1: row.number,
    email: row.email,
    phone: row.phone,
    userComments: row.comment,
    paymentMethod: row.payment_method,
    deliveryMethod: row.delivery_method,
    deliveryPrice: exact(row.delivery_price),
    deliveryFullname: row.name,
    deliveryCompany: row.company,
    deliveryAddress: row.address,
    deliveryPostcode: row.post_code,
    deliveryCity: row.city,
    deliveryCountryCode: row.country_code,
    invoiceFullname: row.name,
    invoiceCompany: row.company,
    invoiceNip: row.vat_number,
    invoiceAddress: row.address,
    invoicePostcode: row.post_code,
    invoiceCity: row.city,
    invoiceCountryCode: row.country_code,
    wantInvoice: row.vat_number !== "",
    products,
  };
}

function productOf({ sku, name, price, tax_rate, quantity }: LineRow, vat: Decimal): OrderProductInput {
  const taxRate = tax_rate === null || tax_rate === "" ? vat : exact(tax_rate);
  return { sku, name, priceBrutto: exact(price), taxRate, quantity };
}

/** A decimal of a row, which must be one. */
export function exact(text: string): Decimal {
  const decimal = readDecimal(text);
  if (decimal === undefined) {
    throw new Error(`\`${text}\` in the database is no decimal`);
  }
  return decimal;
}
