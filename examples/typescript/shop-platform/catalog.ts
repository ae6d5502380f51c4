/** The catalog that belongs to the shop: its languages, the price group of each currency, the warehouse of its stock. */

import { getInventoryPriceGroups, type InventoryId, type PriceGroupId, type WarehouseCode } from "baselinker-client";

import { defaultInventory } from "../src/catalog.js";
import type { Args, ShopSession } from "./args.js";

/** What the shop and the catalog call differently. */
export interface Catalog {
  readonly id: InventoryId;
  readonly defaultLanguage: string;
  readonly languages: readonly string[];
  /** The price group of each currency. */
  readonly currencies: ReadonlyMap<string, PriceGroupId>;
  readonly warehouse: WarehouseCode;
  readonly defaultQuantity: number;
}

/** Asks for the catalog of the shop. */
export async function readCatalog(session: ShopSession, args: Args): Promise<Catalog> {
  const inventory = await defaultInventory(session, args.inventory);
  const { priceGroups } = await session.call(getInventoryPriceGroups());
  const currencies = new Map<string, PriceGroupId>();
  // Of several groups in one currency, the catalog's default one counts, or else the first.
  for (const { priceGroupId, currency = "" } of priceGroups) {
    const isOurs = inventory.priceGroups.includes(priceGroupId);
    if (isOurs && (!currencies.has(currency) || priceGroupId === inventory.defaultPriceGroup)) {
      currencies.set(currency, priceGroupId);
    }
  }
  const warehouse = args.warehouse ?? inventory.defaultWarehouse;
  if (warehouse === undefined) {
    throw new Error("the catalog has no default warehouse; choose one by --warehouse");
  }
  const { inventoryId: id, languages, defaultLanguage = "" } = inventory;
  return { id, defaultLanguage, languages, currencies, warehouse, defaultQuantity: args.defaultQuantity };
}

/** The key of a text: the default language has none behind it. */
export function textKey(catalog: Catalog, field: "name" | "description", language: string): string {
  return language === catalog.defaultLanguage ? field : `${field}|${language}`;
}
