/** A product of the shop, as its tables have it, and what the catalog is told of it; the mapping. */

import {
  type AddInventoryProductParams,
  addInventoryProduct,
  type Decimal,
  encode,
  type ProductId,
} from "baselinker-client";

import { readDecimal } from "../src/decimal.js";
import type { Store } from "../src/store.js";
import { type Catalog, textKey } from "./catalog.js";

/** A product of the shop. */
export interface ShopProduct {
  readonly sku: string;
  readonly parentSku: string;
  readonly ean: string;
  readonly taxRate: Decimal | undefined;
  readonly weight: Decimal | undefined;
  readonly trackStock: boolean;
  readonly stock: number;
  readonly productId: ProductId | undefined;
  readonly sent: Sent;
  /** By language. */
  readonly texts: ReadonlyMap<string, Texts>;
  /** By currency. */
  readonly prices: ReadonlyMap<string, Decimal>;
}

/** What a product is called in a language. */
export interface Texts {
  readonly name: string;
  readonly description: string;
}

/** What the catalog was told last. */
export interface Sent {
  readonly data: string;
  readonly prices: string;
  readonly stock: number | undefined;
}

/** A row of the products. */
interface ProductRow {
  sku: string;
  parent_sku: string;
  ean: string;
  tax_rate: string | null;
  weight: string | null;
  track_stock: number;
  stock: number;
  product_id: number | null;
  sent_data: string;
  sent_prices: string;
  sent_stock: number | null;
}

/** All products of the shop, main products before variants. */
export function shopProducts(store: Store): ShopProduct[] {
  const rows = store.rows<ProductRow>("SELECT * FROM products ORDER BY parent_sku != '', sku");
  return rows.map((row) => ({
    sku: row.sku,
    parentSku: row.parent_sku,
    ean: row.ean,
    taxRate: readDecimal(row.tax_rate),
    weight: readDecimal(row.weight),
    trackStock: row.track_stock !== 0,
    stock: row.stock,
    productId: row.product_id ?? undefined,
    sent: { data: row.sent_data, prices: row.sent_prices, stock: row.sent_stock ?? undefined },
    texts: textsOf(store, row.sku),
    prices: pricesOf(store, row.sku),
  }));
}

function textsOf(store: Store, sku: string): Map<string, Texts> {
  const sql = "SELECT language, name, description FROM texts WHERE sku = ?";
  const rows = store.rows<Texts & { language: string }>(sql, [sku]);
  return new Map(rows.map(({ language, name, description }) => [language, { name, description }]));
}

function pricesOf(store: Store, sku: string): Map<string, Decimal> {
  const rows = store.rows<{ currency: string; price: string }>("SELECT * FROM prices WHERE sku = ?", [sku]);
  const prices = new Map<string, Decimal>();
  for (const { currency, price } of rows) {
    const exact = readDecimal(price);
    if (exact !== undefined) {
      prices.set(currency, exact);
    }
  }
  return prices;
}

/** What says everything but prices and stock. It names no product yet. */
export function dataFor(catalog: Catalog, product: ShopProduct): AddInventoryProductParams {
  const known = [...product.texts].filter(([language]) => catalog.languages.includes(language));
  const texts = known.flatMap(([language, { name, description }]) => [
    [textKey(catalog, "name", language), name] as const,
    [textKey(catalog, "description", language), description] as const,
  ]);
  // The order of the keys is always the same, since what was told last is compared as a text.
  texts.sort(([one], [other]) => (one < other ? -1 : 1));
  const { sku, ean, taxRate, weight } = product;
  return { inventoryId: catalog.id, sku, ean, taxRate, weight, textFields: Object.fromEntries(texts) };
}

/** The prices in the currencies that the catalog has, by price group. */
export function pricesFor(catalog: Catalog, product: ShopProduct): Record<number, Decimal> {
  const prices: Record<number, Decimal> = {};
  for (const [currency, price] of product.prices) {
    const group = catalog.currencies.get(currency);
    if (group !== undefined) {
      prices[group] = price;
    }
  }
  return prices;
}

/** The pieces that the catalog is told of. */
export function stockFor(catalog: Catalog, product: ShopProduct): number {
  return product.trackStock ? product.stock : catalog.defaultQuantity;
}

/** What the catalog knows once it was told everything. */
export function toldTo(catalog: Catalog, product: ShopProduct): Sent {
  const prices = Object.entries(pricesFor(catalog, product)).map(([group, price]) => `${group}=${price}`);
  return {
    data: encode(addInventoryProduct(dataFor(catalog, product))),
    prices: prices.join(","),
    stock: stockFor(catalog, product),
  };
}

/** Keeps under which number the catalog has a product, and what it was told. */
export function keepSent(store: Store, sku: string, id: ProductId, sent: Sent): void {
  const sql = "UPDATE products SET product_id = ?, sent_data = ?, sent_prices = ?, sent_stock = ? WHERE sku = ?";
  store.run(sql, [id, sent.data, sent.prices, sent.stock ?? null, sku]);
}
