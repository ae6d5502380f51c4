/** What the program is told: its flags, and what a run counts. */

import type { Decimal, InventoryId, OrderSourceId, OrderStatusId } from "baselinker-client";

import { readDecimal } from "../src/decimal.js";
import { listed, readFlags, UsageError, wholeNumber } from "../src/flags.js";
import type { Session } from "../src/session.js";
import { COMMON_FLAGS, type Settings, settingsOf } from "../src/settings.js";

/** What a run does, in the order of the summary. */
export const COUNTS = [
  "products created",
  "products changed",
  "prices sent",
  "stock sent",
  "products imported",
  "products updated",
  "orders sent",
  "statuses taken",
  "payments taken",
  "statuses sent",
  "payments sent",
] as const;

/** A run of this program. */
export type ShopSession = Session<(typeof COUNTS)[number]>;

/** What a run can do: the shop's products go to the catalog, those of the catalog come to the shop, orders and all of theirs. */
export const ACTIONS = ["export", "import", "orders"] as const;
/** One of them. */
export type Action = (typeof ACTIONS)[number];

/** A status of BaseLinker, and which one of the shop it is. */
export interface StatusPair {
  readonly id: OrderStatusId;
  readonly name: string;
}

/** What the program is told. */
export interface Args {
  readonly settings: Settings;
  /** What to do, in this order. */
  readonly actions: readonly Action[];
  readonly inventory: InventoryId | undefined;
  readonly warehouse: string | undefined;
  readonly defaultQuantity: number;
  readonly orderStatus: OrderStatusId | undefined;
  readonly orderSource: OrderSourceId | undefined;
  readonly vat: Decimal;
  readonly statuses: readonly StatusPair[];
}

const FLAGS = {
  ...COMMON_FLAGS,
  inventory: {
    value: "INVENTORY",
    env: "SHOP_INVENTORY",
    help: "The catalog; the default one of the account when not given",
  },
  warehouse: {
    value: "CODE",
    env: "SHOP_WAREHOUSE",
    help: "The warehouse that has the shop's stock, such as bl_206; the catalog's default one when not given",
  },
  "default-quantity": {
    value: "PIECES",
    env: "SHOP_DEFAULT_QUANTITY",
    usual: "100",
    help: "The stock of products whose pieces the shop does not count",
  },
  "order-status": { value: "STATUS", env: "SHOP_ORDER_STATUS", help: "The status of new orders" },
  "order-source": {
    value: "SOURCE",
    env: "SHOP_ORDER_SOURCE",
    help: "The order source of new orders; the account's default one when not given",
  },
  vat: {
    value: "PERCENT",
    env: "SHOP_VAT",
    usual: "23",
    help: "The VAT rate of order lines that have none, in percent",
  },
  status: {
    value: "STATUS=NAME,..",
    env: "SHOP_STATUS",
    usual: "",
    help: "Which status of BaseLinker is which of the shop; of several for one of the shop, the first is sent",
  },
} as const;

/**
 * Reads the flags.
 *
 * @throws `UsageError`, if something is missing or not what it should be.
 */
export function readArgs(): Args {
  const { values, words } = readFlags(FLAGS, "<export|import|orders>..");
  const actions = words.map(action);
  if (actions.length === 0) {
    throw new UsageError(`say what to do: ${ACTIONS.join(", ")}`);
  }
  if (actions.includes("orders") && values["order-status"] === undefined) {
    throw new UsageError("orders need a status; choose it by --order-status");
  }
  const number = (name: "inventory" | "order-status" | "order-source") => {
    const text = values[name];
    return text === undefined ? undefined : wholeNumber(name, text);
  };
  const vat = readDecimal(values.vat);
  if (vat === undefined) {
    throw new UsageError(`--vat: \`${values.vat}\` is no decimal`);
  }
  return {
    settings: settingsOf(values),
    actions,
    inventory: number("inventory"),
    warehouse: values.warehouse,
    defaultQuantity: wholeNumber("default-quantity", values["default-quantity"]),
    orderStatus: number("order-status"),
    orderSource: number("order-source"),
    vat,
    statuses: listed(values.status).map(statusPair),
  };
}

function action(word: string): Action {
  const found = ACTIONS.find((known) => known === word);
  if (found === undefined) {
    throw new UsageError(`\`${word}\` is none of ${ACTIONS.join(", ")}`);
  }
  return found;
}

/** Reads `6630=shipped`. */
function statusPair(text: string): StatusPair {
  const at = text.indexOf("=");
  if (at < 0) {
    throw new UsageError("--status: write a status of BaseLinker and one of the shop: 6630=shipped");
  }
  return { id: wholeNumber("status", text.slice(0, at)), name: text.slice(at + 1) };
}
