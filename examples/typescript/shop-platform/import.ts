/**
 * Products of the catalog come to the shop: those with a SKU, in the languages and currencies of the catalog. Where both sides
 * differ, the catalog wins.
 */

import type { Product, ProductId } from "baselinker-client";

import { type Listed, listProducts, readProducts } from "../src/catalog.js";
import { plain } from "../src/decimal.js";
import type { Store } from "../src/store.js";
import type { Args, ShopSession } from "./args.js";
import { type Catalog, readCatalog, textKey } from "./catalog.js";
import { keepSent, type Sent, type ShopProduct, shopProducts, type Texts, toldTo } from "./product.js";

/** What the shop has before it knows of a product. */
const NEW = {
  trackStock: true,
  stock: 0,
  productId: undefined,
  sent: { data: "", prices: "", stock: undefined },
  texts: new Map<string, Texts>(),
  prices: new Map<string, string>(),
};

/** Brings the shop to the state of the catalog. Products that only the shop has stay as they are. */
export async function importProducts(session: ShopSession, args: Args): Promise<void> {
  const { store, summary } = session;
  const catalog = await readCatalog(session, args);
  const listed = await listProducts(session, catalog.id);
  const skus = new Map(listed.map(({ id, sku }) => [id, sku]));
  const known = new Map(shopProducts(store).map((product) => [product.sku, product]));
  for await (const { part, products } of readProducts(session, catalog.id, listed)) {
    const done = { imported: 0, updated: 0 };
    store.change(() => {
      for (const item of part) {
        const found = products[item.id];
        if (found === undefined || item.sku === "") {
          continue;
        }
        const old = known.get(item.sku);
        const product = shopProduct(catalog, item, found, skus, old);
        const told = toldTo(catalog, product);
        if (old?.productId !== item.id || !isSame(toldTo(catalog, old), told)) {
          write(store, catalog, product);
          done[old === undefined ? "imported" : "updated"] += 1;
        }
        keepSent(store, product.sku, item.id, told);
      }
    });
    summary.add("products imported", done.imported);
    summary.add("products updated", done.updated);
  }
}

function isSame(one: Sent, other: Sent): boolean {
  return one.data === other.data && one.prices === other.prices && one.stock === other.stock;
}

/** A product of the catalog as the shop has it; what the catalog does not know stays as it was. */
function shopProduct(
  catalog: Catalog,
  { sku, parent }: Listed,
  found: Product,
  skus: ReadonlyMap<ProductId, string>,
  old: ShopProduct | undefined,
): ShopProduct {
  const before = old ?? NEW;
  const weight = found.weight === undefined ? "0" : plain(found.weight);
  return {
    ...before,
    sku,
    parentSku: (parent === undefined ? undefined : skus.get(parent)) ?? "",
    ean: found.ean ?? "",
    taxRate: found.taxRate === undefined ? undefined : plain(found.taxRate),
    weight: weight === "0" ? undefined : weight,
    stock: before.trackStock ? (found.stock[catalog.warehouse] ?? 0) : before.stock,
    texts: textsOf(catalog, found, before.texts),
    prices: pricesOf(catalog, found, before.prices),
  };
}

function textsOf(catalog: Catalog, found: Product, before: ReadonlyMap<string, Texts>): Map<string, Texts> {
  const texts = new Map(before);
  for (const language of catalog.languages) {
    const field = (name: "name" | "description") => {
      const text = found.textFields[textKey(catalog, name, language)];
      return typeof text === "string" ? text : "";
    };
    const told = { name: field("name"), description: field("description") };
    if (told.name === "" && told.description === "") {
      texts.delete(language);
    } else {
      texts.set(language, told);
    }
  }
  return texts;
}

function pricesOf(catalog: Catalog, found: Product, before: ReadonlyMap<string, string>): Map<string, string> {
  const prices = new Map(before);
  for (const [currency, group] of catalog.currencies) {
    const price = found.prices[group];
    if (price === undefined) {
      prices.delete(currency);
    } else {
      prices.set(currency, plain(price));
    }
  }
  return prices;
}

function write(store: Store, catalog: Catalog, product: ShopProduct): void {
  const { sku, parentSku, ean, taxRate = null, weight = null, trackStock, stock } = product;
  const sql = `
    INSERT INTO products (sku, parent_sku, ean, tax_rate, weight, track_stock, stock) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET (parent_sku, ean, tax_rate, weight, stock)
      = (excluded.parent_sku, excluded.ean, excluded.tax_rate, excluded.weight, excluded.stock)`;
  store.run(sql, [sku, parentSku, ean, taxRate, weight, trackStock ? 1 : 0, stock]);
  for (const language of catalog.languages) {
    store.run("DELETE FROM texts WHERE sku = ? AND language = ?", [sku, language]);
  }
  for (const [language, { name, description }] of product.texts) {
    store.run("INSERT INTO texts VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", [sku, language, name, description]);
  }
  for (const currency of catalog.currencies.keys()) {
    store.run("DELETE FROM prices WHERE sku = ? AND currency = ?", [sku, currency]);
  }
  for (const [currency, price] of product.prices) {
    store.run("INSERT INTO prices VALUES (?, ?, ?) ON CONFLICT DO NOTHING", [sku, currency, price]);
  }
}
